"""The named queries: filters, the digest of changes, one event in full, what was rejected, what is not known yet."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from duckdb import DuckDBPyConnection

from models.records import Batch, ConsolidatedTimeline, Publisher, Rejection
from tests.warehouse.newsroom import GAZETTE, START, batch, consolidate, hours, mention, story
from warehouse.database import open_warehouse
from warehouse.queries import QueryError, query
from warehouse.runs import RunStatus, finish_run, start_run
from warehouse.store import load

POST = Publisher("Evening Post", "Post Holdings", "US")


def titles(con: DuckDBPyConnection, **filters: Any) -> list[str]:
    """Titles of the timeline under `filters`."""
    names = ("since", "until", "issuer", "target", "item", "instrument", "status", "as_of")
    return [row["title"] for row in query(con, "timeline", **dict.fromkeys(names) | filters)]


@pytest.fixture(scope="module")
def filled(blank_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DuckDBPyConnection]:
    """A warehouse with four events, only to be looked at: a day, a month, no date, and a joint deal."""
    stories = (
        story("a", mention(day="2025-03-01", effective="2099-04")),
        story("b", mention("export_ban", "in_force", ("CN",), ("US",), day="2025-06", items=("gallium",))),
        story("c", mention("sanctions", "considered", ("EU",), ("*",), day=None, items=("all_goods",))),
        story("d", mention("agreement", "in_force", ("CN", "US"), (), day="2025", items=())),
    )
    with closing(open_warehouse(Path(shutil.copy(blank_warehouse, tmp_path_factory.mktemp("queries"))))) as con:
        load(con, "run", batch(*stories), consolidate, START)
        yield con


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["export_ban in_force", "import_tariff announced", "agreement in_force", "sanctions considered"]),
        ({"since": date(2025, 6, 10)}, ["export_ban in_force", "agreement in_force"]),
        ({"until": date(2025, 2, 1)}, ["agreement in_force"]),
        ({"issuer": "EU"}, ["sanctions considered"]),
        ({"target": "US"}, ["export_ban in_force"]),
        ({"item": "gallium"}, ["export_ban in_force"]),
        ({"instrument": "agreement"}, ["agreement in_force"]),
        ({"status": "in_force", "issuer": "CN"}, ["export_ban in_force", "agreement in_force"]),
        ({"issuer": "' or true --"}, []),
    ],
)
def test_the_timeline_can_be_filtered(filled: DuckDBPyConnection, filters: dict[str, Any], expected: list[str]) -> None:
    """Filters join by and; a month or a year counts when any of its days may fit; values are bound, never spliced."""
    assert titles(filled, **filters) == expected


def test_macros_answer_the_usual_questions(filled: DuckDBPyConnection) -> None:
    """events_on includes measures on all goods; between includes deals of both; upcoming has only what lies ahead."""
    on = filled.execute("select instrument from events_on('gallium')").fetchall()
    between = filled.execute("select instrument from \"between\"('CN', 'US')").fetchall()
    assert filled.execute("select instrument from main.between('CN', 'US')").fetchall() == between
    upcoming = filled.execute("select instrument, effective_date_precision from upcoming").fetchall()
    assert on == [("export_ban",), ("sanctions",)]
    assert between == [("export_ban",), ("agreement",)]
    assert upcoming == [("import_tariff", "month")]


def test_measures_carry_the_latest_of_their_events(con: DuckDBPyConnection) -> None:
    """Two stages of one measure: the later one gives its status, the rate is kept."""
    stages = (mention(status="announced", day="2025-03-01", rate_pct=10.0), mention(status="in_force", day="2025-04-01"))
    load(con, "run", batch(story("a", *stages)), consolidate, START)
    assert con.execute("select status, rate_pct, first_event_date, event_count from measure").fetchall() == [
        ("in_force", 10.0, date(2025, 3, 1), 2)
    ]


def changes(con: DuckDBPyConnection, since: datetime, until: datetime | None = None) -> list[tuple[str, list[str]]]:
    """What the digest tells, as title and changes."""
    return [(row["title"], row["changes"]) for row in query(con, "digest", since=since, until=until)]


def test_the_digest_tells_what_is_new(con: DuckDBPyConnection) -> None:
    """An event of an unknown measure is new; once told it is not told again."""
    load(con, "run", batch(story("a", mention())), consolidate, START)
    assert changes(con, START - hours(1)) == [("import_tariff announced", ["new"])]
    assert changes(con, START) == []


def test_the_digest_tells_every_change_of_an_event(con: DuckDBPyConnection) -> None:
    """Date, rate and voices are told together, with their former values."""
    load(con, "run", batch(story("a", mention(day="2025-03", rate_pct=10.0))), consolidate, START)
    load(con, "run", batch(story("b", mention(day="2025-03-04", rate_pct=20.0), publisher=POST)), consolidate, START + hours(1))
    (row,) = query(con, "digest", since=START, until=None)
    assert row["changes"] == ["date changed", "rate changed", "corroborated"]
    assert (row["before_event_date"], row["before_rate_pct"], row["before_owner_count"]) == (date(2025, 3, 1), 10.0, 1)


def test_the_digest_tells_a_new_stage_of_a_known_measure(con: DuckDBPyConnection) -> None:
    """A measure that was announced and is now in force has changed its stage; it is not new."""
    load(con, "run", batch(story("a", mention())), consolidate, START)
    load(con, "run", batch(story("b", mention(status="in_force"))), consolidate, START + hours(1))
    (row,) = query(con, "digest", since=START, until=None)
    assert (row["title"], row["changes"], row["before_status"]) == ("import_tariff in_force", ["stage changed"], "announced")


def test_the_digest_tells_what_was_withdrawn(con: DuckDBPyConnection) -> None:
    """A reader who was told of an event learns that its only article no longer says so."""
    load(con, "run", batch(story("a", mention())), consolidate, START)
    load(con, "run", batch(story("a", words="We were wrong.", fetched_at=START + hours(1))), consolidate, START + hours(1))
    assert changes(con, START) == [("import_tariff announced", ["withdrawn"])]


def test_an_event_that_was_joined_to_another_is_not_called_withdrawn(con: DuckDBPyConnection) -> None:
    """Its mentions still stand, under another event."""
    load(con, "run", batch(story("us", mention(issuers=("US",))), story("jp", mention(issuers=("JP",)))), consolidate, START)
    load(con, "run", batch(story("joint", mention(issuers=("JP", "US")))), consolidate, START + hours(1))
    assert ["withdrawn"] not in [told for _, told in changes(con, START)]


def test_a_past_digest_can_be_made_again(con: DuckDBPyConnection) -> None:
    """With until, later loads do not show."""
    load(con, "run", batch(story("a", mention())), consolidate, START)
    then = query(con, "digest", since=START - hours(1), until=START + hours(1))
    load(con, "run", batch(story("b", mention(), publisher=POST)), consolidate, START + hours(2))
    assert query(con, "digest", since=START - hours(1), until=START + hours(1)) == then


def test_one_event_is_shown_with_words_links_and_past(con: DuckDBPyConnection) -> None:
    """The beginning of an id is enough."""
    answer = mention("export_ban", issuers=("CN",), responds_to=0)
    load(con, "run", batch(story("a", mention(), answer)), consolidate, START)
    load(con, "run", batch(story("b", mention(rate_pct=5.0), publisher=GAZETTE)), consolidate, START + hours(1))
    event_id = con.execute("select event_id from timeline where instrument = 'import_tariff'").fetchall()[0][0]
    (shown,) = query(con, "show_event", event_id=event_id[:8])
    assert {each["owner"] for each in shown["evidence"]} == {"Wire Group", "State of Freedonia"}
    assert [(each["kind"], each["quote"]) for each in shown["links"]] == [("retaliates_for", "CN announced export_ban number 1.")]
    assert [each["owner_count"] for each in shown["history"]] == [1, 2]
    assert query(con, "show_event", event_id="no such id") == []


def test_only_unknown_addresses_are_worth_fetching(con: DuckDBPyConnection) -> None:
    """Known articles and useless pages are left out, order is kept, and a feed's trouble says nothing of its articles."""
    rejections = (Rejection("extract", "no-text", "https://news.example/empty"), Rejection("feed", "bad-xml", "https://news.example/feed"))
    load(con, "run", Batch(batch(story("a", mention())).articles, rejections), consolidate, START)
    urls = [f"https://news.example/{name}" for name in ("new", "a", "empty", "feed", "also-new", "new")]
    assert [row["url"] for row in query(con, "unknown_urls", urls=urls)] == [urls[0], urls[3], urls[4]]
    assert query(con, "unknown_urls", urls=[]) == []


def test_current_versions_of_articles(con: DuckDBPyConnection) -> None:
    """The version that holds is given, for some addresses or for all."""
    first, _ = story("a", mention())
    second = story("a", mention(), words="Corrected.", fetched_at=START + hours(1))
    for each in (story("a", mention()), second):
        load(con, "run", batch(each), consolidate, START)
    (row,) = query(con, "article_versions", urls=[first.url])
    assert row["content_hash"] == second[0].content_hash != first.content_hash
    assert query(con, "article_versions", urls=None) == [row]
    assert query(con, "article_versions", urls=[]) == []


def test_a_run_is_recorded_with_what_it_brought(con: DuckDBPyConnection) -> None:
    """The summary of the latest run counts its loads."""
    run_id = start_run(con, "run", START, "feeds-1")
    load(con, run_id, batch(story("a", mention())), consolidate, START + hours(1))
    finish_run(con, run_id, RunStatus.PARTIAL, START + hours(2))
    (row,) = query(con, "run_summary", run_id=None)
    assert (row["run_id"], row["status"], row["source_set_version"]) == (run_id, "partial", "feeds-1")
    assert (row["loads"], row["articles_new"], row["events_new"]) == (1, 1, 1)
    assert row["finished_at"] == START + hours(2)


def test_a_run_that_never_ended_is_marked_interrupted(con: DuckDBPyConnection) -> None:
    """The next run finds it; an unknown run cannot be ended."""
    killed = start_run(con, "run", START)
    start_run(con, "run", START + hours(1))
    assert query(con, "run_summary", run_id=killed)[0]["status"] == "interrupted"
    with pytest.raises(ValueError, match="never started"):
        finish_run(con, "nobody", RunStatus.DONE, START)


def test_an_unknown_query_names_those_there_are(con: DuckDBPyConnection) -> None:
    """A slip of the pen is easily mended."""
    with pytest.raises(QueryError, match=r"digets.*digest"):
        query(con, "digets")


def test_a_consolidation_may_leave_mentions_out(con: DuckDBPyConnection) -> None:
    """A mention in no event is still listed, without an event."""
    load(con, "run", batch(story("a", mention())), lambda mentions: ConsolidatedTimeline(), START)
    assert con.execute("select event_id from mention").fetchall() == [(None,)]
