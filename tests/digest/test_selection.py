"""What a digest tells: changes under their headings, former values, what lies ahead, and how much was left out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flows.digest.records import Digest, Line
from flows.digest.selection import window_since
from tests.digest.conftest import Reader
from tests.digest.press import DAY, GAZETTE, MORNING, POST, Press, action, story

NEXT_DAY = DAY + timedelta(days=1)
NEXT_MORNING = MORNING + timedelta(days=1)


def told(digest: Digest) -> dict[str, list[str]]:
    """Headlines by heading."""
    return {section.title: [line.headline for line in section.lines] for section in digest.sections}


def facts(line: Line) -> dict[str, str]:
    """The facts of a line by label."""
    return dict(line.facts)


def test_a_new_event_is_told_with_all_that_is_known(press: Press, digest_on: Reader) -> None:
    """Who, whom, what, stage, dates at their precision, rate and voices; months stay months."""
    tariff = action(
        "import_tariff", issuers=("US",), targets=("*",), items=("steel",), date="2025-02", effective="2025-03-12", rate_pct=25.0
    )
    press.learn(story("a", (tariff, "A 25% duty on steel was announced.")))
    digest = digest_on()
    assert told(digest) == {"New": ["United States: import tariff on steel"]}
    line = digest.sections[0].lines[0]
    assert facts(line).items() >= {
        "Against": "all countries", "Stage": "announced", "Date": "2025-02", "Effective": "2025-03-12", "Rate": "25%",
        "Independent voices": "1", "Event": line.event_id[:8],
    }.items()  # fmt: skip
    assert line.quote
    assert (line.quote.text, line.quote.publisher, line.quote.published, line.quote.url) == (
        "A 25% duty on steel was announced.", "Morning Wire", "2025-03-01", "https://news.example/a",
    )  # fmt: skip


def test_an_unknown_date_is_told_as_unknown(press: Press, digest_on: Reader) -> None:
    """No date is made up, none is passed over in silence."""
    press.learn(story("a", (action(date=None), "Controls are announced.")))
    assert facts(digest_on().sections[0].lines[0])["Date"] == "unknown"


def test_a_new_stage_is_told_with_the_former_one(press: Press, digest_on: Reader) -> None:
    """A measure that was announced and is now in force is no news of a new measure."""
    press.learn(story("a", (action(), "Controls are announced.")))
    press.learn(story("b", (action(status="in_force"), "Controls are in force."), fetched_at=NEXT_MORNING), at=NEXT_MORNING)
    digest = digest_on(NEXT_DAY)
    assert told(digest) == {"Stage changed": ["China: export controls on gallium"]}
    assert facts(digest.sections[0].lines[0])["Stage"] == "in force (was announced)"


def test_changed_values_are_told_with_the_former_ones(press: Press, digest_on: Reader) -> None:
    """Date, rate and voices; the former date keeps its precision."""
    before = action("import_tariff", items=("steel",), date="2025-03", rate_pct=10.0)
    after = action("import_tariff", items=("steel",), date="2025-03-04", effective="2025-04", rate_pct=20.0)
    press.learn(story("a", (before, "A duty of 10% comes in March.")))
    press.learn(story("b", (after, "A duty of 20% on 4 March."), publisher=POST, fetched_at=NEXT_MORNING), at=NEXT_MORNING)
    digest = digest_on(NEXT_DAY)
    assert list(told(digest)) == ["Date or rate changed"]
    assert facts(digest.sections[0].lines[0]).items() >= {
        "Date": "2025-03-04 (was 2025-03)", "Effective": "2025-04 (was unknown)", "Rate": "20% (was 10%)",
        "Independent voices": "2 (was 1)",
    }.items()  # fmt: skip


def test_a_second_voice_is_told_as_corroboration(press: Press, digest_on: Reader) -> None:
    """And an official one is named as such, with its own words."""
    press.learn(story("a", (action(), "Controls are announced.")))
    press.learn(story("b", (action(), "Notice number 23."), publisher=GAZETTE, fetched_at=NEXT_MORNING), at=NEXT_MORNING)
    digest = digest_on(NEXT_DAY)
    assert list(told(digest)) == ["Corroborated"]
    line = digest.sections[0].lines[0]
    assert facts(line)["Independent voices"] == "2 (was 1), one of them official"
    assert line.quote
    assert line.quote.text == "Notice number 23."


def test_a_withdrawn_event_is_told_with_the_words_that_were_taken_back(press: Press, digest_on: Reader) -> None:
    """The reader who was told of it learns that no article says so any more."""
    press.learn(story("a", (action(), "Controls are announced.")))
    press.learn(story("a", fetched_at=NEXT_MORNING), at=NEXT_MORNING)
    digest = digest_on(NEXT_DAY)
    assert list(told(digest)) == ["Withdrawn"]
    line = digest.sections[0].lines[0]
    assert facts(line)["Stage"] == "announced; withdrawn: no article tells it any more"
    assert line.quote
    assert line.quote.text == "Controls are announced."


def test_a_past_day_is_told_as_it_was_known_then(press: Press, digest_on: Reader) -> None:
    """What was learned or corrected later does not change the digest of an earlier day."""
    press.learn(story("a", (action(), "Controls are announced.")))
    then = digest_on()
    press.learn(story("a", fetched_at=NEXT_MORNING), at=NEXT_MORNING)
    assert digest_on() == then


def test_an_empty_day_says_so(press: Press, digest_on: Reader) -> None:
    """Silence could also be a fault; a sentence cannot."""
    press.learn(story("a", (action(), "Controls are announced.")))
    digest = digest_on(NEXT_DAY)
    assert digest.sections == ()
    assert digest.summary.startswith("Nothing new became known in this time")


def test_what_takes_effect_soon_is_told_though_nothing_changed(press: Press, digest_on: Reader) -> None:
    """Within thirty days; neither what is further off nor what was suspended since."""
    press.learn(
        story("soon", (action(items=("gallium",), effective="2025-03-20"), "From 20 March.")),
        story("month", (action(items=("graphite",), effective="2025-04"), "From April.")),
        story("far", (action(items=("antimony",), effective="2025-06-01"), "From June.")),
        story("off", (action(items=("tungsten",), effective="2025-03-15"), "From 15 March.")),
    )
    press.learn(story("stop", (action(items=("tungsten",), status="suspended", date="2025-03-01"), "Suspended."), fetched_at=MORNING))
    digest = digest_on(NEXT_DAY)
    assert [(line.headline, facts(line)["Effective"]) for line in digest.upcoming.lines] == [
        ("China: export controls on gallium", "2025-03-20"),
        ("China: export controls on graphite", "2025-04"),
    ]


def test_what_matters_most_comes_first(press: Press, digest_on: Reader) -> None:
    """What more voices tell, what is decided before what is talked of, and last what is only recalled."""
    press.learn(
        story("old", (action(items=("gallium",), status="in_force", date="2023-08-01"), "In force since 2023.")),
        story("undated", (action(items=("tungsten",), status="in_force", date=None), "There are controls.")),
        story("idea", (action(items=("graphite",), status="considered"), "It is considered.")),
        story("law", (action(items=("antimony",), status="in_force"), "It is in force.")),
        story("one", (action(items=("germanium",), status="considered"), "It is weighed.")),
        story("two", (action(items=("germanium",), status="considered"), "They weigh it."), publisher=POST),
    )
    named = [line.headline.rsplit(" ", 1)[1] for line in digest_on().sections[0].lines]
    assert named[:3] == ["germanium", "antimony", "graphite"]
    assert sorted(named[3:]) == ["gallium", "tungsten"]


def test_too_many_events_are_cut_and_counted(press: Press, digest_on: Reader) -> None:
    """The sections keep their true totals."""
    press.learn(
        *(story(f"n{number}", (action(firms=(f"Firm {number}",), items=(f"thing_{number}",)), f"Say {number}.")) for number in range(9))
    )
    digest = digest_on(max_events=4)
    (section,) = digest.sections
    assert (len(section.lines), section.left_out, section.total, digest.left_out) == (4, 5, 9, 5)


def test_a_digest_goes_on_where_the_last_one_ended() -> None:
    """Without a last one it tells the last 24 hours; a last end in the future is a wrong clock."""
    now = datetime(2025, 3, 2, 6, 30, tzinfo=UTC)
    assert window_since(now - timedelta(days=3), now).since == now - timedelta(days=3)
    assert window_since(None, now).since == now - timedelta(days=1)
    assert window_since(now + timedelta(days=1), now).since == now - timedelta(days=1)
