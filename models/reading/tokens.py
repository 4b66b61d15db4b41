"""Text in, a spaCy `Doc` out, whose tokens carry the key that phrases are matched by.

A token is a word, or one character where words are not spaced (Han, kana, Hangul), or one sign. Its key (`token.norm_`) is the folded
stem, so that "экспортные" and "экспорта" meet. Stems are Snowball's; where endings stack, they are taken off until nothing more comes
off, since one pass leaves different stems for different cases of a name.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from config.reading import load_reading

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

HAN_OR_KANA = r"\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
HANGUL = r"\uac00-\ud7a3"
_PIECE = re.compile(
    rf"\s+|[{HAN_OR_KANA}]|[{HANGUL}]|(?:(?![{HAN_OR_KANA}{HANGUL}])[\w\u0300-\u036f\u064b-\u0652\u0900-\u0963])+|.", re.DOTALL
)
_CHARACTER = re.compile(rf"[{HAN_OR_KANA}{HANGUL}]")
_MARKS = re.compile(r"[\u0300-\u036f\u064b-\u0652\u0640\u093c]")
_SNOWBALL = {
    "ar": "arabic", "de": "german", "en": "english", "es": "spanish", "fr": "french", "hi": "hindi", "id": "indonesian",
    "it": "italian", "nl": "dutch", "pl": "polish", "pt": "portuguese", "ru": "russian", "tr": "turkish",
}  # fmt: skip
_SHORTEST_ROOT = 3
"""Letters; Semitic roots have three, and shorter words have no ending to lose."""
_SHORT = 5
"""Words with fewer letters say little by their stem alone."""
_ARABIC_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه"})


def pieces(text: str) -> list[str]:
    """Split `text` into words, unspaced characters, signs and runs of white space; joined they are `text` again."""
    return _PIECE.findall(text)


def is_character(piece: str) -> bool:
    """Whether the piece is one character of an unspaced script."""
    return len(piece) == 1 and _CHARACTER.match(piece) is not None


def is_word(piece: str) -> bool:
    """Whether the piece is a word or a character rather than a sign or space."""
    return piece[:1].isalnum() or is_character(piece)


def weight(piece: str) -> float:
    """Length of a piece in words: a character counts as half a word."""
    return 0.5 if is_character(piece) else 1.0


@lru_cache(maxsize=200_000)
def key(word: str, language: str) -> str:
    """Return the form by which `word` is matched: folded, and stemmed where Snowball knows the language."""
    folded = _fold(word)
    if len(folded) < _SHORTEST_ROOT or any(letter.isdigit() for letter in folded):
        return folded
    for proclitic in load_reading().proclitics.get(language, ()):
        if folded.startswith(proclitic) and len(folded) - len(proclitic) >= _SHORTEST_ROOT:
            folded = folded[len(proclitic) :]
            break
    return _stem(folded, language)


def resembles(text: str, entry: str, language: str) -> bool:
    """Whether a word of a text can be a form of an entry with the same key: about as long, and alike up to near the end.

    A short entry must stand whole at the start, accents included ("dès" is no "des"), unless only a vowel of it has changed ("Zölle").
    """
    most = load_reading().endings.get(language)
    if most is None:
        return True
    found, known = _fold(text), _fold(entry)
    if found == known or abs(len(found) - len(known)) > most:
        return found == known
    alike = _alike(found, known)
    if len(known) < _SHORT:
        return len(found) >= len(known) and (alike >= _SHORTEST_ROOT or (alike > 0 and len(known) > _SHORTEST_ROOT))
    return alike >= min(len(found), len(known)) - most or _bare(found)[:_SHORT] == _bare(known)[:_SHORT]


def _alike(one: str, other: str) -> int:
    """How many letters two words share from their start on."""
    return next(
        (place for place, letters in enumerate(zip(one, other, strict=False)) if letters[0] != letters[1]), min(len(one), len(other))
    )


def _bare(word: str) -> str:
    """The word without its accents and dots."""
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))


def _fold(word: str) -> str:
    plain = unicodedata.normalize("NFKC", word).replace("İ", "i").replace("’", "'").lower()
    return _MARKS.sub("", plain).translate(_ARABIC_LETTERS)


def _stem(word: str, language: str) -> str:
    stemmer = _stemmer(language)
    if stemmer is None:
        return word
    shorter: str = stemmer.stemWord(word)
    if language not in load_reading().stacking.languages:
        return shorter
    while shorter != word and len(shorter) >= _SHORTEST_ROOT:
        word, shorter = shorter, stemmer.stemWord(shorter)
    return word


@cache
def _stemmer(language: str):  # type: ignore[no-untyped-def]
    import Stemmer

    return Stemmer.Stemmer(_SNOWBALL[language]) if language in _SNOWBALL else None


def tokenize(text: str, language: str, vocab: Vocab) -> Doc:
    """Make a `Doc` of `text` (`doc.text == text`) with the matching key of each token in `norm_`."""
    from spacy.tokens import Doc

    words: list[str] = []
    spaces: list[bool] = []
    for piece in pieces(text):
        if piece == " " and words and not spaces[-1] and not words[-1].isspace():
            spaces[-1] = True
        else:
            words.append(piece)
            spaces.append(False)
    doc = Doc(vocab, words=words, spaces=spaces)
    for token in doc:
        token.norm_ = key(token.text, language) or token.text
    return doc
