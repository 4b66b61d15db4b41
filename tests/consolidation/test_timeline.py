"""One action, one row: which mentions become one event, whatever the order they come in."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from models.consolidation import consolidate
from models.records import Event, Evidence, LinkKind, Mention, Salience, Span, StoredMention

DAY = datetime(2023, 7, 4, tzinfo=UTC)


def told(
    name: str, *, owner: str = "", language: str = "en", quote: str = "", days: int = 0, responds_to: str | None = None, **fields: Any
) -> StoredMention:
    """A mention of China's gallium licences as an article tells it, with other fields where they are given."""
    said: dict[str, Any] = {
        "instrument": "export_control", "status": "announced", "issuers": ("CN",), "targets": (), "items": ("gallium", "germanium"),
        "date": "2023-07-03", "effective": "2023-08-01", **fields,
    }  # fmt: skip
    words = quote or f"{name} tells it in words of its own"
    mention = Mention(salience=Salience.MAIN, evidence=(Evidence("event", Span(0, len(words), words)),), **said)
    return StoredMention(
        mention_id=f"m-{name}", article_id=f"a-{name}", url=f"http://{name}.example/1", publisher=name, owner=owner or name, official=False,
        language=language, published_at=DAY + timedelta(days=days), learned_at=DAY, mention=mention, responds_to=responds_to,
    )  # fmt: skip


def events(*mentions: StoredMention) -> tuple[Event, ...]:
    """The events that the mentions come to."""
    return consolidate(mentions).events


def test_articles_in_several_languages_that_tell_one_action_are_one_event() -> None:
    """Voices and languages are counted; the row is the same."""
    (event,) = events(told("a"), told("b", language="zh"), told("c", language="de", date="2023-07-04"))
    assert (event.article_count, event.owner_count, event.languages) == (3, 3, ("de", "en", "zh"))
    assert (event.event_date, event.event_date_precision, event.effective_date) == (date(2023, 7, 3), "day", date(2023, 8, 1))


def test_a_text_reprinted_is_one_voice() -> None:
    """Four owners print the same sentence: one voice, four articles."""
    quote = "China will place exports of gallium and germanium under licence from August 1, the ministry said."
    (event,) = events(*(told(name, quote=quote) for name in ("a", "b", "c", "d")))
    assert (event.article_count, event.owner_count) == (4, 1)


def test_a_later_stage_is_an_event_of_its_own_in_the_same_measure() -> None:
    """Announced, then suspended: two rows, one measure, and a link from the later to the earlier."""
    timeline = consolidate((told("a"), told("b", status="suspended", date="2023-09-01", effective=None)))
    announced, suspended = sorted(timeline.events, key=lambda event: event.status)
    assert announced.measure_id == suspended.measure_id
    assert [(link.from_event, link.to_event, link.kind) for link in timeline.links] == [
        (suspended.event_id, announced.event_id, LinkKind.SUSPENDS)
    ]


@pytest.mark.parametrize(
    "other",
    [{"items": ("graphite",)}, {"date": "2023-10-20"}, {"issuers": ("US",)}, {"instrument": "export_ban"}, {"status": "in_force"}],
    ids=["goods", "date", "issuer", "instrument", "stage"],
)
def test_what_differs_in_what_makes_an_action_is_another(other: dict[str, Any]) -> None:
    """Other goods, another day, another issuer, instrument or stage: two rows."""
    assert len(events(told("a"), told("b", **other))) == 2


def test_a_month_joins_the_one_day_that_it_may_mean() -> None:
    """A report "in July" adds a voice to the action of 3 July, and its precision is not taken."""
    (event,) = events(told("a"), told("b", date="2023-07"))
    assert event.event_date_precision == "day"


def test_the_start_that_most_voices_tell_wins_over_a_more_precise_one() -> None:
    """Three tell August, one a day in another year: it starts in August, on the day that the most tell."""
    told_starts = [
        told("a", effective="2023-08"),
        told("b", effective="2023-08-01"),
        told("c", effective="2023-08"),
        told("d", effective="2025-07-15"),
    ]
    (event,) = events(*told_starts)
    assert (event.effective_date, event.effective_date_precision) == (date(2023, 8, 1), "day")


def test_a_year_that_may_mean_two_actions_ties_neither() -> None:
    """What is told as "the tariffs of 2018" stands alone beside those of July and September."""
    tariff = {"instrument": "import_tariff", "issuers": ("US",), "targets": ("CN",), "items": (), "effective": None}
    july, september, year = (told(name, **tariff, date=day) for name, day in (("a", "2018-07-06"), ("b", "2018-09-17"), ("c", "2018")))
    assert len(events(july, september, year)) == 3


def test_two_rates_on_two_days_are_two_actions() -> None:
    """84 percent, and two days later 125."""
    tariff = {"instrument": "import_tariff", "targets": ("US",), "items": ("all_goods",), "effective": None}
    assert len(events(told("a", **tariff, rate_pct=84.0, date="2025-04-09"), told("b", **tariff, rate_pct=125.0, date="2025-04-11"))) == 2


def test_an_answer_is_linked_to_what_it_answers() -> None:
    """What an article says answers another action carries its words."""
    tariff = {"instrument": "import_tariff", "items": ("all_goods",), "effective": None}
    first = told("a", **tariff, issuers=("US",), targets=("CN",))
    answer = told("b", **tariff, targets=("US",), date="2023-07-04", responds_to=first.mention_id)
    (link,) = consolidate((first, answer)).links
    assert link.kind is LinkKind.RETALIATES_FOR
    assert link.quote == answer.mention.evidence[0].span.quote


def test_the_order_of_arrival_does_not_change_the_timeline() -> None:
    """Twenty random orders of a mixed set give the same events, ids included, and the same links."""
    mentions = [
        told("a"), told("b", language="zh", days=1), told("c", date="2023-07"), told("d", date=None, items=("gallium",)),
        told("e", items=("graphite",), date="2023-10-20"), told("f", status="suspended", date="2023-09-01"),
        told("g", issuers=("CN", "RU")),
        told("h", targets=("US",)), told("i", items=()), told("j", status="in_force", date="2023-08-01"),
    ]  # fmt: skip
    expected = consolidate(mentions)
    for seed in range(20):
        shuffled = list(mentions)
        random.Random(seed).shuffle(shuffled)
        assert consolidate(shuffled) == expected


def test_the_id_outlives_later_reports() -> None:
    """An event keeps the id of its first report."""
    (alone,) = events(told("a"))
    (joined,) = events(told("a"), told("b", days=2), told("c", language="ja", days=5))
    assert alone.event_id == joined.event_id


def test_more_independent_voices_make_it_surer_and_an_official_one_most() -> None:
    """Confidence grows with owners, never to certainty."""
    one, two = events(told("a"))[0], events(told("a"), told("b"))[0]
    many = events(*(told(name) for name in "abcdefgh"))[0]
    assert 0 < one.confidence < two.confidence < many.confidence < 1
