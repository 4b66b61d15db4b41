"""How long a server asks us to wait."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def retry_after(value: str | None, now: datetime, cap_s: float) -> float | None:
    """Seconds to wait by a `Retry-After` header, whole seconds or an HTTP date (RFC 9110, section 10.2.3); at most `cap_s`.

    None when nothing is said, or nothing that can be understood, or a time that has passed.
    """
    text = (value or "").strip()
    seconds = _whole(text, cap_s) if re.fullmatch(r"[0-9]+", text) else _seconds_until(text, now)
    return min(seconds, cap_s) if seconds > 0 else None


def _whole(digits: str, cap_s: float) -> float:
    """Beyond nine digits it is more than thirty years: the cap, without asking float() to read a million digits."""
    return float(digits) if len(digits) <= 9 else cap_s


def _seconds_until(text: str, now: datetime) -> float:
    try:
        moment = parsedate_to_datetime(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() - now.timestamp()
    except (ValueError, TypeError, IndexError, OverflowError):  # what the parser raises, by version and by nonsense
        return 0.0
