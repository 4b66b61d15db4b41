"""What is an article's own stays, in every language."""

import pytest

from models.cleaning import clean
from models.language import detect
from tests.articles.samples import ORDINARY

LANGUAGES = sorted(ORDINARY)


def test_all_languages_are_here() -> None:
    """Each language that is read has its ordinary article."""
    assert " ".join(LANGUAGES) == "ar de en es fr hi id it ja ko nl pl pt ru tr vi zh"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_ordinary_article_is_left_as_it_is(language: str) -> None:
    """No paragraph, heading or quotation is taken for part of the page's frame."""
    assert clean(*ORDINARY[language], language) == ORDINARY[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_cleaning_twice_changes_nothing(language: str) -> None:
    """A cleaned article is an ordinary article."""
    title, body = ORDINARY[language]
    once = clean(title, f"Home » News » {title}\n\n{title}\n\n{body}\n\n3 comments\n\nNice one!", language)
    assert clean(*once, language) == once == (title, body)


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_language_is_detected(language: str) -> None:
    """From the body, and from the first paragraph alone."""
    _, body = ORDINARY[language]
    assert (detect(body), detect(body.split("\n\n")[0])) == (language, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hard_wrapped_text_is_joined(language: str) -> None:
    """Lines of a text file that was wrapped at 70 columns become paragraphs again."""
    title, body = ORDINARY[language]
    paragraphs = body.split("\n\n")
    if " " not in paragraphs[0][:40]:
        pytest.skip("written without spaces, so it is not wrapped at them")
    wrapped = "\n\n".join(wrap(paragraph) for paragraph in paragraphs)
    assert clean(title, wrapped, language) == (title, body)


def wrap(paragraph: str, width: int = 70) -> str:
    """Break lines at plain spaces only."""
    lines = [""]
    for word in paragraph.split(" "):
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip(" ")
    return "\n".join(lines)
