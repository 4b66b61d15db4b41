"""HTML and plain text tell the same, within the size that mail programs show, and can be read by everyone."""

from __future__ import annotations

import itertools
import re
from email.headerregistry import Address
from typing import Any

import pytest
from lxml import html

from config.settings import Settings
from flows.digest.message import message_of, wire_form
from flows.digest.rendering import TEMPLATES, as_html, as_text
from flows.digest.strangers import one_line
from tests.digest.conftest import Reader
from tests.digest.press import GAZETTE, POST, Press, action, story

SENDER = Address("tradewire", addr_spec="digest@example.org")
READER = Address(addr_spec="ada@example.org")
ARABIC = "أعلنت المملكة العربية السعودية فرض رسوم جمركية بنسبة 15% على واردات الصلب"
CHINESE = "商务部宣布对镓、锗相关物项实施出口管制。" * 30


def parsed(digest: Any) -> Any:
    """The HTML part as a tree."""
    return html.document_fromstring(as_html(digest))


@pytest.fixture
def many_tongues(press: Press) -> None:
    """News in three scripts, one of an official source, one without a good address."""
    press.learn(
        story("en", (action(effective="2025-03-20", firms=("Acme & Sons",)), "Licences are needed from 20 March.")),
        story("zh", (action(items=("germanium",)), CHINESE), language="zh", publisher=GAZETTE),
        story("ar", (action("import_tariff", issuers=("SA",), targets=("*",), items=("steel",), rate_pct=15.0), ARABIC), language="ar",
              publisher=POST, url="javascript:alert(1)"),
    )  # fmt: skip


@pytest.fixture
def four_hundred(press: Press) -> None:
    """More news than a mail can hold, with long Chinese quotes."""
    press.learn(*(story(f"n{n}", (action(items=(f"thing_{n}",), firms=("Firm " * 9,) * 4), CHINESE), language="zh") for n in range(400)))


@pytest.mark.usefixtures("many_tongues")
def test_the_text_has_every_fact_of_the_html(digest_on: Reader) -> None:
    """And the addresses of its links; a reader without HTML misses nothing."""
    digest = digest_on()
    text = one_line(as_text(digest))
    page = parsed(digest)
    told = [fact for element in page.xpath("//h1|//h2|//h3|//p|//blockquote") for fact in one_line(element.text_content()).split(" · ")]
    assert len(told) > 40
    assert [fact for fact in (*told, *page.xpath("//@href")) if fact not in text] == []


@pytest.mark.usefixtures("many_tongues")
def test_the_html_has_every_line_of_the_text(digest_on: Reader) -> None:
    """The twin adds nothing of its own but the written-out addresses."""
    digest = digest_on()
    page = parsed(digest)
    told = one_line(page.text_content() + " ".join(page.xpath("//@href")))
    lines = [one_line(line).removeprefix("* ").strip('"') for line in as_text(digest).splitlines()]
    assert [line for line in lines if line.strip("=-") and line not in told] == []


@pytest.mark.usefixtures("many_tongues")
def test_quotes_carry_their_language_and_direction(digest_on: Reader) -> None:
    """So that screen readers speak them rightly and Arabic runs from right to left."""
    quotes = parsed(digest_on()).xpath("//blockquote")
    assert {(quote.get("lang"), quote.get("dir")) for quote in quotes} == {("en", "ltr"), ("zh", "ltr"), ("ar", "rtl")}
    assert ARABIC in [quote.text_content() for quote in quotes]


@pytest.mark.usefixtures("many_tongues")
def test_headings_go_down_in_order(digest_on: Reader) -> None:
    """One h1, an h2 for each section, an h3 for each event; no level is skipped."""
    levels = [int(element.tag[1]) for element in parsed(digest_on()).xpath("//h1|//h2|//h3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


@pytest.mark.usefixtures("many_tongues")
def test_nothing_is_fetched_and_styles_are_inline(digest_on: Reader) -> None:
    """Mail programs strip style sheets and block remote parts; both schemes are announced."""
    page = parsed(digest_on())
    assert page.xpath("//img|//script|//link|//@src|//@background") == []
    assert all(element.get("style") for element in page.xpath("//body|//h1|//h2|//h3|//blockquote|//a"))
    assert page.xpath("//meta[@name='color-scheme']/@content") == ["light dark"]
    assert "prefers-color-scheme: dark" in page.xpath("string(//style)")


@pytest.mark.parametrize("dark", [False, True])
def test_every_colour_can_be_read(dark: bool) -> None:
    """At least 4.5 to 1 against the ground, the least contrast of WCAG 2.2 level AA, by day and by night."""
    day, night = (TEMPLATES / "digest.css").read_text(encoding="utf-8").split("@media")
    sheet = night if dark else day
    (ground,) = re.findall(r"background: (#\w{6})", sheet)
    inks = re.findall(r"[ {]color: (#\w{6})", sheet)
    assert len(inks) >= 3
    assert all(contrast(ink, ground) >= 4.5 for ink in inks)


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours as WCAG 2.2 defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb"."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.usefixtures("four_hundred")
def test_four_hundred_events_fit_and_the_rest_is_counted(digest_on: Reader, settings: Settings) -> None:
    """The mail as sent keeps both limits, in all its encoded parts, and says how many events it left out."""
    digest = digest_on()
    shown = sum(len(section.lines) for section in digest.sections)
    assert 15 <= shown <= settings.digest.max_events
    assert len(wire_form(message_of(digest, SENDER, READER))) <= settings.digest.max_bytes
    for told in (as_text(digest), as_html(digest)):
        assert "New (400)" in told
        assert f"{400 - shown} more left out here." in told


@pytest.mark.usefixtures("four_hundred")
def test_a_smaller_limit_is_kept_too(digest_on: Reader) -> None:
    """As many as fit are told, the most important of them."""
    small, large = digest_on(max_bytes=20_000), digest_on(max_bytes=60_000)
    assert len(message_of(small, SENDER, READER).as_bytes()) <= 20_000
    assert 0 < len(small.sections[0].lines) < len(large.sections[0].lines)
    assert large.sections[0].lines[: len(small.sections[0].lines)] == small.sections[0].lines


@pytest.mark.usefixtures("many_tongues")
def test_the_same_digest_gives_the_same_mail(digest_on: Reader) -> None:
    """Byte for byte, with the same Message-ID; another reader's differs."""
    first, second = (message_of(digest_on(), SENDER, READER) for _ in range(2))
    other = message_of(digest_on(), SENDER, Address(addr_spec="bo@example.org"))
    assert first.as_bytes() == second.as_bytes()
    assert first["Message-ID"] != other["Message-ID"]


@pytest.mark.usefixtures("many_tongues")
def test_long_quotes_are_shortened(digest_on: Reader) -> None:
    """Three lines of print are enough to judge by; the link leads to the rest."""
    quotes = [line.quote.text for section in digest_on().sections for line in section.lines if line.quote]
    assert [len(quote) for quote in quotes if quote.endswith("…")] == [140]
