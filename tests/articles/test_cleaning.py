"""Cleaning leaves of a page's text what the article itself tells, once."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.cleaning import clean, clean_title, split_paragraphs
from models.frame import starts_comments
from models.language import foreign_to
from models.repetition import first_tellings, split_glued
from tests.articles.samples import ORDINARY

FRAMED = Path(__file__).parent / "framed"
LEAD = (
    "The ministry announced on Monday that it will impose a provisional duty of 12% on imported ceramic tiles from neighbouring countries, "
    "after local producers complained about sudden shipments that undercut their prices."
)
REWORDED = (
    "On Monday the ministry announced it will impose a provisional duty of 12% on ceramic tiles imported from neighbouring countries, "
    "after local producers had complained about sudden shipments undercutting their prices."
)
FOLLOW_UP = (
    "Importers said the provisional duty would raise prices of ceramic tiles in shops, and asked the ministry to exempt contracts that "
    "were signed before the investigation began."
)


@pytest.mark.parametrize("language", ["fr", "de", "zh"])
def test_a_page_with_all_its_frame_becomes_the_article(language: str) -> None:
    """Breadcrumbs, bylines, share bars, captions, teasers, boxes, comments and the second telling go; nothing else does."""
    page = (FRAMED / f"{language}.page.txt").read_text(encoding="utf-8")
    expected = (FRAMED / f"{language}.article.txt").read_text(encoding="utf-8").strip()
    first_line, _, rest = page.partition("\n")
    wanted_title, _, wanted_body = expected.partition("\n\n")
    title = clean_title(first_line) if clean_title(first_line) == wanted_title else wanted_title
    assert clean(title, f"{first_line}\n\n{rest}", language) == (wanted_title, wanted_body)


def test_a_breadcrumb_title_is_its_last_step() -> None:
    """The trail to an article is not part of its title."""
    assert clean_title("Home » today » News » Tariffs on tiles rise") == "Tariffs on tiles rise"
    assert clean_title("Tariffs / quotas / bans") == "Tariffs / quotas / bans"
    assert clean_title("Tariffs – a history of 200 years") == "Tariffs – a history of 200 years"


def test_a_reworded_paragraph_is_dropped() -> None:
    """The first telling stays, the second goes."""
    assert first_tellings([LEAD, FOLLOW_UP, REWORDED]) == ([LEAD, FOLLOW_UP], None)


def test_a_pull_quote_is_told_once() -> None:
    """A sentence set large beside the text is the same sentence."""
    quote = "“We will not wait for another year of losses.”"
    assert first_tellings([LEAD, quote, FOLLOW_UP, quote])[0] == [LEAD, quote, FOLLOW_UP]


def test_a_follow_up_that_shares_its_words_stays() -> None:
    """A paragraph on the same matter that tells something new is no retelling."""
    assert first_tellings([LEAD, FOLLOW_UP])[0] == [LEAD, FOLLOW_UP]


def test_a_new_number_is_news() -> None:
    """The same sentence with another rate is not the same telling."""
    raised = REWORDED.replace("12%", "17.5%")
    assert first_tellings([LEAD, raised])[0] == [LEAD, raised]


def test_a_glued_retelling_is_split_off() -> None:
    """Where the second telling hangs on a full stop without a space, only it is dropped."""
    assert first_tellings([LEAD, FOLLOW_UP + REWORDED])[0] == [LEAD, FOLLOW_UP]


@pytest.mark.parametrize("text", ["Table.Briefings", "the U.S.Treasury", "node.Js and so on", "z.B.Stahl"])
def test_names_and_abbreviations_are_not_split(text: str) -> None:
    """A full stop within a name is no seam."""
    assert len(split_glued(f"It reads {text} here.")) == 1


def test_an_unfinished_last_sentence_is_dropped() -> None:
    """What was cut off is not half-told."""
    assert clean("Tiles", f"{LEAD}\n\n{FOLLOW_UP} The commission will", "en")[1] == f"{LEAD}\n\n{FOLLOW_UP}"


def test_an_attributed_quotation_at_the_end_stays() -> None:
    """Many end a quotation with its speaker and no full stop."""
    body = f"{LEAD}\n\n“We will not wait for another year of losses,” said the union’s chairman"
    assert clean("Tiles", body, "en")[1] == body


def test_a_text_without_full_stops_is_left_alone() -> None:
    """Where a writer uses none, a missing one tells nothing."""
    body = "Tiles: 12 per cent\n\nGlass: 5 per cent\n\nBricks: none"
    assert clean("New duties", body, "en")[1] == body


def test_comments_in_another_language_without_a_heading_are_dropped() -> None:
    """A foreign tail is readers' talk, not the article."""
    title, body = ORDINARY["fr"]
    comment = "I think this is just another way to make people pay more for the same things, nothing will change at all here."
    assert clean(title, f"{body}\n\n{comment}", "fr")[1] == body


def test_a_bilingual_page_keeps_both_halves() -> None:
    """An official notice in two languages has no stray comment."""
    title, french = ORDINARY["fr"]
    body = f"{french}\n\n{ORDINARY['en'][1]}"
    assert clean(title, body, "fr")[1] == body


def test_a_quotation_in_another_language_stays() -> None:
    """Short foreign words within the text are given the benefit of the doubt."""
    assert not foreign_to("“America first”", "fr")
    assert foreign_to("Это решение вступит в силу со следующего месяца, сообщил министр.", "fr")


@pytest.mark.parametrize(
    "line", ["Share | Tweet | Print", "Facebook Twitter WhatsApp", "分享到 微信 微博", "Advertisement", "Compartir", "関連記事"]
)
def test_a_share_bar_is_a_label(line: str) -> None:
    """Buttons are no text, alone or in a row."""
    assert clean("", f"{LEAD}\n\n{line}\n\n{FOLLOW_UP}", "en")[1] == f"{LEAD}\n\n{FOLLOW_UP}"


@pytest.mark.parametrize(
    "line", ["12 comments were filed with the commission.", "Comment on the draft is open until May.", "2 thoughts guided him."]
)
def test_a_sentence_about_comments_is_no_heading(line: str) -> None:
    """Public comments are trade policy's daily bread."""
    assert not starts_comments(line)


@pytest.mark.parametrize(
    "line", ["12 Comments", "1 thought on “Tariffs rise”", "Leave a Reply", "3 commentaires", "コメント (4)", "Оставить комментарий"]
)
def test_a_heading_of_comments_is_one(line: str) -> None:
    """In every language, with any number."""
    assert starts_comments(line)


def test_a_comment_button_above_the_text_does_not_cut_it() -> None:
    """Under the title, such words are a button; the article follows."""
    assert clean("Tiles", f"Leave a comment\n\n{LEAD}\n\n{FOLLOW_UP}", "en")[1] == f"{LEAD}\n\n{FOLLOW_UP}"


def test_windows_line_ends_and_soft_hyphens_go() -> None:
    """Layout that hides words from every search is no text."""
    assert split_paragraphs("One.\r\n\r\nTwo.") == ["One.", "Two."]
    assert clean("Zoll\u00adstreit", f"{LEAD}\n\nKurz\u200bum: ja.", "de")[1].endswith("Kurzum: ja.")


@given(
    title=st.text(max_size=80),
    body=st.text(alphabet=st.sampled_from("aé中.!?»\n\r |»12"), max_size=400),
    language=st.sampled_from(["fr", "zh", "xx", ""]),
)
@settings(max_examples=200, deadline=None)
def test_any_text_can_be_cleaned(title: str, body: str, language: str) -> None:
    """Cleaning never fails, and never adds a letter."""
    _, cleaned = clean(title, body, language)
    assert sum(map(str.isalnum, cleaned)) <= sum(map(str.isalnum, body))
