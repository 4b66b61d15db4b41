"""What a server's robots.txt lets us fetch (RFC 9309)."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import TYPE_CHECKING

from yarl import URL

from flows.sources.failures import FetchError, NeverGood, TryAgain
from flows.sources.pacing import LONGEST_WAIT_S

if TYPE_CHECKING:
    from protego import Protego

    from flows.sources.fetching import Fetcher
    from flows.sources.state import FetchState

_MOST_CHARACTERS = 500 * 1024
"""As much as must be read of a robots.txt, and as much as we read (RFC 9309, section 2.5)."""


class Robots:
    """The robots.txt files of the servers asked in one run.

    A missing file (4xx) allows everything. A server that fails allows nothing for this run, unless an older copy is kept. A
    Crawl-delay of up to a minute is kept to; a server that asks for a longer one is left alone.
    """

    def __init__(self, fetcher: Fetcher, state: FetchState, user_agent: str) -> None:
        self._fetcher, self._state = fetcher, state
        self._name = user_agent.partition("/")[0].strip()
        self._rules: dict[str, Protego | FetchError] = {}
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def check(self, url: str, *, local: bool = False, dial: str | None = None) -> None:
        """Return if `url` may be fetched; `local` and `dial` are those of `Fetcher.get`.

        Raises:
            TryAgain: the server cannot say now.
            NeverGood: robots.txt forbids it, or asks for a longer pause than a run can keep.

        """
        try:
            origin = str(URL(url).origin())
        except ValueError as error:
            raise NeverGood("refused-url", url, str(error)) from error
        async with self._locks[origin]:
            if origin not in self._rules:
                self._rules[origin] = await self._load(origin, local=local, dial=dial)
        rules = self._rules[origin]
        if isinstance(rules, FetchError):
            raise TryAgain("robots-unreachable", url, rules.reason, retry_after=rules.retry_after)
        if not rules.can_fetch(url, self._name):
            raise NeverGood("robots-disallowed", url, f"{origin}/robots.txt")
        self._keep_pace(rules, url)

    async def _load(self, origin: str, *, local: bool, dial: str | None) -> Protego | FetchError:
        """The rules of `origin`, from memory or from the server; the failure when there are none to be had."""
        from protego import Protego

        content = self._state.robots(origin)
        if content is None:
            try:
                content = await self._fetch(f"{origin}/robots.txt", local=local, dial=dial)
                self._state.keep_robots(origin, content)
            except FetchError as failure:
                content = self._state.robots(origin, stale=True)
                if content is None:
                    return failure
        return Protego.parse(content)

    async def _fetch(self, url: str, *, local: bool, dial: str | None) -> str:
        try:
            answer = await self._fetcher.get(url, local=local, dial=dial)
        except NeverGood as failure:
            if failure.reason.startswith("http-4"):
                return ""
            raise
        return answer.content.decode("utf-8", "replace")[:_MOST_CHARACTERS]

    def _keep_pace(self, rules: Protego, url: str) -> None:
        delay = rules.crawl_delay(self._name)
        if delay is None or delay <= 0:
            return
        if delay > LONGEST_WAIT_S:
            raise NeverGood("crawl-delay-too-long", url, f"robots.txt asks for {delay:g} s between two requests")
        self._fetcher.slow_down(url, delay)
