"""The seventeen languages that tradewire reads."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

LANGUAGES = ("ar", "de", "en", "es", "fr", "hi", "id", "it", "ja", "ko", "nl", "pl", "pt", "ru", "tr", "vi", "zh")
"""ISO 639-1 codes."""

ANY = "any"
"""Key of names that are written alike in every language, such as "Huawei"."""


def _known(language: str) -> str:
    if language != ANY and language not in LANGUAGES:
        raise ValueError(f"unknown language {language!r}; use one of {', '.join(LANGUAGES)} or {ANY!r}")
    return language


LanguageKey = Annotated[str, AfterValidator(_known)]

Names = dict[LanguageKey, tuple[str, ...]]
"""Language code (or "any") to the forms written in it, dictionary form first."""
