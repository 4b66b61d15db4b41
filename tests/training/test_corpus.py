"""The training corpus holds together, line by line, and covers what its card says."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from config.languages import load_languages
from config.taxonomy import load_taxonomy
from models.training.articles import CORPUS, CorpusArticle, read_corpus

FILES = sorted((CORPUS / "articles").glob("*.jsonl"))


@pytest.fixture(scope="module")
def articles() -> list[CorpusArticle]:
    """Every article, each checked by its shape: words stand in the text, sentences exist, values are in the taxonomy."""
    return list(read_corpus(FILES))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_holds_articles_of_one_language_that_are_read(path: Path) -> None:
    """The file's name is the language of every article in it."""
    assert path.stem in load_languages().read
    assert {article.lang for article in read_corpus([path])} == {path.stem}


def test_no_two_articles_share_an_id_or_a_text(articles: list[CorpusArticle]) -> None:
    """An article counts once."""
    assert max(Counter(article.id for article in articles).values()) == 1
    assert max(Counter(article.body for article in articles).values()) == 1


def test_every_instrument_and_stage_is_told_many_times(articles: list[CorpusArticle]) -> None:
    """No class is left to guesswork."""
    instruments = Counter(event.instrument for article in articles for event in article.events)
    statuses = Counter(event.status for article in articles for event in article.events)
    assert set(instruments) == set(load_taxonomy().instruments)
    assert set(statuses) == set(load_taxonomy().statuses)
    assert min(instruments.values()) >= 20
    assert min(statuses.values()) >= 20


def test_a_fifth_of_the_articles_tell_no_action(articles: list[CorpusArticle]) -> None:
    """Near misses keep a reader from seeing tariffs everywhere."""
    assert sum(not article.events for article in articles) >= 0.17 * len(articles)


def test_stories_are_told_in_several_languages(articles: list[CorpusArticle]) -> None:
    """The same actions, marked as such, across languages: what consolidation can be developed on."""
    languages: dict[str, set[str]] = {}
    for article in articles:
        for event in article.events:
            if event.action:
                languages.setdefault(event.action, set()).add(article.lang)
    assert sum(len(told) >= 2 for told in languages.values()) >= 60
