"""All mentions of some blocks in, their events, measures and links out.

The answer depends on the set of mentions alone, not on their order, and for one block (an issuer and an instrument) not on other
blocks: an interrupted load that is taken up again ends where an undisturbed one does.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from models.consolidation.events import make_event, order_of
from models.consolidation.groups import connected
from models.consolidation.links import find_links
from models.consolidation.matching import same_action, same_measure
from models.records import ConsolidatedTimeline, Event, StoredMention, digest_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def consolidate(mentions: Sequence[StoredMention]) -> ConsolidatedTimeline:
    """Decide which mentions tell one action, which events are stages of one measure, and how events bear on one another."""
    told = sorted(mentions, key=order_of)
    by_stage: dict[tuple[str, str], list[StoredMention]] = defaultdict(list)
    for mention in told:
        by_stage[mention.mention.instrument, mention.mention.status].append(mention)
    actions = [group for stage in by_stage.values() for group in connected(stage, same_action)]
    events = _with_measures(_distinct(make_event(action) for action in actions))
    return ConsolidatedTimeline(tuple(events), tuple(find_links(events, told)))


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
