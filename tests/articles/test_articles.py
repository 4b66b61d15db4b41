"""From a page and its feed's word on it to an article; from files likewise."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.sources.articles import article_of, publication_time
from flows.sources.extraction import ExtractionPool
from flows.sources.feeds import Entry
from flows.sources.localfiles import LOCAL, read_file, read_lines, read_text
from flows.sources.reading import Extracted
from models.records import Article, Publisher, Rejected, Rejection
from tests.articles.samples import ORDINARY
from tests.articles.webpages import NOW, URL, blog, page, plain

PUBLISHER = Publisher("Example Trade Review", "Example Media", "US")


def entry(published_at: datetime | None = None, updated_at: datetime | None = None) -> Entry:
    """What a feed says of the page."""
    return Entry(URL, "Title in the feed", published_at, updated_at, "", "example")


def stating(published_at: datetime | None = None, guessed_at: datetime | None = None) -> Extracted:
    """A page that states, or seems to be of, a date."""
    return Extracted("Title", "Body", "en", "en", URL, published_at, guessed_at)


async def test_a_page_becomes_an_article(pool: ExtractionPool) -> None:
    """With its publisher, its canonical address, its times and the name of its kept bytes."""
    fetched = page(blog("es"))
    article = await article_of(pool, fetched, PUBLISHER, entry=entry())
    assert article == Article(
        url="https://www.example.org/economy/safeguards",
        title=ORDINARY["es"][0],
        body=ORDINARY["es"][1],
        language="es",
        published_at=datetime(2026, 3, 5, 3, 30, tzinfo=UTC),
        publisher=PUBLISHER,
        fetched_at=NOW,
        updated_at=datetime(2026, 3, 5, 9, tzinfo=UTC),
        page_sha256=fetched.sha256,
    )


async def test_a_foreign_page_is_rejected_by_its_language(pool: ExtractionPool) -> None:
    """Swedish is told apart from the languages that are read, whatever the page declares."""
    text = "Regeringen meddelade på måndagen att tullarna på stål höjs från och med nästa månad, enligt näringsministern. " * 3
    with pytest.raises(Rejected) as caught:
        await article_of(pool, page(f'<html lang="en"><body><article><p>{text}</p></article></body></html>'), PUBLISHER)
    assert (caught.value.rejection.reason, caught.value.rejection.detail) == ("foreign-language", "sv")


async def test_what_the_user_says_of_the_date_is_trusted(pool: ExtractionPool) -> None:
    """An article of 1930 added by hand keeps its date."""
    then = datetime(1930, 6, 17, tzinfo=UTC)
    assert (await article_of(pool, page(blog("en")), PUBLISHER, entry=entry(NOW), published_at=then)).published_at == then


FEED = NOW - timedelta(hours=3)


@pytest.mark.parametrize(
    ("stated", "guessed", "in_feed", "expected"),
    [
        pytest.param(FEED - timedelta(hours=1), None, FEED, FEED - timedelta(hours=1), id="the page's own time on the same day wins"),
        pytest.param(FEED - timedelta(days=3), None, FEED, FEED - timedelta(days=3), id="an earlier day on the page wins"),
        pytest.param(FEED + timedelta(days=1), None, FEED, FEED, id="a later day on the page does not"),
        pytest.param(NOW + timedelta(hours=2), None, FEED, FEED, id="a time in the future does not"),
        pytest.param(datetime(2026, 3, 5, tzinfo=UTC), None, FEED, FEED, id="a bare day does not win over a time on that day"),
        pytest.param(None, FEED - timedelta(days=9), FEED, FEED, id="a guess does not win over the feed"),
        pytest.param(None, FEED, None, FEED, id="a guess is better than nothing"),
        pytest.param(FEED, None, None, FEED, id="the page alone"),
        pytest.param(None, None, None, None, id="nobody"),
        pytest.param(NOW + timedelta(days=9), None, None, None, id="only the future"),
        pytest.param(None, None, NOW - timedelta(days=4_000), None, id="only a distant past"),
        pytest.param(NOW - timedelta(days=4_000), None, FEED, FEED, id="a distant past on the page does not win"),
    ],
)
def test_which_date_wins(stated: datetime | None, guessed: datetime | None, in_feed: datetime | None, expected: datetime | None) -> None:
    """The rule that `publication_time` documents, case by case."""
    assert publication_time(stating(stated, guessed), in_feed, NOW) == expected


async def articles(pool: ExtractionPool, path: Path) -> list[Article | Rejection]:
    """All that a file gives."""
    return [article async for article in read_file(pool, path)]


async def test_a_saved_page_is_read(pool: ExtractionPool, tmp_path: Path) -> None:
    """An .html file is its own address; its canonical link on another site is not believed."""
    path = tmp_path / "saved.html"
    path.write_text(plain("ko"), encoding="euc-kr")
    (article,) = await articles(pool, path)
    assert isinstance(article, Article)
    assert (article.url, article.title, article.body) == (path.as_uri(), *ORDINARY["ko"])


async def test_an_empty_page_file_is_a_rejection(pool: ExtractionPool, tmp_path: Path) -> None:
    """It is reported, not raised, so that the other files are read."""
    path = tmp_path / "empty.html"
    path.touch()
    assert [getattr(found, "reason", None) for found in await articles(pool, path)] == ["no-text"]


async def test_a_text_file_is_read(pool: ExtractionPool, tmp_path: Path) -> None:
    """Its first line that is no breadcrumb trail is the title; the charset is found."""
    title, body = ORDINARY["ru"]
    path = tmp_path / "text.txt"
    path.write_text(f"Главная > Экономика > {title}\n\n{title}\n\n{body}\n", encoding="koi8-r", errors="replace")
    (article,) = await articles(pool, path)
    assert isinstance(article, Article)
    assert (article.title, article.language, article.published_at) == (title, "ru", None)


def test_lines_of_json_are_read_one_by_one() -> None:
    """A broken line is reported with its number, a given language is ignored, the id names the article."""
    title, body = ORDINARY["tr"]
    lines = [
        json.dumps({"id": "tr-1", "lang": "xx", "title": title, "text": body, "published": "2023-07-05"}),
        "{broken",
        "",
        json.dumps({"id": "2", "text": 7}),
        json.dumps([1]),
        json.dumps({"text": body}),
    ]
    first, broken, textless, listed, nameless = read_lines("\n".join(lines), "file.jsonl", LOCAL, NOW)
    assert first == Article("tr-1", title, body, "tr", datetime(2023, 7, 5, tzinfo=UTC), LOCAL, NOW)
    assert broken == Rejection("extract", "not-json", "file.jsonl#2", broken.detail if isinstance(broken, Rejection) else "")
    assert [getattr(found, "reason", None) for found in (textless, listed)] == ["no-text", "no-text"]
    assert isinstance(nameless, Article)
    assert (nameless.url, nameless.published_at) == ("file.jsonl#6", None)


@pytest.mark.parametrize("text", ["", "\n\n", "Home » News » World"])
def test_a_text_without_words_is_a_rejection(text: str) -> None:
    """Nothing to read is said, not passed on."""
    assert read_text(text, "file:///a.txt", LOCAL, NOW) == Rejection("extract", "no-text", "file:///a.txt")
