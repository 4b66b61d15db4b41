"""The shape of an answer, as a JSON schema of the strict kind: every key required, no other key allowed.

Strict schemas (OpenAI's "Structured outputs", which llama.cpp, vLLM and Ollama follow) know no lengths or ranges; `answers` checks those.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from config.gazetteer import load_gazetteer
from config.taxonomy import load_taxonomy
from models.records import Salience

Schema = dict[str, Any]
EVERYONE = "*"
"""Target of an act against all countries."""


@cache
def governments() -> frozenset[str]:
    """Return the codes of all governments: the gazetteer's, and those of ISO 3166-1."""
    import pycountry

    return frozenset({entry.id for entry in load_gazetteer().government} | {country.alpha_2 for country in pycountry.countries})


@cache
def answer_schema() -> Schema:
    """Return the schema of a whole answer."""
    taxonomy = load_taxonomy()
    return {
        **_object({"events": _list({"$ref": "#/$defs/event"})}),
        "$defs": {
            "event": _event(),
            "instrument": _one_of(taxonomy.instruments),
            "status": _one_of(taxonomy.statuses),
            "item": _one_of(taxonomy.items),
            # one list for issuers and targets: endpoints limit how many values a schema may list in all
            "government": _one_of([EVERYONE, *sorted(governments())]),
            "named": _object({"name": {"type": "string"}, "words": {"type": "string"}}),
        },
    }


def _event() -> Schema:
    governments_listed = _list({"$ref": "#/$defs/government"})
    named = _list({"$ref": "#/$defs/named"})
    return _object({
        "evidence": _list({"type": "string"}),
        "instrument": {"$ref": "#/$defs/instrument"},
        "status": {"$ref": "#/$defs/status"},
        "salience": _one_of(Salience),
        "issuers": governments_listed,
        "targets": governments_listed,
        "issuer_bodies": named,
        "firms": named,
        "items": _list({"$ref": "#/$defs/item"}),
        "date": {"type": ["string", "null"]},
        "effective": {"type": ["string", "null"]},
        "rate_pct": {"type": ["number", "null"]},
        "responds_to": {"type": ["integer", "null"]},
    })  # fmt: skip


def _object(properties: dict[str, Schema]) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _list(members: Schema) -> Schema:
    return {"type": "array", "items": members}


def _one_of(values: Any) -> Schema:
    return {"type": "string", "enum": [str(value) for value in values]}
