"""The configuration of languages and of the frame around articles."""

from pathlib import Path

import pytest

from config.cleaning import load_frame
from config.errors import ConfigError
from config.languages import load_languages


def test_every_language_that_is_read_has_its_phrases() -> None:
    """And none that is not."""
    assert load_frame().language.keys() == load_languages().read


@pytest.mark.parametrize("kind", ["whole", "opening", "related", "comments"])
def test_no_phrase_is_so_short_that_it_takes_ordinary_words(kind: str) -> None:
    """An opening must be more than a common first word; single signs may only be whole lines."""
    least = {"whole": 1, "opening": 1, "related": 2, "comments": 3}[kind]
    assert [phrase for phrase in load_frame().all(kind) if len(phrase) < least] == []


def test_every_charset_is_known_to_python() -> None:
    """A misspelt codec would be passed over in silence."""
    for language in load_languages().language:
        for charset in language.charsets:
            b"".decode(charset)


def test_a_language_that_stands_twice_is_named(tmp_path: Path) -> None:
    """The message says which."""
    path = tmp_path / "languages.toml"
    path.write_text('foreign = []\n[[language]]\ncode = "de"\nletters = "ä"\n[[language]]\ncode = "de"\nletters = "ö"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="'de' stands twice"):
        load_languages(path)
