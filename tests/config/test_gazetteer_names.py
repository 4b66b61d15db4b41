"""The people, companies, products, laws, organisations and places we know: each name leads to one of them, in the script it claims."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from datetime import date
from itertools import pairwise

import pytest

from config.files import CONFIG
from config.gazetteer import Gazetteer, Person, load_gazetteer
from config.languages import load_languages
from config.names import ANY, Names

LANGUAGES = sorted(load_languages().read)
KINDS = ("person", "company", "product", "law", "organisation", "place")

SCRIPTS = {
    "ar": r"[\u0600-\u06ff]",
    "hi": r"[\u0900-\u097f]",
    "ja": r"[\u3040-\u30ff\u4e00-\u9fff]",
    "ko": r"[\uac00-\ud7af]",
    "ru": r"[\u0400-\u04ff]",
    "zh": r"[\u4e00-\u9fff]",
}
NATIVE = "|".join(SCRIPTS.values())

SHARED_TITLES = ("Spokesperson", "Vice Premier")
"""Offices that several people hold at once."""


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """The shipped gazetteer."""
    return load_gazetteer()


def _names(gazetteer: Gazetteer) -> list[tuple[str, str, Names]]:
    """Kind, id and names of every entry of `KINDS`."""
    return [(kind, entry.id, entry.names) for kind in KINDS for entry in getattr(gazetteer, kind)]


def _owners(gazetteer: Gazetteer) -> dict[tuple[str, str], set[tuple[str, str]]]:
    """Language and name, to the entries that bear it."""
    owners: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    named = [*_names(gazetteer), *(("government", state.id, state.nouns) for state in gazetteer.government)]
    for kind, id_, names in named:
        for language, forms in names.items():
            for spoken in LANGUAGES if language == ANY else (language,):
                for form in forms:
                    owners[spoken, form].add((kind, id_))
    return owners


def _bearers(gazetteer: Gazetteer, name: str, language: str) -> set[str]:
    return {id_ for _, id_ in _owners(gazetteer)[language, name]}


@pytest.mark.parametrize(
    ("kind", "least"),
    [("person", 160), ("company", 270), ("product", 120), ("law", 70), ("organisation", 100), ("place", 60)],
)
def test_no_kind_shrinks(gazetteer: Gazetteer, kind: str, least: int) -> None:
    """A file cut short by a bad edit is noticed."""
    assert len(getattr(gazetteer, kind)) >= least


def test_a_name_leads_to_one_entry(gazetteer: Gazetteer) -> None:
    """In any one language a name means one thing, a government's nouns included."""
    torn = {key: sorted(owners) for key, owners in _owners(gazetteer).items() if len(owners) > 1}
    assert not torn


def test_every_entry_has_a_name(gazetteer: Gazetteer) -> None:
    """An entry without names could never be found."""
    assert not [id_ for _, id_, names in _names(gazetteer) if not any(names.values())]


def test_names_are_trimmed_and_listed_once(gazetteer: Gazetteer) -> None:
    """Stray spaces and doubles are slips of the pen."""
    forms = [(id_, language, form) for _, id_, names in _names(gazetteer) for language, listed in names.items() for form in listed]
    assert not [slip for slip in forms if slip[2] != " ".join(slip[2].split()) or not slip[2]]
    assert len(forms) == len(set(forms))


def test_names_are_in_the_script_of_their_language(gazetteer: Gazetteer) -> None:
    """A Russian name stands under ru; what every language shares holds no native script."""
    strays = [
        (id_, language, form)
        for _, id_, names in _names(gazetteer)
        for language, forms in names.items()
        for form in forms
        if bool(re.search(SCRIPTS.get(language, NATIVE), form)) != (language in SCRIPTS)
    ]
    # Written in Latin letters by the Japanese, Korean, Russian and Chinese press, yet a common word in Polish: so not under "any".
    assert {id_ for id_, language, _ in strays if language in SCRIPTS} <= {"Temu"}
    assert not [stray for stray in strays if stray[1] not in SCRIPTS]


def test_no_letter_of_another_alphabet_hides_in_a_russian_name(gazetteer: Gazetteer) -> None:
    """A Latin a inside a Cyrillic word looks right and never matches."""
    mixed = re.compile(r"[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")
    assert not [form for _, _, names in _names(gazetteer) for form in names.get("ru", ()) if mixed.search(form)]


def test_a_material_is_named_in_every_language(gazetteer: Gazetteer) -> None:
    """Materials are common nouns, so no language can borrow another's."""
    materials = [product for product in gazetteer.product if product.type == "material"]
    assert not {product.id: missing for product in materials if (missing := set(LANGUAGES) - set(product.names))}


def test_items_are_known(gazetteer: Gazetteer) -> None:
    """A product's item is a class of the taxonomy."""
    taxonomy = tomllib.loads((CONFIG / "taxonomy" / "items.toml").read_text(encoding="utf-8"))
    known = {item["id"] for item in taxonomy["item"]}
    assert {product.item for product in gazetteer.product if product.item} <= known


def test_parents_are_companies(gazetteer: Gazetteer) -> None:
    """A company's owner stands in the same list, and no chain of owners bites its tail."""
    parents = {company.id: company.parent for company in gazetteer.company}
    assert {parent for parent in parents.values() if parent} <= set(parents)
    for company, parent in parents.items():
        chain, owner = {company}, parent
        while owner:
            assert owner not in chain
            chain.add(owner)
            owner = parents[owner]


def test_terms_end_after_they_begin(gazetteer: Gazetteer) -> None:
    """No term of office runs backwards."""
    assert not [(person.id, term.title) for person in gazetteer.person for term in person.office if term.end and term.end < term.start]


def test_an_office_has_one_holder_at_a_time(gazetteer: Gazetteer) -> None:
    """A country has one president on one day; a handover may share its day."""
    terms: dict[tuple[str, str], list[tuple[date, date, str]]] = defaultdict(list)
    for person in gazetteer.person:
        for term in person.office:
            if not term.title.startswith(SHARED_TITLES):
                terms[term.government, term.title].append((term.start, term.end or date.max, person.id))
    overlaps = [(earlier, later) for held in terms.values() for earlier, later in pairwise(sorted(held)) if earlier[1] > later[0]]
    assert not overlaps


@pytest.mark.parametrize(
    ("government", "day", "leaders"),
    [
        ("US", date(2019, 5, 15), {"Donald Trump"}),
        ("US", date(2022, 10, 7), {"Joe Biden"}),
        ("US", date(2025, 4, 2), {"Donald Trump"}),
        ("JP", date(2019, 7, 4), {"Shinzo Abe"}),
        ("KR", date(2023, 5, 1), {"Yoon Suk-yeol"}),
        ("NL", date(2025, 9, 30), {"Dick Schoof"}),
        ("CN", date(2023, 7, 3), {"Xi Jinping", "Li Qiang"}),
        ("EU", date(2024, 10, 29), {"Ursula von der Leyen", "Charles Michel"}),
    ],
)
def test_leaders_are_those_of_the_day(gazetteer: Gazetteer, government: str, day: date, leaders: set[str]) -> None:
    """Who led a government is told by the date."""

    def leads(person: Person) -> bool:
        return any(term.leader and term.government == government and term.start <= day < (term.end or date.max) for term in person.office)

    assert {person.id for person in gazetteer.person if leads(person)} == leaders


@pytest.mark.parametrize(
    ("name", "language", "id_"),
    [
        ("特朗普", "zh", "Donald Trump"),
        ("川普", "zh", "Donald Trump"),
        ("Poutine", "fr", "Vladimir Putin"),
        ("Tập Cận Bình", "vi", "Xi Jinping"),
        ("華為", "zh", "Huawei"),
        ("화웨이", "ko", "Huawei"),
        ("हुआवेई", "hi", "Huawei"),
        ("AWS", "pl", "Amazon Web Services"),
        ("H20", "ar", "H20"),
        ("Seltene Erden", "de", "rare earths"),
        ("鎵", "zh", "gallium"),
        ("vonfram", "vi", "tungsten"),
        ("Entity List", "tr", "Entity List"),
        ("信頼できないエンティティー・リスト", "ja", "Unreliable Entity List"),
        ("FMI", "es", "IMF"),
        ("Cenevre", "tr", "Geneva"),
    ],
)
def test_names_in_every_script_lead_home(gazetteer: Gazetteer, name: str, language: str, id_: str) -> None:
    """A sample of names, one that matters in each script."""
    assert _bearers(gazetteer, name, language) == {id_}


@pytest.mark.parametrize(
    ("word", "language"),
    [
        ("Tai", "en"),
        ("Ross", "en"),
        ("Arm", "de"),
        ("Target", "en"),
        ("Modi", "it"),
        ("Temu", "pl"),
        ("Antara", "id"),
        ("シスコ", "ja"),
        ("モディ", "ja"),
        ("罗斯", "zh"),
        ("南海", "zh"),
        ("한정", "ko"),
    ],
)
def test_common_words_are_no_names(gazetteer: Gazetteer, word: str, language: str) -> None:
    """Words that mostly mean something else, or hide inside longer words, stay out."""
    assert not _bearers(gazetteer, word, language)
