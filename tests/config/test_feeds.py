"""The shipped feeds are many, of every language, official ones among them; a bad file is refused with place and mend."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from config.errors import ConfigError
from config.feeds import load_feeds

LANGUAGES = {"ar", "de", "en", "es", "fr", "hi", "id", "it", "ja", "ko", "nl", "pl", "pt", "ru", "tr", "vi", "zh"}

GOOD = """
[[feed]]
id = "one"
url = "https://one.example/feed"
publisher = "One"
owner = "One Group"
country = "DE"
language = "de"
kind = "wire"
"""


def refused(folder: Path, text: str) -> str:
    """Write `text` as a feeds file, and return what the loader says of it."""
    path = folder / "feeds.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_feeds(path)
    return str(caught.value)


def test_every_language_has_at_least_three_publishers() -> None:
    """No language hangs on one or two sources."""
    publishers: dict[str, set[str]] = {}
    for feed in load_feeds():
        publishers.setdefault(feed.language, set()).add(feed.publisher)

    assert set(publishers) == LANGUAGES
    assert min(map(len, publishers.values())) >= 3


def test_every_language_has_at_least_three_owners() -> None:
    """Corroboration counts owners, so one house must not be all that a language has."""
    owners: dict[str, set[str]] = {}
    for feed in load_feeds():
        owners.setdefault(feed.language, set()).add(feed.owner)

    assert min(map(len, owners.values())) >= 3


def test_there_are_many_feeds_and_every_owner_is_told() -> None:
    """At least seventy feeds, none without an owner or with blanks around its name."""
    feeds = load_feeds()

    assert len(feeds) >= 70
    assert all(feed.owner and feed.owner == feed.owner.strip() for feed in feeds)
    assert all(feed.publisher and feed.publisher == feed.publisher.strip() for feed in feeds)


def test_governments_speak_for_themselves() -> None:
    """Ministries, gazettes and agencies of at least fifteen countries are read at the source."""
    assert len({feed.country for feed in load_feeds() if feed.official}) >= 15


def test_official_sources_belong_to_the_public() -> None:
    """An official source is owned by a government, a union or a treaty organisation, never by a firm."""
    owners = {feed.owner for feed in load_feeds() if feed.official}

    assert {owner for owner in owners if "overnment" not in owner} == {"European Union", "World Trade Organization"}


def test_addresses_differ_in_more_than_a_slash_or_scheme() -> None:
    """No feed is polled twice under two spellings of its address."""
    addresses = [re.sub(r"^https?://(www\.)?", "", feed.url).rstrip("/").lower() for feed in load_feeds()]

    assert len(set(addresses)) == len(addresses)


def test_no_shipped_feed_may_reach_a_private_network() -> None:
    """Only an operator's own file may allow local addresses."""
    assert not [feed.id for feed in load_feeds() if feed.local or feed.dial]


@pytest.mark.parametrize(
    ("feed_id", "notice", "menu"),
    [
        ("us-bis", "/press-release/commerce-implements-new-export-controls", "/about-bis"),
        ("us-ofac", "/recent-actions/20250814", "/recent-actions?page=2"),
        ("cn-mofcom-policy", "/zwgk/zcfb/art/2024/art_a4711acb06364199a3c5a06d7f2be6d8.html", "/zwgk/zcfb/index_2.html"),
        (
            "cn-mofcom-announcements",
            "/zcfb/blgg/gg/2025/art/2025/art_bc4513421bb24f.html",
            "/zcfb/blgg/gg/2025/index.html",
        ),
        ("cn-tariff-commission", "/gzdt/zhengcefabu/202512/t20251231_3981044.htm", "/gzdt/zhengcefabu/index_1.htm"),
        ("tr-resmi-gazete", "/eskiler/2024/03/20240312-1.htm", "/fihrist"),
        ("vn-moit", "/tin-tuc/thi-truong-nuoc-ngoai/hiep-dinh-cptpp-chinh-thuc-co-hieu-luc.html", "/tin-tuc/thi-truong-nuoc-ngoai"),
        ("id-kemendag", "/berita/siaran-pers/kemendag-tetapkan-harga-referensi", "/berita/siaran-pers"),
    ],
)
def test_page_patterns_take_notices_and_leave_menus(feed_id: str, notice: str, menu: str) -> None:
    """The pattern of a notice page matches a notice's address and not that of the page itself."""
    pattern = next(feed.link_pattern for feed in load_feeds() if feed.id == feed_id)

    assert pattern is not None
    assert re.search(pattern, notice)
    assert not re.search(pattern, menu)


def test_patterns_of_pages_are_regular_expressions() -> None:
    """Every link pattern compiles."""
    assert [re.compile(feed.link_pattern) for feed in load_feeds() if feed.link_pattern]


def test_a_misspelt_key_is_named_with_its_line(tmp_path: Path) -> None:
    """The operator is told the line, the unknown key and those that are known."""
    message = refused(tmp_path, GOOD + 'ownr = "Two"\n')

    assert "feeds.toml:10: " in message
    assert "ownr" in message
    assert "owner" in message


def test_a_missing_owner_is_asked_for(tmp_path: Path) -> None:
    """A feed without an owner cannot be counted as a voice."""
    assert "owner: missing; add it" in refused(tmp_path, GOOD.replace('owner = "One Group"\n', ""))


def test_two_feeds_of_one_address_are_refused(tmp_path: Path) -> None:
    """The message says which address and what to do."""
    message = refused(tmp_path, GOOD + GOOD.replace('"one"', '"two"'))

    assert "https://one.example/feed" in message
    assert "remove one" in message


def test_a_page_without_a_pattern_is_refused(tmp_path: Path) -> None:
    """A page of notices needs to know which of its links are notices."""
    assert "link_pattern" in refused(tmp_path, GOOD + 'form = "page"\n')


def test_an_address_that_is_no_web_address_is_refused_with_its_line(tmp_path: Path) -> None:
    """A feed reader would open a path of this machine; the file must not name one."""
    message = refused(tmp_path, GOOD.replace("https://one.example/feed", "/etc/passwd"))

    assert "feeds.toml:4: " in message
    assert "/etc/passwd" in message
