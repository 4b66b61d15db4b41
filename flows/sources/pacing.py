"""Manners: one request in flight at a host, a gap between two, and never a queue behind somebody else's slow server."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flows.sources.failures import TryAgain

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

LONGEST_WAIT_S = 60.0
"""Within a run nobody waits longer for a host; who is told to wait longer tries again in a later run."""

MOST_FAILURES = 3
"""After so many failures in a row a host is left alone for the rest of the run: each may cost a whole deadline."""

_BRISK_S = 2.0
"""A request that takes longer gives its slot to another host: slow servers hold up nobody but themselves."""


@dataclass(slots=True)
class _Lane:
    """One host's queue."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    next_start: float = float("-inf")
    """On the monotonic clock."""
    least_gap_s: float = 0.0
    """What the host's robots.txt asks for."""
    failures: int = 0
    """In a row."""


class Pacing:
    """Who may ask which host when. Time is monotonic: a set clock neither rushes nor stalls it.

    Within a host, turns are taken in order of asking. Between hosts, at most `concurrent` brisk requests run at a time, and as
    each host has at most one of them, every host gets its turn.
    """

    def __init__(self, gap_s: float, concurrent: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._gap_s = gap_s
        self._slots = asyncio.Semaphore(concurrent)
        self._clock = clock
        self._lanes: dict[str, _Lane] = {}

    def slow_down(self, host: str, gap_s: float) -> None:
        """Keep at least `gap_s` seconds between two requests to `host` (its Crawl-delay)."""
        self._lane(host).least_gap_s = gap_s

    def hold(self, host: str, seconds: float) -> None:
        """Leave `host` alone for `seconds` (its Retry-After)."""
        lane = self._lane(host)
        lane.next_start = max(lane.next_start, self._clock() + seconds)

    def note(self, host: str, *, failed: bool) -> None:
        """Note how a request to `host` went."""
        lane = self._lane(host)
        lane.failures = lane.failures + 1 if failed else 0

    @asynccontextmanager
    async def turn(self, host: str, url: str, *, gap: bool = True) -> AsyncIterator[None]:
        """Wait until `url` on `host` may be asked, and hold the host's lane while the block runs.

        A server of one's own needs no `gap`, yet a Crawl-delay or Retry-After that it states is kept.

        Raises:
            TryAgain: the host asked for a pause longer than a run should wait, or has failed too often.

        """
        lane = self._lane(host)
        async with lane.lock:
            if lane.failures >= MOST_FAILURES:
                raise TryAgain("host-failing", url, f"{host} failed {lane.failures} times in a row")
            wait = lane.next_start - self._clock()
            if wait > LONGEST_WAIT_S:
                raise TryAgain("host-on-hold", url, f"{host} asked for a pause", retry_after=wait)
            await asyncio.sleep(max(wait, 0))
            async with self._slot():
                lane.next_start = self._clock() + max(lane.least_gap_s, self._gap_s if gap else 0.0)
                yield

    def _lane(self, host: str) -> _Lane:
        return self._lanes.setdefault(host, _Lane())

    @asynccontextmanager
    async def _slot(self) -> AsyncIterator[None]:
        await self._slots.acquire()
        taken = True

        def give_back() -> None:
            nonlocal taken
            if taken:
                taken = False
                self._slots.release()

        early = asyncio.get_running_loop().call_later(_BRISK_S, give_back)
        try:
            yield
        finally:
            early.cancel()
            give_back()
