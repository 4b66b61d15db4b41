"""What the gazetteer promises of governments, offices and agencies."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import pytest
from babel import Locale

from config.gazetteer import Gazetteer, load_gazetteer
from config.languages import load_languages
from config.names import ANY

if TYPE_CHECKING:
    from collections.abc import Iterator

MAJOR = ["US", "CN", "EU", "JP", "KR", "IN", "RU", "GB", "TW", "DE", "FR", "NL", "CA", "MX", "BR", "AU", "TR", "ID", "VN"]
LANGUAGES = sorted(load_languages().read)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """The shipped gazetteer."""
    return load_gazetteer()


def owned_names(gazetteer: Gazetteer) -> Iterator[tuple[str, str, str]]:
    """Every name that stands for a government, office or agency, as language, folded name and owner."""
    for government in gazetteer.government:
        for language in LANGUAGES:
            if plain := Locale.parse(language).territories.get(government.id):
                yield language, plain.casefold(), government.id
    entries = [(government.id, government.nouns) for government in gazetteer.government]
    entries += [(f"office {office.id}", office.names) for office in gazetteer.office]
    entries += [(agency.id, agency.names) for agency in gazetteer.agency]
    for owner, names in entries:
        for language, forms in names.items():
            for spoken in LANGUAGES if language == ANY else [language]:
                yield from ((spoken, form.casefold(), owner) for form in forms)


def every_form(gazetteer: Gazetteer) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Every list of forms, with its owner and language."""
    for government in gazetteer.government:
        for names in (government.nouns, government.adjectives, government.toward):
            yield from ((government.id, language, forms) for language, forms in names.items())
    named = [(office.id, office.names) for office in gazetteer.office] + [(agency.id, agency.names) for agency in gazetteer.agency]
    for owner, names in named:
        yield from ((owner, language, forms) for language, forms in names.items())


def test_is_large_enough(gazetteer: Gazetteer) -> None:
    """The governments, offices and agencies that matter in trade conflicts are there."""
    assert len(gazetteer.government) >= 65
    assert len(gazetteer.office) >= 20
    assert len(gazetteer.agency) >= 170


@pytest.mark.parametrize("code", MAJOR)
def test_major_government_is_named_in_every_language(gazetteer: Gazetteer, code: str) -> None:
    """A major government has names of its own and adjectives in each language that we read."""
    government = next(government for government in gazetteer.government if government.id == code)
    assert [language for language in LANGUAGES if language not in government.nouns] == []
    assert [language for language in LANGUAGES if language not in government.adjectives] == []


def test_offices_are_named_in_every_language(gazetteer: Gazetteer) -> None:
    """A kind of agency is recognised whatever the language."""
    assert [(office.id, language) for office in gazetteer.office for language in LANGUAGES if not office.names.get(language)] == []


def test_forty_agencies_are_named_in_every_language(gazetteer: Gazetteer) -> None:
    """The agencies that the world press writes of have names in each language, shared acronyms aside."""
    assert sum(all(agency.names.get(language) for language in LANGUAGES) for agency in gazetteer.agency) >= 40


def test_agencies_are_named_in_english(gazetteer: Gazetteer) -> None:
    """An agency's id, its usual English name, is also found in texts."""
    for agency in gazetteer.agency:
        assert agency.id in (*agency.names.get("en", ()), *agency.names.get(ANY, ()))


def test_no_name_has_two_owners(gazetteer: Gazetteer) -> None:
    """In one language, a name stands for one government, office or agency."""
    owners: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for language, form, owner in owned_names(gazetteer):
        owners[language, form].add(owner)
    assert {name: who for name, who in owners.items() if len(who) > 1} == {}


def test_adjectives_are_no_names(gazetteer: Gazetteer) -> None:
    """What only tells a role is never also an entity, in the same language."""
    names = {(language, form) for language, form, _ in owned_names(gazetteer)}
    clashes = [
        (government.id, language, form)
        for government in gazetteer.government
        for language, forms in (*government.adjectives.items(), *government.toward.items())
        for form in forms
        if (language, form.casefold()) in names
    ]
    assert clashes == []


def test_a_joint_form_is_an_adjective_of_both(gazetteer: Gazetteer) -> None:
    """Forms such as "中美" mean two governments and stand under each."""
    holders = {
        form: {government.id for government in gazetteer.government if form in government.adjectives.get(language, ())}
        for language, form in (("zh", "中美"), ("ja", "日米"), ("ko", "한미"), ("vi", "Mỹ - Trung"), ("fr", "sino-américain"))
    }
    assert holders == {
        "中美": {"CN", "US"},
        "日米": {"JP", "US"},
        "한미": {"KR", "US"},
        "Mỹ - Trung": {"CN", "US"},
        "sino-américain": {"CN", "US"},
    }


def test_toward_points_at_one_government(gazetteer: Gazetteer) -> None:
    """A form that makes a government the target means no other."""
    owners: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for government in gazetteer.government:
        for language, forms in government.toward.items():
            for form in forms:
                owners[language, form.casefold()].add(government.id)
    assert {form: who for form, who in owners.items() if len(who) > 1} == {}


def test_forms_are_clean(gazetteer: Gazetteer) -> None:
    """No form is a single character, padded, or given twice: single characters arise everywhere in unspaced scripts."""
    for owner, language, forms in every_form(gazetteer):
        assert len(forms) == len(set(forms)), (owner, language)
        assert all(len(form) > 1 and form == form.strip() for form in forms), (owner, language, forms)


def test_one_agency_holds_an_office(gazetteer: Gazetteer) -> None:
    """A government's "commerce ministry" is one agency."""
    held = Counter((agency.government, agency.office) for agency in gazetteer.agency if agency.office)
    assert [office for office, holders in held.items() if holders > 1] == []


def test_governments_of_agencies_are_known(gazetteer: Gazetteer) -> None:
    """An agency belongs to a government that has names."""
    assert {agency.government for agency in gazetteer.agency} <= {government.id for government in gazetteer.government}


def test_chinese_is_written_both_ways(gazetteer: Gazetteer) -> None:
    """Traditional characters are found as well as simplified ones, also for plain country names."""
    nouns = {government.id: government.nouns.get("zh", ()) for government in gazetteer.government}
    assert "美國" in nouns["US"]
    assert "歐盟" in nouns["EU"]
    commerce = next(agency for agency in gazetteer.agency if agency.id == "Ministry of Commerce of China")
    assert {"中国商务部", "中國商務部"} <= set(commerce.names["zh"])
