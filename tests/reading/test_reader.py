"""What the reader makes of plain sentences: who did what to whom, over which goods, at which stage, since when."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.languages import load_languages
from models.reading.reader import RuleReader
from models.records import Article, Mention, Publisher, Reading

READER = RuleReader()
LANGUAGES = sorted(load_languages().read)


def read(language: str, body: str, title: str = "", published: str = "2023-07-05") -> Reading:
    """Return the reading of a short article."""
    day = datetime.fromisoformat(published).replace(tzinfo=UTC)
    return READER.read(Article("http://sample.example/a", title, body, language, day, Publisher("Sample", "Sample"), day))


def told(mention: Mention) -> tuple[object, ...]:
    """The core of a mention."""
    return mention.instrument, mention.status, mention.issuers, mention.targets, mention.items


SENTENCES = [
    (
        "en",
        "Canada imposed a tariff of 25 percent on Chinese steel on Monday.",
        ("import_tariff", "in_force", ("CA",), ("CN",), ("steel",)),
    ),
    (
        "en",
        "Washington is considering export controls on AI chips bound for China.",
        ("export_control", "considered", ("US",), ("CN",), ("ai_chips",)),
    ),
    ("en", "India has banned exports of sugar, the government said on Tuesday.", ("export_ban", "in_force", ("IN",), (), ("other_food",))),
    ("de", "Peking hat am Montag Exportkontrollen für Gallium angekündigt.", ("export_control", "announced", ("CN",), (), ("gallium",))),
    (
        "fr",
        "La Chine a annoncé lundi des contrôles à l'exportation sur le gallium.",
        ("export_control", "announced", ("CN",), (), ("gallium",)),
    ),
    ("es", "China anunció el lunes controles a la exportación de galio.", ("export_control", "announced", ("CN",), (), ("gallium",))),
    ("ru", "Китай в понедельник объявил об экспортном контроле на галлий.", ("export_control", "announced", ("CN",), (), ("gallium",))),
    ("zh", "中国商务部周一宣布对镓实施出口管制。", ("export_control", "announced", ("CN",), (), ("gallium",))),
    ("ja", "中国商務省は3日、ガリウムの輸出規制を発表した。", ("export_control", "announced", ("CN",), (), ("gallium",))),
    ("ko", "중국 상무부는 3일 갈륨 수출통제를 발표했다.", ("export_control", "announced", ("CN",), (), ("gallium",))),
]


@pytest.mark.parametrize(
    ("language", "sentence", "expected"), SENTENCES, ids=[f"{language}: {sentence}" for language, sentence, _ in SENTENCES]
)
def test_one_plain_sentence_is_one_action(language: str, sentence: str, expected: tuple[object, ...]) -> None:
    """Instrument, stage, issuer, target and goods are right."""
    assert [told(mention) for mention in read(language, sentence).mentions] == [expected]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The striker was traded to a rival club before the trade deadline."),
        ("en", "A cloud outage kept customers offline for three hours on Monday."),
        ("en", "China denied on Monday that it plans export controls on gallium."),
        ("en", "Steel makers urged Washington on Monday to impose a tariff on imports."),
        ("de", "Die Gewerkschaft verhandelt mit dem Konzern über Löhne."),
        ("fr", "Le chiffre d'affaires du fabricant de puces a progressé de 12 %."),
        ("es", "Los precios del oro subieron, sin embargo los del cobre cayeron."),
        ("zh", "这家芯片企业上半年营收增长两成。"),
    ],
)
def test_what_only_sounds_like_policy_is_no_action(language: str, sentence: str) -> None:
    """Sports, outages, denials, demands, results and false friends tell none."""
    assert read(language, sentence).mentions == ()


def test_start_and_decision_are_two_dates_of_one_action() -> None:
    """The decision is dated, and the stated start kept apart."""
    (mention,) = read("en", "China's commerce ministry said on Monday that exports of gallium will need a licence from August 1.").mentions
    assert (mention.date, mention.effective, mention.issuer_bodies) == ("2023-07-03", "2023-08-01", ("Ministry of Commerce of China",))


def test_an_action_told_in_title_and_text_is_one() -> None:
    """The text's sentence comes first as evidence, the title second."""
    title, body = (
        "China to curb gallium exports",
        "China will require licences for exports of gallium, the commerce ministry announced on Monday.",
    )
    (mention,) = read("en", body, title).mentions
    assert [evidence.span.quote for evidence in mention.evidence] == [body, title]


def test_a_rate_belongs_to_its_own_tariff() -> None:
    """Two tariffs in one sentence keep their rates, issuers and targets apart."""
    body = (
        "China on Friday announced a tariff of 34 percent on American goods, two days after the United States had imposed a tariff of "
        "10 percent on Chinese goods."
    )
    rates = {(mention.issuers, mention.rate_pct) for mention in read("en", body, published="2025-04-04").mentions}
    assert rates == {(("CN",), 34.0), (("US",), 10.0)}


def test_a_leader_speaks_for_the_government_of_that_day() -> None:
    """The same name stands for a government only during or after an office that the gazetteer dates."""
    (mention,) = read("en", "Janet Yellen met Chinese officials for trade talks in Beijing on Friday.", published="2023-07-08").mentions
    assert set(mention.issuers) == {"US", "CN"}


def test_the_numbers_of_legal_documents_are_kept() -> None:
    """An announcement's number is a key free of language."""
    (mention,) = read("zh", "商务部公告2023年第23号宣布对镓实施出口管制。").mentions
    assert mention.legal_documents == ("CN MOFCOM 2023-23",)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(LANGUAGES), st.text(max_size=300), st.text(max_size=60))
def test_any_text_is_read_and_every_quote_stands_in_it(language: str, body: str, title: str) -> None:
    """Whatever strangers write, the reader neither raises nor quotes what is not there."""
    day = datetime(2023, 7, 5, tzinfo=UTC)
    article = Article("http://sample.example/a", title, body, language, day, Publisher("Sample", "Sample"), day)
    reading = READER.read(article)
    spans = [evidence.span for mention in reading.mentions for evidence in mention.evidence] + [entity.span for entity in reading.entities]
    assert all(article.text[span.start : span.end] == span.quote for span in spans)
