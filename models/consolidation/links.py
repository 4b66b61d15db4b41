"""How events bear on one another: what answers what, and which step suspended or lifted which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.records import Event, EventLink, LinkKind, StoredMention

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ENDS = {"suspended": LinkKind.SUSPENDS, "lifted": LinkKind.LIFTS}
_STANDING = frozenset({"announced", "in_force"})


def find_links(events: Sequence[Event], mentions: Sequence[StoredMention]) -> list[EventLink]:
    """Return the links that the mentions assert and those that follow from the stages of a measure."""
    return sorted({*_answers(events, mentions), *_ends(events, mentions)}, key=lambda link: (link.from_event, link.to_event, link.kind))


def _answers(events: Sequence[Event], mentions: Sequence[StoredMention]) -> Iterator[EventLink]:
    """What an article says one action answers: a dispute challenges it, everything else retaliates for it."""
    event_of = {mention_id: event for event in events for mention_id in event.mention_ids}
    for mention in mentions:
        answering, answered = event_of.get(mention.mention_id), event_of.get(mention.responds_to or "")
        if answering and answered and answering is not answered:
            kind = LinkKind.CHALLENGES if answering.instrument == "dispute" else LinkKind.RETALIATES_FOR
            yield EventLink(answering.event_id, answered.event_id, kind, mention.mention_id, mention.mention.evidence[0].span.quote)


def _ends(events: Sequence[Event], mentions: Sequence[StoredMention]) -> Iterator[EventLink]:
    """A suspension or a lifting ends the latest standing stage of its measure before it."""
    quotes = {mention.mention_id: mention.mention.evidence[0].span.quote for mention in mentions}
    for event in events:
        if event.status not in _ENDS:
            continue
        standing = [
            (other.event_date, other.event_id)
            for other in events
            if other.measure_id == event.measure_id
            and other.status in _STANDING
            and other.event_date
            and event.event_date
            and other.event_date <= event.event_date
        ]
        if standing:
            witness = event.mention_ids[0]
            yield EventLink(event.event_id, max(standing)[1], _ENDS[event.status], witness, quotes[witness])
