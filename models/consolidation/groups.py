"""Things that hang together, pair by pair: the same groups whatever the order they come in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

Thing = TypeVar("Thing")


def connected(things: Sequence[Thing], tied: Callable[[Thing, Thing], bool]) -> list[list[Thing]]:
    """Return the connected groups of `things`, in order of their first member, where `tied` says that two belong together."""
    return connected_near(things, tied, lambda _thing: 0, 0)


def connected_near(
    things: Sequence[Thing], tied: Callable[[Thing, Thing], bool], place: Callable[[Thing], int], reach: int
) -> list[list[Thing]]:
    """Do the same where only things whose places differ by at most `reach` can be tied; `things` come ordered by place.

    The time grows with the number of things within reach of one another, not with that of all pairs.
    """
    leader = list(range(len(things)))
    places = [place(thing) for thing in things]

    def lead(index: int) -> int:
        while leader[index] != index:
            leader[index] = leader[leader[index]]
            index = leader[index]
        return index

    for right in range(len(things)):
        for left in range(right - 1, -1, -1):
            if places[right] - places[left] > reach:
                break
            first, second = sorted((lead(left), lead(right)))
            if first != second and tied(things[left], things[right]):
                leader[second] = first
    groups: dict[int, list[Thing]] = {}
    for index, thing in enumerate(things):
        groups.setdefault(lead(index), []).append(thing)
    return list(groups.values())
