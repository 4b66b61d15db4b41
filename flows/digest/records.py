"""What a digest holds, every word of it ready to be read: HTML, plain text and JSON are made of the same records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch of time whose news a digest tells: what became known after `since`, up to and with `until`."""

    since: datetime
    """UTC."""
    until: datetime
    """UTC."""
    day: str
    """YYYY-MM-DD; names the digest, so that it is sent once."""


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of an article that tell an event, in its own language."""

    text: str
    """On one line, shortened at a word."""
    language: str
    """ISO 639-1."""
    language_name: str
    """English name of the language."""
    direction: str
    """ltr or rtl."""
    publisher: str
    published: str
    """YYYY-MM-DD; empty when neither feed nor page says."""
    url: str | None
    """http or https; None when the address is not one to send a reader to."""


@dataclass(frozen=True, slots=True)
class Line:
    """One event of the digest."""

    event_id: str
    headline: str
    """Who does what, on what goods."""
    facts: tuple[tuple[str, str], ...]
    """Label and value: against whom, stage, dates, rate, voices; former values beside those that changed."""
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class Section:
    """Events that changed in the same way."""

    title: str
    lines: tuple[Line, ...]
    left_out: int = 0
    """Events of this kind for which there was no room."""

    @property
    def total(self) -> int:
        """All events of this kind, shown or not."""
        return len(self.lines) + self.left_out


@dataclass(frozen=True, slots=True)
class Digest:
    """One morning's mail."""

    window: Window
    headline: str
    """What it covers, such as "Trade measures, 2025-03-01"."""
    summary: str
    """Counts in a sentence."""
    sections: tuple[Section, ...]
    """Changes; empty on an empty day."""
    upcoming: Section
    """What takes effect in the days ahead."""

    @property
    def all_sections(self) -> tuple[Section, ...]:
        """The changes and, if there is any, what lies ahead."""
        return (*self.sections, self.upcoming) if self.upcoming.total else self.sections

    @property
    def left_out(self) -> int:
        """Events for which there was no room."""
        return sum(section.left_out for section in self.all_sections)
