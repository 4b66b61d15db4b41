"""A request until it is answered: tries, waits between them, and the limits on both."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import aiohttp

from models.llm.exchange import TryAgainError, ask
from models.reading.failures import ReaderUnavailableError, ReadingError
from models.waiting import retry_after

if TYPE_CHECKING:
    from pydantic import SecretStr

    from config.readers import LanguageModel
    from models.llm.budget import Budget

Answer = TypeVar("Answer")
_LONGEST_WAIT_S = 86_400.0


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about one article."""

    payload: dict[str, Any]
    url: str
    """The article's address: refusals are recorded under it."""
    tokens: int
    """What one request may cost at most."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """Asks one endpoint, within the limits of the settings and the run's budget."""

    settings: LanguageModel
    key: SecretStr | None
    budget: Budget

    async def ask(self, question: Question, understand: Callable[[str], Answer]) -> Answer:
        """Return what `understand` makes of the answer; it raises `TryAgainError` for one that it cannot make out.

        Raises:
            ReadingError: no answer in the time and tries allowed.
            Rejected: the answer about this article is of no use.

        """
        limit = self.settings.article_deadline_s
        try:
            # proxies named in the environment are not asked to read along
            async with asyncio.timeout(limit), aiohttp.ClientSession(trust_env=False, auto_decompress=False) as session:
                return await self._until_answered(session, question, understand)
        except TimeoutError as error:
            told = f"no answer from {self.settings.endpoint} in {limit:g} s over all tries"
            raise ReadingError("reader-slow", f"{told}; reader.llm.article_deadline_s in settings.toml sets it") from error

    async def _until_answered(self, session: aiohttp.ClientSession, question: Question, understand: Callable[[str], Answer]) -> Answer:
        attempt = 1
        while True:
            try:
                return understand(await self._once(session, question))
            except TryAgainError as again:
                if attempt >= self.settings.attempts:
                    raise again.failure from again
                wait = self._wait(attempt, again)
            await asyncio.sleep(wait)
            attempt += 1

    async def _once(self, session: aiohttp.ClientSession, question: Question) -> str:
        self.budget.allow(question.tokens)
        try:
            completion = await ask(session, self.settings, self.key, question.payload, question.url)
        except TryAgainError as again:
            if again.failure.reason == "reader-slow":
                self.budget.spend(question.tokens)  # an answer that we did not wait for is paid for all the same
            raise
        self.budget.spend(question.tokens if completion.tokens is None else completion.tokens)
        return completion.content

    def _wait(self, attempt: int, again: TryAgainError) -> float:
        """Seconds until the next try: as the endpoint asks, else doubling, with some chance so that readers do not march in step.

        Raises:
            ReaderUnavailableError: the endpoint asks for more than an article may take: it wants to be left alone.

        """
        asked = retry_after(again.wait, datetime.now(UTC), _LONGEST_WAIT_S)
        if asked is None:
            doubled = min(self.settings.backoff_first_s * 2.0 ** (attempt - 1), self.settings.backoff_cap_s)
            return doubled * random.uniform(0.5, 1.0)  # noqa: S311 - no secret
        if asked >= self.settings.article_deadline_s:
            told = f"{again.failure} It asks us to wait {asked:.0f} s, longer than reader.llm.article_deadline_s allows"
            raise ReaderUnavailableError(again.failure.reason, told) from again
        return asked
