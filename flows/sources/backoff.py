"""When to ask again after failures."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from config.settings import Fetching


class Backoff:
    """Waits that double with every failure in a row up to a cap, so that nothing is given up for ever."""

    def __init__(self, limits: Fetching) -> None:
        self._first = timedelta(minutes=limits.backoff_first_min)
        self._cap = timedelta(hours=limits.backoff_cap_h)
        self._longest = max(self._cap, timedelta(hours=limits.retry_after_cap_h))

    def next_try(self, now: datetime, failures: int, retry_after: float | None) -> datetime:
        """The moment for the next try after `failures` in a row (1 after the first); `retry_after` seconds are the least."""
        doubled = self._first * (1 << min(failures - 1, 20))
        asked = timedelta(seconds=retry_after or 0)
        return now + min(max(min(doubled, self._cap), asked), self._longest)

    def is_due(self, now: datetime, moment: datetime | None) -> bool:
        """Whether `moment` has come. One further off than any wait we set was written under a wrong clock, and counts as come."""
        return moment is None or moment <= now or moment > now + self._longest


def is_fresh(now: datetime, moment: datetime | None, hours: float) -> bool:
    """Whether `moment` lies within the last `hours`; a moment in the future was written under a wrong clock and does not."""
    return moment is not None and timedelta(0) <= now - moment < timedelta(hours=hours)


def utc_now() -> datetime:
    """The time by the system's clock, in UTC."""
    return datetime.now(UTC)
