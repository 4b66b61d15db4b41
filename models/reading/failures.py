"""Why an article could not be read now, though a later try may read it. What never can be is `Rejected` instead."""

from __future__ import annotations

from config.errors import MendableError


class ReadingError(MendableError):
    """One article was not read; another try, or another article, may fare better."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
        """Short and countable, such as "reader-slow"."""


class ReaderUnavailableError(ReadingError):
    """No article will be read before the user does something or the run ends: the message says what to do."""
