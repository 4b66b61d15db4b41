"""Names with labels in, their occurrences in a `Doc` out, whatever their endings.

A name is found where each of its words is a dictionary form of the word in the text, and where the capitals agree: a Latin, Cyrillic
or Greek word must begin with a capital where its entry does, and an acronym must stand letter for letter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Generic, TypeVar

from config.inflection import load_inflection
from config.reading import load_reading
from models.reading.inflection import dictionary_forms, fold_name
from models.reading.lexicon import GAP, HANGUL, Hit, Node, Phrase, katakana_goes_on
from models.reading.tokens import is_character, is_word, pieces

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc

Label = TypeVar("Label")

JOINERS = frozenset("-‐‑–・·•'’")
"""Signs inside names that some writers leave out: "Coca-Cola", "エンティティ・リスト"."""
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LONGEST_ACRONYM = 6
_SHORTEST_TITLED_ACRONYM = 3
_SHORT_NOUN = 4


@dataclass(frozen=True)
class _Text:
    """A document as the lexicon walks through it."""

    doc: Doc
    language: str

    @cached_property
    def places(self) -> list[int]:
        """Indices of all tokens that are no space."""
        return [index for index, token in enumerate(self.doc) if not token.is_space]

    @cached_property
    def forms(self) -> list[tuple[str, ...]]:
        """The dictionary forms of each of the places."""
        return [dictionary_forms(self.doc[index].text, self.language) for index in self.places]

    @cached_property
    def words(self) -> list[str]:
        """The text of each of the places."""
        return [self.doc[index].text for index in self.places]


class NameLexicon(Generic[Label]):
    """A set of labelled names of one language."""

    def __init__(self, language: str, gap: int) -> None:
        """Begin an empty lexicon; `gap` is how many words a "…" in a name may stand for."""
        self._language = language
        self._gap = gap
        self._root: Node[Label] = Node()
        self._whole = language in load_inflection().short
        self._titled = language in load_reading().acronyms.titled

    def add(self, name: str, label: Label) -> None:
        """Add `name` in its dictionary form."""
        first, *rest = [_words(part) for part in name.split(GAP)]
        node = self._root
        for word in first:
            node = node.branches.setdefault(fold_name(word, self._language), Node())
        if first:
            following = tuple(tuple(fold_name(word, self._language) for word in part) for part in rest if part)
            node.phrases.append(Phrase(label, tuple(first), following))

    def find(self, doc: Doc) -> list[Hit[Label]]:
        """Return the occurrences in `doc`, in order; hits of one label do not overlap, hits of different labels may."""
        text = _Text(doc, self._language)
        taken: dict[Label, int] = {}
        hits: list[Hit[Label]] = []
        for position in range(len(text.places)):
            longest: dict[Label, Hit[Label]] = {}
            for hit in self._at(text, position):
                if hit.label not in longest or hit.end > longest[hit.label].end:
                    longest[hit.label] = hit
            for hit in longest.values():
                if taken.get(hit.label, -1) <= hit.start:
                    taken[hit.label] = hit.end
                    hits.append(hit)
        return hits

    def _at(self, text: _Text, position: int) -> Iterator[Hit[Label]]:
        for name, found in self._walk(text, position, self._root, ()):
            start, end = text.places[found[0]], text.places[found[-1]] + 1
            if not self._agrees([text.words[place] for place in found], name.words) or not self._stands_free(text.doc, start, end):
                continue
            stop = found[-1] + 1
            for part in name.rest:
                stop = self._after_gap(text, stop, part)
                if stop < 0:
                    break
            else:
                yield Hit(start, text.places[stop - 1] + 1, name.label)

    def _walk(
        self, text: _Text, position: int, node: Node[Label], found: tuple[int, ...]
    ) -> Iterator[tuple[Phrase[Label], tuple[int, ...]]]:
        """Every name that goes on at `position` from `node`, with the places of its words."""
        if position >= len(text.places):
            return
        for form in text.forms[position]:
            if following := node.branches.get(form):
                path = (*found, position)
                for name in following.phrases:
                    yield name, path
                yield from self._walk(text, position + 1, following, path)
        if found and text.words[position] in JOINERS and text.doc[text.places[position] - 1].text not in JOINERS:
            yield from self._walk(text, position + 1, node, found)

    def _after_gap(self, text: _Text, start: int, part: tuple[str, ...]) -> int:
        for begin in range(start, min(start + self._gap + 1, len(text.places) - len(part) + 1)):
            if all(word in text.forms[begin + offset] for offset, word in enumerate(part)):
                return begin + len(part)
        return -1

    def _agrees(self, found: Sequence[str], words: Sequence[str]) -> bool:
        """Whether capitals agree between the words found and the entry's."""
        for word, text in zip(words, found, strict=True):
            if self._whole and word.islower() and len(word) <= _SHORT_NOUN and fold_name(text, self._language) != word:
                return False
            if not is_word(word) or not word[:1].isupper():
                continue
            if word.isupper() and 1 < len(word) <= _LONGEST_ACRONYM:
                titled = self._titled and len(word) >= _SHORTEST_TITLED_ACRONYM and text == word.capitalize()
                if text != word and not titled:
                    return False
            elif not text[:1].isupper():
                return False
        return True

    def _stands_free(self, doc: Doc, start: int, end: int) -> bool:
        """Whether the tokens are no fragment of a longer word in a script without spaces.

        Korean endings follow the word, so only its start counts, and a single Chinese character stands alone there; a katakana word
        must not go on in either direction.
        """
        first = doc[start]
        joined = start > 0 and not doc[start - 1].whitespace_
        if HANGUL.match(first.text):
            return not (joined and HANGUL.match(doc[start - 1].text))
        if not is_character(first.text):
            return True
        if self._language == "ko" and end - start == 1:
            return not (joined and is_character(doc[start - 1].text)) and not (end < len(doc) and _HAN.match(doc[end].text))
        return not katakana_goes_on(doc, start, end)


def _words(name: str) -> list[str]:
    """The words of a name, without the signs that may be left out between them."""
    found = [piece for piece in pieces(name.strip()) if not piece.isspace()]
    return [word for place, word in enumerate(found) if word not in JOINERS or place in {0, len(found) - 1}]
