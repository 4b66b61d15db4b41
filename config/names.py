"""Names in many languages, as people write them in the gazetteer."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from pydantic import AfterValidator

from config.languages import load_languages

ANY = "any"
"""Key of names that are written alike in every language, such as "Huawei"."""


@cache
def _read() -> frozenset[str]:
    return load_languages().read


def _known(language: str) -> str:
    if language != ANY and language not in _read():
        raise ValueError(f"unknown language {language!r}; use one of {', '.join(sorted(_read()))} or {ANY!r}")
    return language


LanguageKey = Annotated[str, AfterValidator(_known)]
"""ISO 639-1 code of a language that is read, or "any"."""

Names = dict[LanguageKey, tuple[str, ...]]
"""Language to the forms written in it, dictionary form first."""
