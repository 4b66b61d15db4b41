"""The table of others' codes is whole, says where each pairing comes from, and gives goods their tariff headings."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.errors import ConfigError
from config.mappings import Mapping, hs_codes, load_mappings
from config.taxonomy import load_taxonomy

HEADER = "kind,own,system,code,label,version,relation,source\n"


def refused(folder: Path, line: str) -> str:
    """Write a table of one `line`, and return what the loader says of it."""
    path = folder / "mappings.csv"
    path.write_text(HEADER + line + "\n", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_mappings(path)
    return str(caught.value)


def rows(kind: str, system: str) -> list[Mapping]:
    """The lines of one kind and system."""
    return [mapping for mapping in load_mappings() if (mapping.kind, mapping.system) == (kind, system)]


@pytest.mark.parametrize("system", ["GTA", "MAST", "PLOVER"])
def test_every_instrument_is_told_in_every_system(system: str) -> None:
    """Each instrument has its codes, or a line that says that none fits and why."""
    assert {mapping.own for mapping in rows("instrument", system)} == set(load_taxonomy().instruments)


def test_every_item_has_tariff_codes_or_the_reason_why_not() -> None:
    """Goods have headings; services and baskets say why they have none."""
    assert {mapping.own for mapping in rows("item", "HS")} == set(load_taxonomy().items)


def test_tariff_codes_are_headings_or_subheadings_of_real_chapters() -> None:
    """Four or six digits, chapters 1 to 97, never 77, which is kept free."""
    codes = [mapping.code for mapping in rows("item", "HS") if mapping.code]

    assert {len(code) for code in codes} == {4, 6}
    assert all(1 <= int(code[:2]) <= 97 and code[:2] != "77" for code in codes)


def test_no_item_has_a_heading_and_its_own_subheading() -> None:
    """The wider code says it already."""
    by_item: dict[str, set[str]] = {}
    for mapping in rows("item", "HS"):
        by_item.setdefault(mapping.own, set()).add(mapping.code or "")

    assert not {(item, code) for item, codes in by_item.items() for code in codes if len(code) == 6 and code[:4] in codes}


def test_an_instrument_without_a_code_has_no_other_line_of_that_system() -> None:
    """None fits, or some do: not both."""
    for system in ("GTA", "MAST", "PLOVER"):
        empty = {mapping.own for mapping in rows("instrument", system) if mapping.code is None}
        filled = {mapping.own for mapping in rows("instrument", system) if mapping.code}
        assert not empty & filled


def test_every_pairing_of_instruments_says_whether_it_was_read_or_judged() -> None:
    """A reader can tell a source from our opinion."""
    paired = [mapping for mapping in load_mappings() if mapping.kind == "instrument" and mapping.code]

    assert paired
    assert all(mapping.source.startswith(("read", "judgement", "definition read")) for mapping in paired)


@pytest.mark.parametrize(
    ("items", "codes"),
    [
        (["antimony"], ("261710", "282580", "8110")),
        (["gallium", "germanium"], ("282560", "811292", "811299")),
        (["cloud_compute", "data"], ()),
        (["soybeans", "cloud_compute"], ("1201",)),
        ([], ()),
        (["unheard_of"], ()),
    ],
)
def test_items_give_their_tariff_codes(items: list[str], codes: tuple[str, ...]) -> None:
    """Sorted, each once, whatever the order of the items; what has no heading gives none."""
    assert hs_codes(items) == codes
    assert hs_codes(reversed(items)) == codes


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("item,antimony,HS,,Antimony,2022,exact,somewhere", "relation is none exactly where"),
        ("item,antimony,HS,8110,Antimony,2022,none,somewhere", "relation is none exactly where"),
        ("item,antimony,HS,81.10,Antimony,2022,exact,somewhere", "leave out the dot"),
        ("item,antimonie,HS,8110,Antimony,2022,exact,somewhere", "unknown item 'antimonie'"),
        ("instrument,antimony,GTA,35,,2026,exact,somewhere", "unknown instrument 'antimony'"),
        ("item,antimony,HS,8110,Antimony,2022,similar,somewhere", "relation"),
        ("item,antimony,HS,8110,Antimony,2022,exact,", "source: missing; add it"),
    ],
)
def test_a_line_that_does_not_fit_is_refused_with_its_number(tmp_path: Path, line: str, told: str) -> None:
    """The message names the line and what to mend."""
    message = refused(tmp_path, line)

    assert "mappings.csv:2: " in message
    assert told in message


def test_a_line_that_stands_twice_is_refused(tmp_path: Path) -> None:
    """The second one is named."""
    line = "item,antimony,HS,8110,Antimony,2022,narrower,somewhere"

    assert "mappings.csv:3: " in refused(tmp_path, f"{line}\n{line}")
