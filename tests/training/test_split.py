"""What is held back for measuring stays held back, and whole."""

from __future__ import annotations

from collections import Counter

import pytest

from config.languages import load_languages
from config.taxonomy import load_taxonomy
from models.training.articles import CORPUS, CorpusArticle, read_corpus
from models.training.split import held_back

FILES = sorted((CORPUS / "articles").glob("*.jsonl"))


@pytest.fixture(scope="module")
def articles() -> list[CorpusArticle]:
    """The whole corpus."""
    return list(read_corpus(FILES))


def test_about_a_tenth_is_held_back_with_every_language_and_class(articles: list[CorpusArticle]) -> None:
    """The part that readers are measured on has something to say of each."""
    kept = [article for article in articles if held_back(article)]
    assert 0.07 <= len(kept) / len(articles) <= 0.13
    assert min(Counter(article.lang for article in kept)[code] for code in load_languages().read) >= 4
    assert {event.status for article in kept for event in article.events} == set(load_taxonomy().statuses)
    assert {event.instrument for article in kept for event in article.events} == set(load_taxonomy().instruments)


def test_no_story_is_split(articles: list[CorpusArticle]) -> None:
    """Articles of one story all lie on one side, whatever their language."""
    sides: dict[str, set[bool]] = {}
    for article in articles:
        if article.story:
            sides.setdefault(article.story, set()).add(held_back(article))
    assert len(sides) >= 50
    assert all(len(side) == 1 for side in sides.values())


def test_an_article_outside_of_a_story_goes_with_the_story_whose_action_it_tells(articles: list[CorpusArticle]) -> None:
    """An action that is only told in passing is no way around the split."""
    teller = next(article for article in articles if article.story and any(event.action for event in article.events))
    stray = teller.model_copy(update={"story": None, "events": tuple(event for event in teller.events if event.action)[:1]})
    for number in range(40):
        assert held_back(stray.model_copy(update={"id": f"en-{number:04}"})) == held_back(stray)


def test_the_text_of_an_article_does_not_move_it(articles: list[CorpusArticle]) -> None:
    """A corrected article stays where it was."""
    for article in articles[:50]:
        assert held_back(article.model_copy(update={"title": "Another title", "published": "2020-01-01"})) == held_back(article)
