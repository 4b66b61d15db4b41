"""An entry as its feed writes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RawEntry:
    """One item of a feed before it is cleaned: nothing of it may be trusted."""

    link: str
    title: str
    summary: str = ""
    published_at: datetime | None = None
    updated_at: datetime | None = None
