"""Every page of the sample newsroom gives its expected facts: what extraction must give, and at least what the reader is pinned to find."""

from __future__ import annotations

import json

import pytest

from tests.newsroom.expected import PINNED, Case, cases, score

CASES = cases()
PINS = json.loads(PINNED.read_text(encoding="utf-8"))
ARTICLES = [case for case in CASES if case.facts["outcome"] == "article"]


@pytest.mark.parametrize("case", ARTICLES, ids=lambda case: case.id)
def test_the_page_gives_its_text_and_nothing_of_the_frame(case: Case) -> None:
    """Language, title and sentences come out; share bars, teasers and comments stay behind."""
    extracted = case.extracted()
    assert extracted is not None
    assert extracted.language == case.facts["language"]
    assert extracted.title == case.facts["title"]
    text = f"{extracted.title}\n\n{extracted.body}"
    assert not [fragment for fragment in case.facts["contains"] if fragment not in text]
    assert not [fragment for fragment in case.facts["excludes"] if fragment in text]


@pytest.mark.parametrize("case", ARTICLES, ids=lambda case: case.id)
def test_the_reader_finds_what_it_found_before_and_invents_no_more(case: Case) -> None:
    """A pinned event is found again; spurious ones do not grow. `python -m tests.newsroom.repin` raises the pins."""
    now, pin = score(case), PINS[case.id]
    assert set(pin["found"]) <= set(now["found"])
    assert now["spurious"] <= pin["spurious"]


@pytest.mark.parametrize("case", [case for case in CASES if case.facts["reason"] == "no-text"], ids=lambda case: case.id)
def test_a_page_without_text_gives_none(case: Case) -> None:
    """Pictures and navigation are no article."""
    extracted = case.extracted()
    assert extracted is None or len(extracted.body) < 120


def test_the_newsroom_covers_what_it_promises() -> None:
    """Seventy pages in seventeen languages on eight sites, with near misses, two stories in six languages, and all that can go wrong."""
    languages = {case.facts["language"] for case in ARTICLES}
    assert len(CASES) >= 70
    assert len(languages) == 17
    assert len({case.folder for case in CASES}) >= 8
    assert sum(not case.facts["events"] for case in ARTICLES) >= 12
    for item, instrument in (("cloud_compute", "service_access_control"), ("gallium", "export_control")):
        telling = {
            case.facts["language"]
            for case in ARTICLES
            for event in case.facts["events"]
            if event["instrument"] == instrument
            and item in event["items"]
            and event["salience"] == "main"
            and case.facts["published"].startswith("2023-0")
        }
        assert len(telling) >= 6, f"{item}: only {sorted(telling)}"
