"""One English line that tells an event, made from its fields."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from config.taxonomy import load_taxonomy

if TYPE_CHECKING:
    from collections.abc import Sequence

EVERYONE = "*"
_MOST_NAMES = 3


def title_of(
    *, instrument: str, status: str, issuers: Sequence[str], targets: Sequence[str], items: Sequence[str], firms: Sequence[str],
    rate_pct: float | None, effective: str | None,
) -> str:  # fmt: skip
    """Return a line such as "China: export controls on gallium, germanium, announced, effective 2023-08-01"."""
    taxonomy = load_taxonomy()
    what = taxonomy.instruments[instrument].label
    if rate_pct is not None:
        what += f" of {rate_pct:g}%"
    if items:
        what += " on " + _listed([item.replace("_", " ") for item in items])
    if targets:
        what += " against " + _listed([government_name(code) for code in targets])
    if firms:
        what += f" ({_listed(firms)})"
    who = " and ".join(government_name(code) for code in issuers) or "Unknown issuer"
    when = f", effective {effective}" if effective else ""
    return f"{who}: {what}, {taxonomy.statuses[status].label}{when}"


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_MOST_NAMES])
    return f"{shown} and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else shown


@cache
def government_name(code: str) -> str:
    """Return the English name of a government's code; "*" is everyone."""
    from babel import Locale

    if code == EVERYONE:
        return "all countries"
    name: str = Locale("en").territories.get(code, code)
    return name
