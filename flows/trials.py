"""A reader on trial: what it finds in files of articles, how fast, and in how much memory, in a process of its own."""

from __future__ import annotations

import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

from models.records import Article, Reading, Rejection

if TYPE_CHECKING:
    from config.readers import ReaderKind
    from models.reading.reader import Reader


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of it."""

    reader: str
    """Name and version."""
    rows: dict[str, dict[str, Any]]
    """What was read, by the article's id, in the annotation format."""
    rejections: tuple[Rejection, ...]
    """What was not read, and why."""
    articles_per_second: float | None
    """Of reading alone, the first article left out, for it also loads the model; None where there was but one."""
    peak_bytes: int
    """Most memory that the process held at any moment, interpreter and libraries included."""


def try_reader(kind: ReaderKind | None, files: tuple[str, ...]) -> Trial:
    """Let a new reader of `kind`, by default that of the settings, read the articles of `files`.

    Raises:
        ConfigError: what the reader needs is not in order.

    """
    # a fresh interpreter: memory that this one has touched must not count
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_trial, kind, files).result()


@dataclass(slots=True)
class _Timed:
    """A reader whose time is taken."""

    reader: Reader
    name: str
    seconds: list[float] = field(default_factory=list)

    def read(self, article: Article) -> Reading:
        began = time.perf_counter()
        try:
            return self.reader.read(article)
        finally:
            self.seconds.append(time.perf_counter() - began)


def _trial(kind: ReaderKind | None, files: tuple[str, ...]) -> Trial:
    from config.settings import load_settings
    from flows.commands.extract import rows_of
    from models.reading.choosing import choose_reader

    reader = choose_reader(load_settings().reader, kind)
    timed = _Timed(reader, reader.name)
    outcomes = list(rows_of(files, timed))
    rows = {row["id"]: row for row in outcomes if not isinstance(row, Rejection)}
    rejections = tuple(row for row in outcomes if isinstance(row, Rejection))
    warm = sum(timed.seconds[1:])
    return Trial(reader.name, rows, rejections, (len(timed.seconds) - 1) / warm if warm else None, _peak_bytes())


def _peak_bytes() -> int:
    """By the kernel's own account, which Linux gives in units of 1,024 bytes and macOS in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
