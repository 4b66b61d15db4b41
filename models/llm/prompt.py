"""What the model is told: the rules of annotation from `config/prompts/reading.md`, and the article between markers of its own."""

from __future__ import annotations

import secrets
from functools import cache
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from config.errors import ConfigError
from config.files import CONFIG
from config.taxonomy import load_taxonomy
from models.records import digest_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from config.taxonomy import Instrument, Item, Status
    from models.records import Article

PROMPT = CONFIG / "prompts" / "reading.md"
Message = dict[str, str]


@cache
def instructions(path: Path = PROMPT) -> str:
    """Return the rules of annotation with the taxonomy filled in.

    Raises:
        ConfigError: the file is missing, or names a list that there is not.

    """
    taxonomy = load_taxonomy()
    lists = {name: _listed(getattr(taxonomy, name)) for name in ("instruments", "statuses", "items")}
    try:
        return Template(path.read_text(encoding="utf-8")).substitute(lists)
    except FileNotFoundError as error:
        raise ConfigError(f"{path}: no such file; restore it from the repository") from error
    except (KeyError, ValueError) as error:
        raise ConfigError(f"{path}: {error}: '$' may only stand before {', '.join(lists)}; write '$$' for the sign itself") from error


def version() -> str:
    """Return a short name of what the model is told, which changes when the prompt or the taxonomy does."""
    return digest_of("prompt", instructions())[:8]


def messages(article: Article) -> list[Message]:
    """Return the conversation that asks for a reading of `article`.

    The article's text cannot close its own fence: the marker's number is drawn anew for every request.
    """
    marker = f"article {secrets.token_hex(8)}"
    published = article.published_at.date().isoformat() if article.published_at else "unknown"
    asked = f"Published: {published}\nLanguage: {article.language or 'unknown'}\n\n<<<{marker}\n{article.text}\n{marker}>>>"
    return [{"role": "system", "content": instructions()}, {"role": "user", "content": asked}]


def _listed(entries: Mapping[str, Instrument | Status | Item]) -> str:
    return "\n".join(f"  - `{entry.id}`: {entry.definition}" for entry in entries.values())
