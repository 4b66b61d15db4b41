"""Whether two mentions tell one action, and whether two events are stages of one measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from config.consolidation import load_consolidation
from models.consolidation.days import apart, precision

if TYPE_CHECKING:
    from collections.abc import Collection

    from models.records import Event, StoredMention


def same_action(one: StoredMention, other: StoredMention) -> bool:
    """Whether two mentions that tell as much as each other tell one action: what one tells, the other tells too, and alike."""
    a, b = one.mention, other.mention
    return may_be_one(one, other) and precision(a.date) == precision(b.date) and _meet(a.items, b.items) and _meet(a.targets, b.targets)


def may_be_one(one: StoredMention, other: StoredMention) -> bool:
    """Whether nothing that two mentions tell keeps them from telling one action: silence agrees with everything."""
    a, b = one.mention, other.mention
    if a.instrument != b.instrument or a.status != b.status or not _meet(a.issuers, b.issuers):
        return False
    if not _agree(a.targets, b.targets) or not _agree(a.items, b.items):
        return False
    rules = load_consolidation().same_action
    if a.date is None or b.date is None:
        return _reported_within(one, other, rules.report_days)
    if a.rate_pct is not None and b.rate_pct is not None and a.rate_pct != b.rate_pct and a.date != b.date:
        return False
    return apart(a.date, b.date) <= rules.days


def detail(mention: StoredMention) -> int:
    """How much a mention tells of what makes an action: its date, as precisely as told, its items and its targets."""
    told = mention.mention
    return len(told.date or "") + bool(told.items) + bool(told.targets)


def same_measure(one: Event, other: Event) -> bool:
    """Same issuer and instrument, items that meet (or none on either side, and targets that meet), stages not too far apart."""
    if one.instrument != other.instrument or not _meet(one.issuers, other.issuers) or not _agree(one.targets, other.targets):
        return False
    if not (_meet(one.items, other.items) or (not one.items and not other.items and _meet(one.targets, other.targets))):
        return False
    if one.event_date is None or other.event_date is None:
        return True
    return abs((one.event_date - other.event_date).days) <= load_consolidation().same_measure.days


def _meet(one: Collection[str], other: Collection[str]) -> bool:
    return bool(set(one) & set(other)) or (not one and not other)


def _agree(one: Collection[str], other: Collection[str]) -> bool:
    return not one or not other or bool(set(one) & set(other))


def _reported_within(one: StoredMention, other: StoredMention, days: int) -> bool:
    if one.published_at is None or other.published_at is None:
        return False
    return abs((one.published_at - other.published_at).days) <= days
