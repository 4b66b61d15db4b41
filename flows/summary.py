"""What a run did, in a line that a person reads."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from flows.exits import Exit
from models.records import Rejection


@dataclass(slots=True)
class RunSummary:
    """Counts of one run; they add up over editions."""

    feeds_ok: int = 0
    feeds_unchanged: int = 0
    """Of those that are ok: nothing new since the last run."""
    feeds_resting: int = 0
    """Backing off after failures; not asked this time."""
    feed_failures: list[Rejection] = field(default_factory=list)
    pages: int = 0
    articles: int = 0
    relevant: int = 0
    postponed: int = 0
    """Pages that failed for now and wait for another try."""
    unread: list[str] = field(default_factory=list)
    """Why the reader could not read articles that wait for another try, one message each."""
    rejections: list[Rejection] = field(default_factory=list)
    events_new: int = 0
    events_changed: int = 0
    events: int | None = None
    """On the timeline now; None when the warehouse was not touched."""

    def add(self, other: RunSummary) -> None:
        """Add a later run over the same feeds: what was done adds up, how feeds stand is as good as it was in any run."""
        for name in ("pages", "articles", "relevant", "postponed", "unread", "rejections", "events_new", "events_changed"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.feeds_unchanged = min(self.feeds_unchanged, other.feeds_unchanged) if self.feeds_ok else other.feeds_unchanged
        self.feeds_ok = max(self.feeds_ok, other.feeds_ok)
        self.feed_failures = list({failure.url: failure for failure in (*self.feed_failures, *other.feed_failures)}.values())
        self.feeds_resting = max(0, other.feeds_resting - len(self.feed_failures))
        self.events = other.events if other.events is not None else self.events

    @property
    def exit(self) -> Exit:
        """Nothing when no feed answered, partly when some did not or articles could not be read."""
        if not self.feed_failures:
            return Exit.PARTLY if self.unread else Exit.DONE
        return Exit.PARTLY if self.feeds_ok or self.pages else Exit.NOTHING

    def line(self) -> str:
        """Return the counts as one line."""
        unchanged = f" ({self.feeds_unchanged} unchanged)" if self.feeds_unchanged else ""
        resting = f", {self.feeds_resting} resting" if self.feeds_resting else ""
        parts = [
            f"feeds {self.feeds_ok} ok{unchanged}, {len(self.feed_failures)} failed{_reasons(self.feed_failures)}{resting}",
            f"{self.pages} pages, {self.articles} articles, {self.relevant} relevant",
            f"{self.events_new} events new, {self.events_changed} changed"
            + (f", {self.events} on the timeline" if self.events is not None else ""),
            f"{len(self.rejections)} rejected{_reasons(self.rejections)}",
        ]
        if self.postponed:
            parts.append(f"{self.postponed} postponed")
        return "; ".join(parts)

    def failures(self) -> str:
        """Return one line for each feed that failed, with the reason; empty when none did."""
        return "\n".join(
            f"  {failure.url}: {failure.reason}{f' ({failure.detail})' if failure.detail else ''}" for failure in self.feed_failures
        )

    def troubles(self) -> str:
        """Return one line for each trouble that the reader had, with how many articles it left unread; empty when it had none."""
        return "\n".join(f"  {count} articles: {told}" for told, count in Counter(self.unread).most_common())


def _reasons(rejections: list[Rejection]) -> str:
    counted = Counter(rejection.reason for rejection in rejections)
    return f": {', '.join(f'{count} {reason}' for reason, count in counted.most_common())}" if counted else ""
