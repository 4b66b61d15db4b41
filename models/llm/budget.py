"""What one run may spend on a language model: requests and tokens, counted as they are spent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.reading.failures import ReaderUnavailableError

if TYPE_CHECKING:
    from config.readers import LanguageModel

_BYTES_PER_TOKEN = 2
"""Fewer than any of our languages needs with the tokenizers of today (English 4 to 5, Hindi and Japanese about 3): we guess too dear."""


def guess_tokens(texts: Sequence[str]) -> int:
    """Return more tokens than `texts` will likely cost, without asking a tokenizer."""
    return sum(len(text.encode("utf-8", "replace")) for text in texts) // _BYTES_PER_TOKEN + 1


@dataclass(slots=True)
class Budget:
    """The spending of one run."""

    limits: LanguageModel
    requests: int = 0
    tokens: int = 0

    def allow(self, tokens: int) -> None:
        """Count one more request.

        Raises:
            ReaderUnavailableError: the run may send no more, or it could cost more `tokens` than are left.

        """
        if self.requests >= self.limits.max_run_requests:
            raise _spent(f"{self.requests} requests", "max_run_requests")
        if self.tokens + tokens > self.limits.max_run_tokens:
            raise _spent(f"{self.tokens} tokens", "max_run_tokens")
        self.requests += 1

    def spend(self, tokens: int) -> None:
        """Count tokens that were paid for."""
        self.tokens += tokens


def _spent(what: str, key: str) -> ReaderUnavailableError:
    return ReaderUnavailableError(
        "reader-budget",
        f"the run has spent its budget of {what}; the rest waits for the next run. reader.llm.{key} in settings.toml sets it",
    )
