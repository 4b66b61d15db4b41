"""What a model answers is believed as far as the article bears it out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from models.llm.reader import LanguageModelReader
from models.records import Article, Mention, Salience
from tests.llm.conftest import LEAD, RECALLED, Endpoint, article_of, completion, event

Start = Callable[..., Endpoint]


@pytest.fixture
def read(endpoint: Start, article: Article) -> Callable[..., tuple[tuple[Mention, ...], dict[str, int]]]:
    """Read the article with a model that answers these events; return the mentions and what was dropped."""

    def reading(*events: Any, of: Article = article) -> tuple[tuple[Mention, ...], dict[str, int]]:
        reader = LanguageModelReader(endpoint(completion(*events)).settings)
        return reader.read(of).mentions, dict(reader.dropped)

    return reading


def test_a_good_answer_becomes_mentions_with_offsets_into_the_text(read: Callable[..., Any], article: Article) -> None:
    """Every field arrives, and the evidence is a span of the article itself."""
    (mention,), dropped = read(event())
    assert not dropped
    assert (mention.instrument, mention.status, mention.salience) == ("export_control", "announced", Salience.MAIN)
    assert (mention.issuers, mention.targets, mention.items) == (("CN",), ("*",), ("gallium",))
    assert mention.issuer_bodies == ("Ministry of Commerce of China",)
    assert (mention.date, mention.effective, mention.rate_pct) == ("2023-07-03", "2023-08-01", None)
    (evidence,) = mention.evidence
    assert evidence.field == "event"
    assert article.text[evidence.span.start : evidence.span.end] == evidence.span.quote == LEAD


def test_a_quote_is_found_whatever_its_spaces_and_composed_letters(read: Callable[..., Any]) -> None:
    """The span keeps the article's own spelling: no-break spaces, line ends, letters and marks apart."""
    body = "Le Vie\u0302\u0301t\xa0Nam\n taxe l'acier cafe\u0301. 정부\u1112\u1161\u11ab 발표."
    of = article_of("Titre", body, "fr")
    (mention,), dropped = read(event(evidence=["Le Viết Nam taxe l'acier café. 정부한 발표."], issuer_bodies=[]), of=of)
    assert not dropped
    assert mention.evidence[0].span.quote == body
    assert of.text[mention.evidence[0].span.start :] == body


def test_an_event_with_invented_evidence_is_dropped_and_counted(read: Callable[..., Any]) -> None:
    """A sentence that the article does not hold is no evidence, however fitting; of two quotes the true one stays."""
    invented = "China bans all exports of gallium to the United States with immediate effect."
    mentions, dropped = read(event(evidence=[invented]), event(evidence=[invented, LEAD]), event(evidence=["said"]), event(evidence=[]))
    assert [[evidence.span.quote for evidence in mention.evidence] for mention in mentions] == [[LEAD]]
    assert dropped == {"event without evidence": 3, "quote that is not in the article": 2}


def test_the_whole_article_is_no_evidence(read: Callable[..., Any]) -> None:
    """A quote longer than two long sentences proves nothing."""
    long = article_of("Title", f"{LEAD} " * 12)
    mentions, dropped = read(event(evidence=[long.body.strip()]), of=long)
    assert not mentions
    assert dropped == {"event without evidence": 1}


def test_unknown_codes_are_dropped_and_told_in_the_log(read: Callable[..., Any], caplog: pytest.LogCaptureFixture) -> None:
    """A code outside of the lists goes; an event without instrument, status or issuer goes whole."""
    mentions, dropped = read(
        event(items=["gallium", "unobtainium"], targets=["US", "XX", "*"], issuers=["CN", "*", "China"]),
        event(instrument="boycott"),
        event(status="denied"),
        event(issuers=["ZZ"]),
        "no object",
    )
    assert [(mention.items, mention.targets, mention.issuers) for mention in mentions] == [(("gallium",), ("US", "*"), ("CN",))]
    assert dropped == {
        "unknown code in items": 1,
        "unknown code in targets": 1,
        "unknown code in issuers": 3,
        "event of unknown instrument or status": 2,
        "event without issuer": 1,
        "event of no shape": 1,
    }
    assert "1 unknown code in items" in caplog.text


@pytest.mark.parametrize("told", ["2023-07-06", "2023-08", "2024", "2023-02-30", "yesterday", "2023-7-3", 20230703, "0000"])
def test_a_date_that_cannot_be_is_left_out(read: Callable[..., Any], told: Any) -> None:
    """No calendar has it, it is not ISO, or it lies after publication; the event stays, undated."""
    (mention,), dropped = read(event(date=told))
    assert mention.date is None
    assert dropped == {"date that cannot be": 1}


@pytest.mark.parametrize("told", ["2023-07-05", "2023-07", "2023", "2022-10"])
def test_a_date_keeps_the_precision_told(read: Callable[..., Any], told: str) -> None:
    """A month stays a month; the day of publication is not after it."""
    (mention,), dropped = read(event(date=told))
    assert mention.date == told
    assert not dropped


@pytest.mark.parametrize(("told", "kept"), [(25, 25.0), (0, 0.0), (-5, None), ("25", None), (True, None), (10**400, None), (1e9, None)])
def test_a_rate_that_cannot_be_is_left_out(read: Callable[..., Any], told: Any, kept: float | None) -> None:
    """Numbers only, from zero to what a duty may reach."""
    (mention,), _ = read(event(instrument="import_tariff", rate_pct=told))
    assert mention.rate_pct == kept


def test_a_rate_belongs_to_a_duty(read: Callable[..., Any]) -> None:
    """A percentage beside an export control is no rate."""
    (mention,), _ = read(event(rate_pct=25))
    assert mention.rate_pct is None


def test_names_must_stand_in_the_article_and_come_out_as_the_gazetteer_has_them(read: Callable[..., Any]) -> None:
    """A firm of which the article does not speak is dropped; a known one gets its usual name, an unknown one keeps the model's."""
    body = f"{LEAD} 台积电 and Harbour Widgets GmbH are hit."
    firms = [
        {"name": "Taiwan Semi", "words": "台积电"},
        {"name": "Harbour Widgets", "words": "Harbour Widgets GmbH"},
        {"name": "Huawei", "words": "Huawei"},
        {"name": "x" * 500, "words": "Harbour"},
        "ASML",
    ]
    (mention,), dropped = read(event(firms=firms), of=article_of("Title", body))
    assert mention.firms == ("TSMC", "Harbour Widgets")
    assert dropped == {"name in firms that is not in the article": 3}


def test_answers_point_at_the_events_that_are_left(read: Callable[..., Any]) -> None:
    """When an event is dropped, links to the others are renumbered, and links to it or to nowhere are cut."""
    recalled = event(evidence=[RECALLED], issuers=["US"], targets=["CN"], items=["chips"], date="2022-10", issuer_bodies=[], effective=None)
    mentions, _ = read(event(evidence=["invented words"]), event(responds_to=2), recalled, event(responds_to=0), event(responds_to=99))
    assert [mention.responds_to for mention in mentions] == [1, None, None, None]
    assert mentions[0].issuers == ("CN",)
    assert mentions[1].issuers == ("US",)


def test_talks_have_no_target(read: Callable[..., Any]) -> None:
    """Everyone at the table is an issuer, as the rules have it."""
    (mention,), _ = read(event(instrument="negotiation", status="in_force", issuers=["CN", "US"], targets=["US"]))
    assert (mention.issuers, mention.targets) == (("CN", "US"), ())


def test_a_flood_of_events_is_cut(read: Callable[..., Any]) -> None:
    """No article tells hundreds of acts."""
    mentions, dropped = read(*[event()] * 200)
    assert len(mentions) == 50
    assert dropped == {"event beyond the limit": 150}
