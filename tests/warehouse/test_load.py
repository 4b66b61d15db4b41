"""Loading: twice is once, corrections revise and keep the past, blocks hang together, nothing is silent."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from duckdb import DuckDBPyConnection

from models.records import Batch, ConsolidatedTimeline, Entity, Publisher, Rejection, Span
from tests.warehouse.newsroom import START, article, batch, consolidate, hours, mention, random_batches, reading, story
from warehouse.publication import find_faults
from warehouse.queries import query
from warehouse.store import LoadCounts, load, rebuild_timeline, save_entities

TABLES = (
    *("page", "article", "article_version", "mention", "mention_evidence", "entity", "entity_mention"),
    *("event_assertion", "event_link_assertion", "rejection", "load"),
)


def contents(con: DuckDBPyConnection) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every base table."""
    return {table: con.execute(f"from base.{table} order by all").fetchall() for table in TABLES}


def timeline(con: DuckDBPyConnection) -> list[tuple[object, ...]]:
    """The timeline without the times at which things were learned."""
    return con.execute("select * exclude (first_seen_at, last_seen_at) from timeline order by event_id").fetchall()


def test_a_batch_becomes_a_timeline_with_evidence(con: DuckDBPyConnection) -> None:
    """An article with one action gives one event whose evidence is found at its offsets in the article."""
    counts = load(con, "run", batch(story("a", mention(rate_pct=25.0))), consolidate, START)
    assert (counts.articles_new, counts.mentions_new, counts.events_new) == (1, 1, 1)
    assert con.execute("select status, issuers, rate_pct from timeline").fetchall() == [("announced", ["US"], 25.0)]
    cut = "select quote, text[quote_start + 1 : quote_end] from evidence join article using (article_id)"
    assert con.execute(cut).fetchall() == [("US announced import_tariff number 0.",) * 2]


def test_the_same_batch_twice_changes_nothing(con: DuckDBPyConnection) -> None:
    """No table differs after the second load, whatever the clock says."""
    for each in random_batches(seed=1, count=3):
        load(con, "run", each, consolidate, START)
        before = contents(con)
        assert load(con, "run", each, consolidate, START + hours(50)) == LoadCounts()
        assert contents(con) == before


def test_old_batches_do_not_undo_newer_ones(con: DuckDBPyConnection) -> None:
    """Loading the first version of a corrected article again leaves the correction in place."""
    first, second = (batch(story("a", mention(rate_pct=rate), words=str(rate), fetched_at=START + hours(rate))) for rate in (10, 20))
    for each in (first, second):
        load(con, "run", each, consolidate, START)
    before = contents(con)
    assert not load(con, "run", first, consolidate, START + hours(2))
    assert contents(con) == before


def test_an_empty_batch_changes_nothing(con: DuckDBPyConnection) -> None:
    """No load is recorded for it."""
    assert not load(con, "run", Batch(), consolidate, START)
    assert con.execute("from base.load").fetchall() == []


def test_a_corrected_article_revises_its_mentions(con: DuckDBPyConnection) -> None:
    """The timeline follows the new text; the old mention, text and event are closed, not overwritten."""
    load(con, "run", batch(story("a", mention(rate_pct=10.0), words="Ten.")), consolidate, START)
    corrected = story("a", mention(rate_pct=15.0), words="Fifteen, not ten.", fetched_at=START + hours(1))
    counts = load(con, "run", batch(corrected), consolidate, START + hours(2))
    assert (counts.articles_new, counts.articles_revised, counts.mentions_new, counts.mentions_closed, counts.events_changed) == (
        0,
        1,
        1,
        1,
        1,
    )
    assert con.execute("select rate_pct from timeline").fetchall() == [(15.0,)]
    past = "select rate_pct, known_from, known_to from base.event_assertion order by known_from"
    then, now = START.replace(tzinfo=None), (START + hours(2)).replace(tzinfo=None)
    assert con.execute(past).fetchall() == [(10.0, then, now), (15.0, now, None)]
    assert con.execute("select count(*) from base.article_version where text like '%Ten.%' and known_to is not null").fetchall() == [(1,)]


def test_a_correction_taken_back_brings_the_first_reading_back(con: DuckDBPyConnection) -> None:
    """Text A, then B, then A again: the mention of A holds anew and the event was first seen with the first A."""
    for number, words in enumerate(("A", "B", "A")):
        load(con, "run", batch(story("a", mention(), words=words, fetched_at=START + hours(number))), consolidate, START + hours(number))
    assert con.execute("select count(*), count(distinct mention_id) from base.mention").fetchall() == [(3, 2)]
    assert con.execute("select first_seen_at from timeline").fetchall() == [(START.replace(tzinfo=None),)]
    assert find_faults(con) == ()


def test_what_an_article_no_longer_says_leaves_the_timeline(con: DuckDBPyConnection) -> None:
    """A corrected article without the action closes the event that stood on it alone."""
    load(con, "run", batch(story("a", mention())), consolidate, START)
    counts = load(con, "run", batch(story("a", fetched_at=START + hours(1))), consolidate, START + hours(1))
    assert counts.events_closed == 1
    assert con.execute("from timeline").fetchall() == []


def test_a_changed_publisher_reaches_the_timeline(con: DuckDBPyConnection) -> None:
    """The text is the same, but whose it is was corrected: corroboration is counted anew."""
    stories = [story("a", mention()), story("b", mention())]
    load(con, "run", batch(*stories), consolidate, START)
    other = (replace(stories[1][0], publisher=Publisher("Post", "Post Holdings")), stories[1][1])
    load(con, "run", batch(other), consolidate, START + hours(1))
    assert con.execute("select article_count, owner_count from timeline").fetchall() == [(2, 2)]


def test_a_better_reader_that_finds_the_same_changes_nothing(con: DuckDBPyConnection) -> None:
    """Only what was found counts, not who found it."""
    item, found = story("a", mention())
    load(con, "run", batch((item, found)), consolidate, START)
    assert not load(con, "run", batch((item, replace(found, reader="test reader 2"))), consolidate, START + hours(1))


def test_seen_times_span_the_mentions(con: DuckDBPyConnection) -> None:
    """An event is first seen with its first mention and last seen with its newest."""
    load(con, "run", batch(story("a", mention())), consolidate, START)
    load(con, "run", batch(story("b", mention())), consolidate, START + hours(5))
    seen = con.execute("select first_seen_at, last_seen_at, article_count from timeline").fetchall()
    assert seen == [(START.replace(tzinfo=None), (START + hours(5)).replace(tzinfo=None), 2)]


def test_a_joint_action_ties_blocks_together_and_lets_go(con: DuckDBPyConnection) -> None:
    """Two issuers' events become one when a joint article appears, and two again when it is corrected."""
    load(con, "run", batch(story("us", mention(issuers=("US",))), story("jp", mention(issuers=("JP",)))), consolidate, START)
    assert con.execute("select count(*) from timeline").fetchall() == [(2,)]
    load(con, "run", batch(story("joint", mention(issuers=("JP", "US")))), consolidate, START + hours(1))
    assert con.execute("select issuers, article_count from timeline").fetchall() == [(["JP", "US"], 3)]
    load(con, "run", batch(story("joint", fetched_at=START + hours(2))), consolidate, START + hours(2))
    assert con.execute("select issuers from timeline order by issuers").fetchall() == [(["JP"],), (["US"],)]
    assert find_faults(con) == ()


def test_what_hangs_together_through_a_third_is_looked_at_too(con: DuckDBPyConnection) -> None:
    """US and JP, JP and KR act jointly: news on US alone must not tear KR away."""
    joint = [story("a", mention(issuers=("JP", "US"))), story("b", mention(issuers=("JP", "KR"))), story("c", mention(issuers=("KR",)))]
    load(con, "run", batch(*joint), consolidate, START)
    load(con, "run", batch(story("d", mention(issuers=("US",)))), consolidate, START + hours(1))
    assert con.execute("select issuers, article_count from timeline").fetchall() == [(["JP", "KR", "US"], 4)]
    assert find_faults(con) == ()


def test_only_blocks_that_hang_together_are_looked_at(con: DuckDBPyConnection) -> None:
    """A new article on one issuer's tariffs does not read other issuers' mentions back."""
    load(con, "run", batch(story("us", mention(issuers=("US",))), story("br", mention(issuers=("BR",)))), consolidate, START)
    given: list[str] = []

    def noting(mentions: object) -> ConsolidatedTimeline:
        given.extend(each.url for each in mentions)  # type: ignore[attr-defined]
        return consolidate(mentions)  # type: ignore[arg-type]

    load(con, "run", batch(story("us2", mention(issuers=("US",)))), noting, START + hours(1))
    assert sorted(given) == ["https://news.example/us", "https://news.example/us2"]


def test_an_answer_is_linked_across_blocks(con: DuckDBPyConnection) -> None:
    """A retaliation links to the other issuer's event, and the link survives a load that touches only one end."""
    answer = mention("export_ban", issuers=("CN",), targets=("US",), responds_to=0)
    load(con, "run", batch(story("a", mention(), answer)), consolidate, START)
    linked = "select kind, evidence from event_link"
    assert con.execute(linked).fetchall() == [("retaliates_for", "CN announced export_ban number 1.")]
    for name, each in (("us", mention()), ("cn", mention("export_ban", issuers=("CN",)))):
        load(con, "run", batch(story(name, each)), consolidate, START + hours(1))
        assert con.execute(linked).fetchall() == [("retaliates_for", "CN announced export_ban number 1.")]
    load(con, "run", batch(story("a", mention(), fetched_at=START + hours(2))), consolidate, START + hours(2))
    assert con.execute(linked).fetchall() == []


@pytest.mark.parametrize("seed", range(2))
def test_step_by_step_equals_all_at_once(con: DuckDBPyConnection, seed: int) -> None:
    """After any sequence of loads, consolidating everything anew finds nothing to change, and no check finds a fault."""
    for number, each in enumerate(random_batches(seed, count=8, articles=10)):
        load(con, "run", each, consolidate, START + hours(number))
    before = timeline(con)
    counts = rebuild_timeline(con, "run", consolidate, START + hours(99))
    assert not counts
    assert timeline(con) == before
    assert find_faults(con) == ()


def test_new_rules_of_consolidation_are_applied_to_everything(con: DuckDBPyConnection) -> None:
    """A rebuild closes what the new rules do not give and keeps it in the past."""
    load(con, "run", batch(story("a", mention())), consolidate, START)
    counts = rebuild_timeline(con, "run", lambda mentions: ConsolidatedTimeline(), START + hours(1))
    assert counts.events_closed == 1
    assert con.execute("select count(*) from timeline_as_of($then)", {"then": START.replace(tzinfo=None)}).fetchall() == [(1,)]


def test_a_mention_without_sound_evidence_is_rejected_and_counted(con: DuckDBPyConnection) -> None:
    """Missing words and words that are not in the text keep a mention out; the rest of the article is loaded."""
    item, found = story("a", mention(), mention("export_ban"), mention("sanctions", responds_to=1))
    shifted = replace(found.mentions[1].evidence[0], span=Span(0, 3, "???"))
    mentions = (replace(found.mentions[0], evidence=()), replace(found.mentions[1], evidence=(shifted,)), found.mentions[2])
    load(con, "run", batch((item, replace(found, mentions=mentions))), consolidate, START)
    assert con.execute("select instrument, responds_to from mention").fetchall() == [("sanctions", None)]
    assert con.execute("select stage, reason from rejection order by reason").fetchall() == [
        ("load", "bad-evidence"),
        ("load", "no-evidence"),
    ]


def test_text_that_is_no_unicode_is_rejected(con: DuckDBPyConnection) -> None:
    """A lone surrogate from a broken page costs that article only."""
    broken = replace(article("a"), body="half a pair: \ud83d")
    load(con, "run", batch((broken, reading(article("x"))), story("b", mention())), consolidate, START)
    assert con.execute("select reason, url from rejection").fetchall() == [("not-unicode", "https://news.example/a")]
    assert con.execute("select count(*) from timeline").fetchall() == [(1,)]


def test_two_actions_in_the_same_words_are_kept_apart(con: DuckDBPyConnection) -> None:
    """One sentence may tell of duties on two countries; each is a mention."""
    item = article("a", "US duties hit China and Mexico.")
    found = reading(item, *(("US duties hit China and Mexico.", mention(targets=(target,))) for target in ("CN", "MX")))
    load(con, "run", batch((item, found)), consolidate, START)
    assert con.execute("select targets from mention order by targets").fetchall() == [(["CN"],), (["MX"],)]


def test_of_two_versions_in_one_batch_the_later_counts(con: DuckDBPyConnection) -> None:
    """An article that two feeds brought at different times is loaded once."""
    late, early = (story("a", mention(), words=words, fetched_at=START + hours(number)) for number, words in ((1, "Late."), (0, "Early.")))
    load(con, "run", batch(late, early), consolidate, START)
    assert "Late." in con.execute("select text from article").fetchall()[0][0]


def test_a_clock_that_steps_back_does_not_bend_history(con: DuckDBPyConnection) -> None:
    """A load at an earlier time is recorded just after the latest one."""
    load(con, "run", batch(story("a", mention(rate_pct=1.0))), consolidate, START)
    load(con, "run", batch(story("a", mention(rate_pct=2.0), words="!")), consolidate, START - hours(5))
    assert con.execute("select count(*) from base.event_assertion where known_to <= known_from").fetchall() == [(0,)]
    assert find_faults(con) == ()


def test_a_rejection_is_one_row_counted_by_run(con: DuckDBPyConnection) -> None:
    """Met twice in a run it counts once; met by another run it counts again and is not repeated."""
    rejected = Batch(rejections=(Rejection("extract", "no-text", "https://news.example/x", "12 characters"),) * 2)
    for run_id, moment in (("first", 0), ("first", 1), ("second", 2)):
        load(con, run_id, rejected, consolidate, START + hours(moment))
    rows = query(con, "rejections", since=None)
    assert [(row["stage"], row["reason"], row["items"]) for row in rows] == [("extract", "no-text", 1)]
    seen = con.execute("select count, run_id, last_seen_at - first_seen_at from rejection").fetchall()
    assert seen == [(2, "second", hours(2))]


def test_a_failing_consolidation_leaves_nothing_behind(con: DuckDBPyConnection) -> None:
    """The whole batch is rolled back, and the connection works on."""

    def broken(_mentions: object) -> ConsolidatedTimeline:
        raise ArithmeticError

    with pytest.raises(ArithmeticError):
        load(con, "run", batch(story("a", mention())), broken, START)
    assert con.execute("from base.article").fetchall() == []
    assert load(con, "run", batch(story("a", mention())), consolidate, START).events_new == 1


def test_the_catalogue_names_what_articles_name(con: DuckDBPyConnection) -> None:
    """An entity met first in an article is known by its id until the catalogue names it; forms met are aliases."""
    load(con, "run", batch(story("a", mention())), consolidate, START)
    assert con.execute("select id, name, aliases from entity").fetchall() == [("US", "US", ["US"])]
    states = Entity("US", "government", "United States", ("America",), (("iso3166", "USA"),))
    for _ in range(2):
        save_entities(con, [states, states])
    assert con.execute("select name, aliases, identifiers from entity").fetchall() == [
        ("United States", ["America", "US"], {"iso3166": "USA"})
    ]


def test_shuffled_batches_give_the_same_timeline(con: DuckDBPyConnection) -> None:
    """The order of articles within a batch does not matter."""
    stories = [story(f"a{number}", mention(issuers=(code,))) for number, code in enumerate(("US", "CN", "EU", "US"))]
    load(con, "run", batch(*stories), consolidate, START)
    random.Random(7).shuffle(stories)
    assert not load(con, "run", batch(*stories), consolidate, START)
