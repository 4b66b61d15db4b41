"""All mentions of some blocks in, their events, measures and links out.

The answer depends on the set of mentions alone, not on their order, and for one block (an issuer and an instrument) not on other
blocks: an interrupted load that is taken up again ends where an undisturbed one does.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from config.consolidation import load_consolidation
from models.consolidation.days import first_day, precision
from models.consolidation.events import make_event, order_of
from models.consolidation.groups import connected, connected_near
from models.consolidation.links import find_links
from models.consolidation.matching import detail, may_be_one, same_action, same_measure
from models.records import ConsolidatedTimeline, Event, StoredMention, digest_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def consolidate(mentions: Sequence[StoredMention]) -> ConsolidatedTimeline:
    """Decide which mentions tell one action, which events are stages of one measure, and how events bear on one another."""
    told = sorted(mentions, key=order_of)
    by_stage: dict[tuple[str, str], list[StoredMention]] = defaultdict(list)
    for mention in told:
        by_stage[mention.mention.instrument, mention.mention.status].append(mention)
    actions = [action for stage in by_stage.values() for action in _actions(stage)]
    events = _with_measures(_distinct(make_event(action) for action in actions))
    return ConsolidatedTimeline(tuple(events), tuple(find_links(events, told)))


def _actions(mentions: Sequence[StoredMention]) -> list[list[StoredMention]]:
    """Group the mentions of one instrument and stage by action.

    Those that tell as much as each other are compared pair by pair. A group that tells less joins the one fuller group that it may
    mean; where it may mean several ("the tariffs of 2018") it stands alone, for it must not tie them together.
    """
    groups = sorted(_told_alike(mentions), key=lambda group: (-detail(group[0]), order_of(group[0])))
    hosts: list[list[StoredMention]] = []
    joined: list[list[StoredMention]] = []
    for group in groups:
        fuller = [place for place, host in enumerate(hosts) if detail(host[0]) > detail(group[0]) and _any_may_be_one(host, group)]
        if len(fuller) == 1:
            joined[fuller[0]] += group
        else:
            hosts.append(group)
            joined.append(list(group))
    return joined


def _told_alike(mentions: Sequence[StoredMention]) -> list[list[StoredMention]]:
    """Group mentions that tell as much as each other by action; only those told or reported near in time are compared."""
    rules = load_consolidation().same_action
    levels: dict[str | None, list[StoredMention]] = defaultdict(list)
    for mention in mentions:
        levels[precision(mention.mention.date)].append(mention)
    groups = []
    for level, told in levels.items():
        told.sort(key=lambda mention: (_day(mention), order_of(mention)))
        groups += connected_near(told, same_action, _day, rules.days if level else rules.report_days)
    return groups


def _day(mention: StoredMention) -> int:
    """The day an action is told for, or else was reported on, as a number."""
    day = first_day(mention.mention.date) or (mention.published_at.date() if mention.published_at else date.min)
    return day.toordinal()


def _any_may_be_one(host: Sequence[StoredMention], group: Sequence[StoredMention]) -> bool:
    return any(may_be_one(one, other) for one in host for other in group)


def _distinct(events: Iterable[Event]) -> list[Event]:
    """Number events whose ids coincide, in order of their mentions: one sentence may tell two actions that differ in nothing else."""
    met: dict[str, int] = defaultdict(int)
    distinct = []
    for event in sorted(events, key=lambda event: (event.event_id, event.mention_ids)):
        number = met[event.event_id]
        met[event.event_id] += 1
        distinct.append(replace(event, event_id=digest_of(event.event_id, str(number))) if number else event)
    return distinct


def _with_measures(events: Sequence[Event]) -> list[Event]:
    """Give the stages of one measure one id, that of its earliest stage."""
    ordered = sorted(events, key=lambda event: (event.event_date or date.max, event.event_id))
    joined = []
    for stages in connected(ordered, same_measure):
        measure_id = digest_of("measure", stages[0].event_id)
        joined += [replace(event, measure_id=measure_id) for event in stages]
    return sorted(joined, key=lambda event: event.event_id)
