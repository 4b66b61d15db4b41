"""How dates are written: the grammar that all languages share, and each language's words."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator

from config.files import CONFIG, Settled, read_toml
from config.names import ANY, LanguageKey

Words = tuple[str, ...]
Order = Literal["dmy", "mdy", "ymd"]
SLOT = re.compile(r"\{([A-Za-z_]+)\}")
NUMBER_SLOTS = frozenset({"digits", "n", "day", "mon", "yy", "year"})
"""What a number in digits can be: any at all, a short one, a day, a month, the last two or all four digits of a year."""
TABLE_SLOTS = frozenset({"month", "weekday", "week_of", "nth", "relative", "span", "season", "half", "era"})
"""What the words of a language's tables can be."""
UNITS = frozenset({"day", "week", "month", "year", "hour"})
PARTS = frozenset({"early", "mid", "late", "begin", "end"})
TURNS = frozenset({"last", "this", "next", "previous", "same", "following"})
WORD_SLOTS = frozenset(
    {
        "ago_before", "ago_after", "earlier_after", "in_before", "later_after", "later_before", "hence_after",
        "quarter", "weekend", "of", "of_day", "on", "on_day", "th", "sunday", "ord", "and", "nen", "tsuki", "hi", "law", "counted",
        "immediately", "from", "since", "both", "from_after", "since_after", "both_after", "future",
    }
)  # fmt: skip
"""Classes of words that are slots themselves; units, parts and turns have slots in common."""
CLASSES = WORD_SLOTS | UNITS | PARTS | TURNS | {f"{turn}_after" for turn in TURNS}
SLOTS = NUMBER_SLOTS | TABLE_SLOTS | WORD_SLOTS | {unit.capitalize() for unit in UNITS} | {"unit", "turn", "turned", "part"}
OFFSET = re.compile(r"(same |this )?(day|week|month|year|weekend) (-?\d+)")
SPAN = re.compile(r"(\d+) (hour|day|week|month|year)")


def _known_slots(match: str) -> str:
    if unknown := set(SLOT.findall(match)) - SLOTS:
        raise ValueError(f"unknown slot {', '.join(sorted(unknown))}; use {', '.join(sorted(SLOTS))}")
    return match


def _known_classes(words: dict[str, Words]) -> dict[str, Words]:
    if unknown := set(words) - CLASSES:
        raise ValueError(f"unknown words {', '.join(sorted(unknown))}; use {', '.join(sorted(CLASSES))}")
    return words


def _keys_like(pattern: re.Pattern[str], example: str) -> AfterValidator:
    def check(table: dict[str, Words]) -> dict[str, Words]:
        if wrong := [key for key in table if not pattern.fullmatch(key)]:
            raise ValueError(f"keys {', '.join(wrong)} are not like {example}")
        return table

    return AfterValidator(check)


_WHOLE = re.compile(r"-?\d+")
Numbered = Annotated[dict[str, Words], _keys_like(_WHOLE, '"3"')]


class Rule(Settled):
    """One way of putting a date together."""

    match: Annotated[str, AfterValidator(_known_slots)]
    languages: tuple[LanguageKey, ...] = (ANY,)
    orders: tuple[Order, ...] = ("dmy", "mdy", "ymd")
    nothing: bool = False
    """Whether what looks so is no date: the year in the name of a law."""


class Grammar(Settled):
    """The file of the grammar."""

    macros: dict[str, str]
    """Parts of rules, by the name that rules call them: <name>."""
    rule: tuple[Rule, ...]

    def rules(self, language: str, order: Order) -> tuple[Rule, ...]:
        """Rules that hold for a text in `language`, whose dates in digits are written in `order`."""
        return tuple(rule for rule in self.rule if {language, ANY} & set(rule.languages) and order in rule.orders)


class DateWords(Settled):
    """The words of one language; names of months and weekdays that CLDR knows need not be listed. A * stands for any letters."""

    language: LanguageKey
    order: Order
    """The order of a date in digits."""
    spaced: bool = True
    """Whether spaces part words; where not, words are found inside runs of characters."""
    capital: bool = False
    """Whether names of months and weekdays must begin with a capital ("May", "March")."""
    verb_last: bool = False
    """Whether verbs stand behind what they govern, so that words of the future do too."""
    spelled_days: bool = False
    """Whether a day of the month may be told by a number word ("एक अप्रैल")."""
    proclitics: Words = ()
    """Letters that a word may begin with besides itself (Arabic "and", "in")."""
    months: Numbered = {}
    weekdays: Numbered = {}
    """Monday is 0."""
    weeks: Numbered = {}
    """Offsets of weeks that a numbered weekday may follow (上周五 is 上周 and 五)."""
    numbers: Numbered = {}
    ordinals: Numbered = {}
    relative: Annotated[dict[str, Words], _keys_like(OFFSET, '"day -1", "same day 1" or "this day 0"')] = {}
    """Offsets from publication; after "same" from the date told before, after "this" from either."""
    spans: Annotated[dict[str, Words], _keys_like(SPAN, '"2 day"')] = {}
    """A count and its unit in one word (이틀, يومين)."""
    seasons: Numbered = {}
    """By a month that lies in it."""
    halves: Numbered = {}
    """By their first month; quarters and tax years that have a name of their own too."""
    eras: Numbered = {}
    """By the year before their first."""
    words: Annotated[dict[str, Words], AfterValidator(_known_classes)]


@cache
def load_dates(path: Path = CONFIG / "dates.toml") -> Grammar:
    """Read how dates are put together.

    Raises:
        ConfigError: the file does not fit; the message names the line and the mend.

    """
    return read_toml(path, Grammar)


@cache
def load_date_words(language: str, folder: Path = CONFIG / "dates") -> DateWords:
    """Read the words of dates in `language`.

    Raises:
        ConfigError: there is no such file or it does not fit.

    """
    return read_toml(folder / f"{language}.toml", DateWords)
