"""Things that hang together, pair by pair: the same groups whatever the order they come in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

Thing = TypeVar("Thing")


def connected(things: Sequence[Thing], tied: Callable[[Thing, Thing], bool]) -> list[list[Thing]]:
    """Return the connected groups of `things`, in order of their first member, where `tied` says that two belong together."""
    leader = list(range(len(things)))

    def lead(index: int) -> int:
        while leader[index] != index:
            leader[index] = leader[leader[index]]
            index = leader[index]
        return index

    for right in range(len(things)):
        for left in range(right):
            first, second = sorted((lead(left), lead(right)))
            if first != second and tied(things[left], things[right]):
                leader[second] = first
    groups: dict[int, list[Thing]] = {}
    for index, thing in enumerate(things):
        groups.setdefault(lead(index), []).append(thing)
    return list(groups.values())
