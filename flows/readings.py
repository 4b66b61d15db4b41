"""A reader at work on what a person handed over: a reading, or why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.reading.failures import ReadingError
from models.records import Article, Reading, Rejected, Rejection

if TYPE_CHECKING:
    from models.reading.reader import Reader


def reading_of(article: Article, reader: Reader) -> Reading | Rejection:
    """Return what `reader` finds; a failure that may pass is a rejection too, for nobody comes back to try again."""
    try:
        return reader.read(article)
    except Rejected as rejected:
        return rejected.rejection
    except ReadingError as failure:
        return Rejection("read", failure.reason, article.url, str(failure))
