"""How many independent owners tell an action: a text reprinted is one voice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from config.consolidation import load_consolidation
from models.consolidation.groups import connected

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.records import StoredMention

_UNSPACED = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]")
_WORD = re.compile(r"\w+")


def voices(mentions: Sequence[StoredMention]) -> list[list[StoredMention]]:
    """Group the mentions by voice: same owner, or quotes in one language that are the same text."""
    words = {mention.mention_id: _words(mention) for mention in mentions}

    def one_voice(one: StoredMention, other: StoredMention) -> bool:
        if one.owner == other.owner:
            return True
        first, second = words[one.mention_id], words[other.mention_id]
        return one.language == other.language and _overlap(first, second) >= load_consolidation().voices.overlap

    return connected(mentions, one_voice)


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of common words (Jaccard)."""
    return len(one & other) / len(one | other) if one or other else 0.0


def _words(mention: StoredMention) -> frozenset[str]:
    """Words of the quotes; pairs of characters where the script has no spaces."""
    quotes = " ".join(evidence.span.quote for evidence in mention.mention.evidence).casefold()
    if _UNSPACED.search(quotes):
        return frozenset(quotes[place : place + 2] for place in range(len(quotes) - 1))
    return frozenset(_WORD.findall(quotes))
