"""Drafts of one article in, its mentions out: an action told twice is one, and answers find what they answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from config.reading import load_reading
from models.reading.drafts import UNTOLD, Draft
from models.records import Evidence, Mention, Salience

_MOST_EVIDENCE = 2
_ONE_ACT = frozenset({"announced", "in_force"})
_ONE_PLAN = frozenset({"considered", "proposed"})


def merge(drafts: list[Draft], published: date | None) -> tuple[Mention, ...]:
    """Join the drafts that tell one action, date those that are news by the day of their report, and link answers."""
    groups: list[list[Draft]] = []
    # A title without a stage or a date could join several groups and so make them one: it comes after the text.
    for draft in sorted(drafts, key=lambda draft: (draft.mention.status == UNTOLD, not draft.sentence and draft.mention.date is None)):
        group = next((group for group in groups if any(_same(told.mention, draft.mention) for told in group)), None)
        if group is None:
            groups.append([draft])
        else:
            group.append(draft)
    groups = [group for group in groups if any(draft.mention.status != UNTOLD for draft in group)]
    mentions = [_joined(group) for group in groups]
    mentions = [_reported(mention, published) for mention in mentions]
    return tuple(replace(mention, responds_to=_answered(index, groups, mentions)) for index, mention in enumerate(mentions))


def _same(one: Mention, other: Mention) -> bool:
    if one.instrument != other.instrument or not set(one.issuers) & set(other.issuers):
        return False
    if one.status != other.status and not _one_act(one, other):
        return False
    recalled = Salience.BACKGROUND in {one.salience, other.salience} and None in {one.date, other.date}
    if recalled and not set(one.items) & set(other.items):
        return False  # what is only recalled, without a date, may be any earlier act: its goods must say which
    return (
        _compatible(one.items, other.items)
        and _compatible(one.targets, other.targets)
        and _same_day(one.date, other.date)
        and (one.rate_pct is None or other.rate_pct is None or one.rate_pct == other.rate_pct)
    )


def _one_act(one: Mention, other: Mention) -> bool:
    """A decision and its start are one act; so are a plan and its "proposed rules", where one of the two is told without a date."""
    statuses = {one.status, other.status}
    return UNTOLD in statuses or statuses <= _ONE_ACT or (statuses <= _ONE_PLAN and (one.date is None or other.date is None))


def _compatible(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return not one or not other or bool(set(one) & set(other))


def _same_day(one: str | None, other: str | None) -> bool:
    if one is None or other is None or one.startswith(other) or other.startswith(one):
        return True
    if len(one) != len(other) or len(one) < len("2023-07-05"):
        return False
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days) <= load_reading().merging.date_days


def _joined(group: list[Draft]) -> Mention:
    """One mention of all tellings: body sentences before the title as evidence, the most precise date, all items and firms."""
    told = sorted(group, key=lambda draft: (draft.sentence == 0, draft.sentence))
    mentions = [draft.mention for draft in told]
    first = mentions[0]
    return replace(
        first,
        status=_stage(mentions),
        salience=Salience.MAIN if any(mention.salience is Salience.MAIN for mention in mentions) else Salience.BACKGROUND,
        issuers=_union(mention.issuers for mention in mentions) if len(first.issuers) > 1 else first.issuers,
        targets=_union(mention.targets for mention in mentions),
        issuer_bodies=next((mention.issuer_bodies for mention in mentions if mention.issuer_bodies), ()),
        firms=_union(mention.firms for mention in mentions),
        items=_union(mention.items for mention in mentions),
        date=_most_precise(mention.date for mention in mentions),
        effective=_most_precise(mention.effective for mention in mentions),
        rate_pct=max((mention.rate_pct for mention in mentions if mention.rate_pct is not None), default=None),
        legal_documents=_union(mention.legal_documents for mention in mentions),
        evidence=_evidence(mentions),
    )


def _stage(mentions: list[Mention]) -> str:
    statuses = [mention.status for mention in mentions if mention.status != UNTOLD]
    if "announced" in statuses and any(mention.effective and mention.status == "announced" for mention in mentions):
        return "announced"
    return statuses[0]


def _union(parts) -> tuple[str, ...]:  # type: ignore[no-untyped-def]
    return tuple(dict.fromkeys(value for part in parts for value in part))


def _most_precise(dates) -> str | None:  # type: ignore[no-untyped-def]
    return max((told for told in dates if told), key=len, default=None)


def _evidence(mentions: list[Mention]) -> tuple[Evidence, ...]:
    spans = dict.fromkeys(evidence for mention in mentions for evidence in mention.evidence)
    return tuple(spans)[:_MOST_EVIDENCE]


def _reported(mention: Mention, published: date | None) -> Mention:
    """News without a date of its own is dated by its report, as the annotation guide has it; what is only recalled stays undated."""
    if published and mention.date is None and mention.salience is Salience.MAIN:
        return replace(mention, date=published.isoformat())
    return mention


def _answered(index: int, groups: list[list[Draft]], mentions: list[Mention]) -> int | None:
    """The action of another government, told nearest to this one, that this one says it answers."""
    if not any(draft.answers for draft in groups[index]):
        return None
    mine = mentions[index]
    rivals = [
        other
        for other, mention in enumerate(mentions)
        if other != index
        and not set(mention.issuers) & set(mine.issuers)
        and (set(mention.issuers) & set(mine.targets) or set(mention.targets) & set(mine.issuers))
    ]
    place = min(draft.sentence for draft in groups[index])
    return min(rivals, key=lambda other: abs(min(draft.sentence for draft in groups[other]) - place), default=None)
