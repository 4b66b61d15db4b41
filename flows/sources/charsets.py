"""From bytes to text: which charset a page is really in, whatever it declares."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from config.languages import load_languages
from flows.sources.spelling import fitness

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNICODE = ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "iso2022_jp_2")
_RARE = (
    "cp866",
    "iso8859-3",
    "iso8859-4",
    "iso8859-7",
    "iso8859-8",
    "iso8859-10",
    "iso8859-13",
    "iso8859-14",
    "iso8859-16",
    "iso2022_kr",
    "mac_roman",
)
"""Charsets that a page may declare but that no undeclared page is tried with."""
_HEAD = 4_096
"""Bytes in which a page may declare its charset; the HTML standard allows 1,024, authors are late."""
_SAMPLE = 32_768
"""Bytes of lines with other than ASCII that candidates are tried on."""
_FITS = 0.9
"""Fitness at which a declared charset is believed without looking at others."""
_PLAUSIBLE = 0.6
"""Fitness below which no candidate of ours is believed."""
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:\-]+)""", re.IGNORECASE)
_ISO_2022 = re.compile(rb"\x1b(?:\$[@B]|\([BJI])")

# What browsers take these labels to mean (WHATWG Encoding Standard): the larger charset of each family.
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "hz": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and the charset that it was really in."""

    text: str
    charset: str
    """Python codec name."""
    declared: str | None
    """What header or page claimed, as a Python codec name; None when nothing or nonsense was claimed."""
    lied: bool
    """Whether the declared charset would have given another text."""
    certain: bool = True
    """False when no charset gave plausible text and the least bad was taken."""


def decode(content: bytes, content_type: str | None = None, language: str | None = None) -> Decoded:
    """Decode the bytes of a page or feed; never fails.

    Tried in this order: a byte order mark, strict UTF-8, the declaration of header or page if the text it gives is spelled like a
    language, then the charsets of all languages by that same measure, and at last charset-normalizer. `language` (ISO 639-1) is
    the one that the source declares: a hint that breaks ties, for it may lie too. The text is in Unicode's composed form (NFC).
    """
    declared = _declared(content, content_type)
    charset, certain = _charset(content, declared, language)
    text = _read(content, charset)
    lied = declared not in (None, charset) and _read(content, declared or charset) != text
    return Decoded(text, charset, declared, lied, certain)


def _charset(content: bytes, declared: str | None, language: str | None) -> tuple[str, bool]:
    for charset in filter(None, (_by_mark(content), _by_zeros(content), _by_escapes(content), _by_utf8(content))):
        return charset, True
    sample = _sample(content)
    if declared and _fit(sample, declared, language) >= _FITS:
        return declared, True
    candidates = dict.fromkeys([declared, *_legacy_charsets()] if declared else _legacy_charsets())
    best = max(candidates, key=lambda charset: _fit(sample, charset, language))
    if _fit(sample, best, language) >= _PLAUSIBLE:
        return best, True
    return _last_resort(sample) or best, False


def _by_mark(content: bytes) -> str | None:
    return next((charset for mark, charset in _BOMS if content.startswith(mark)), None)


def _by_zeros(content: bytes) -> str | None:
    """UTF-16 without a mark: its markup is ASCII, so every other byte of it is zero."""
    head = content[:_HEAD]
    if head.count(0) * 10 < len(head) or not head:
        return None
    charset = "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
    return charset if _fit(content[: _SAMPLE // 2 * 2], charset, None) > 0 else None


def _by_escapes(content: bytes) -> str | None:
    """ISO-2022-JP is all ASCII bytes and would pass for UTF-8."""
    return "iso2022_jp_2" if _ISO_2022.search(content) and _strict(content, "iso2022_jp_2") is not None else None


def _by_utf8(content: bytes) -> str | None:
    """UTF-8, be it cut off in mid-letter or with a few broken bytes in much good text."""
    text = content.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    if broken == 0:
        return "utf-8"
    good = len(content) - len(text)  # every letter beyond ASCII takes more bytes than one
    return "utf-8" if broken * 20 < good else None


def _declared(content: bytes, content_type: str | None) -> str | None:
    """The charset that the header, else the page's head, names; None for unknown names."""
    header = (content_type or "").encode("latin-1", errors="ignore")
    for place in (header, content[:_HEAD].replace(b"\0", b"")):
        for match in _DECLARED.finditer(place):
            if (charset := _codec(match[1].decode("ascii"))) is not None:
                return charset
    return None


def _codec(label: str) -> str | None:
    try:
        info = codecs.lookup({"x-sjis": "cp932", "ks_c_5601-1987": "cp949", "x-gbk": "gb18030"}.get(label.lower(), label))
    except (LookupError, ValueError):
        return None
    if info.name not in _WIDER and info.name not in _known_charsets():
        return None
    return _WIDER.get(info.name, info.name)


@lru_cache(maxsize=1)
def _known_charsets() -> frozenset[str]:
    """All charsets that may be declared; Python has others, such as "idna" and "utf-7", that no page may ask for."""
    return frozenset(codecs.lookup(name).name for name in (*_WIDER, *_UNICODE, *_RARE, *_legacy_charsets()))


@lru_cache(maxsize=1)
def _legacy_charsets() -> tuple[str, ...]:
    """The charsets of all languages, those of the languages described first coming first."""
    return tuple(dict.fromkeys(charset for language in load_languages().language for charset in language.charsets))


def _sample(content: bytes) -> bytes:
    """The first lines with other than ASCII, where the charsets differ; markup and scripts say nothing."""
    lines: list[bytes] = []
    size = 0
    for line in content.split(b"\n"):
        if not line.isascii():
            lines.append(line)
            size += len(line)
        if size > _SAMPLE:
            break
    return b"\n".join(lines)[: 2 * _SAMPLE]


def _fit(sample: bytes, charset: str, language: str | None) -> float:
    text = _strict(sample, charset)
    return -1.0 if text is None else fitness(text, charset, language)


def _strict(sample: bytes, charset: str) -> str | None:
    """The sample in `charset`, or None where it does not decode; a last letter that was cut through is no fault."""
    try:
        text = codecs.getincrementaldecoder(charset)(errors="strict").decode(sample)
    except (UnicodeError, LookupError):
        return None
    return unicodedata.normalize("NFC", text)


def _last_resort(sample: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best else None


def _read(content: bytes, charset: str) -> str:
    text = content.decode(charset, errors="replace")
    return unicodedata.normalize("NFC", text.removeprefix("\ufeff"))
