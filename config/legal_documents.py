"""How laws, orders and notices are numbered, as regular expressions that make a key free of language."""

from __future__ import annotations

import re
from functools import cache, cached_property
from pathlib import Path
from string import Formatter

from pydantic import model_validator

from config.files import CONFIG, Settled, read_toml

_PART = re.compile(r"\{\{([a-z_]+)\}\}")


class Pattern(Settled):
    """One way to write the number of one kind of document."""

    key: str
    """The key it makes, with the expression's named groups in braces: "US EO {number}"."""
    source: str
    """Who numbers so, and where that can be seen."""
    expression: str
    """Regular expression, letters of either case; {{name}} stands for a part of the file."""
    languages: tuple[str, ...] = ()
    """Languages whose texts are searched; empty for all."""
    near: tuple[str, ...] = ()
    """Regular expressions that must all be found close by, where the number alone could be another's."""
    more: str | None = None
    """Expression of a further number of the same kind right behind: ", 8542.32"."""
    examples: tuple[tuple[str, str], ...]
    """Pairs of a text and the key found in it."""
    counterexamples: tuple[str, ...] = ()
    """Texts in which this pattern finds nothing."""


class Compiled(Settled):
    """A pattern ready for use."""

    model_config = {"arbitrary_types_allowed": True, "frozen": True}

    key: str
    languages: frozenset[str]
    expression: re.Pattern[str]
    near: tuple[re.Pattern[str], ...]
    more: re.Pattern[str] | None


class LegalDocuments(Settled):
    """The file of patterns."""

    part: dict[str, str]
    """Pieces of expressions that several patterns share."""
    pattern: tuple[Pattern, ...]

    @cached_property
    def compiled(self) -> tuple[Compiled, ...]:
        """The patterns, their parts filled in."""
        return tuple(
            Compiled(
                key=pattern.key,
                languages=frozenset(pattern.languages),
                expression=self._compile(pattern.expression),
                near=tuple(map(self._compile, pattern.near)),
                more=self._compile(pattern.more) if pattern.more else None,
            )
            for pattern in self.pattern
        )

    @model_validator(mode="after")
    def _expressions_fit(self) -> LegalDocuments:
        for number, pattern in enumerate(self.pattern, 1):
            where = f"pattern {number}, {pattern.key!r}"
            try:
                expression = self._compile(pattern.expression)
                further = [self._compile(text) for text in (*pattern.near, pattern.more) if text]
            except re.error as error:
                raise ValueError(f"{where}: no regular expression: {error}; mend it") from error
            except KeyError as error:
                raise ValueError(f"{where}: unknown part {error}; add it to [part] or mend its spelling") from error
            wanted = {name for _, name, _, _ in Formatter().parse(pattern.key) if name}
            given = set(expression.groupindex) | ({"year"} if "reiwa" in expression.groupindex else set())
            if missing := wanted - given:
                raise ValueError(f"{where}: the key needs {', '.join(sorted(missing))}, which no group of the expression gives")
            if pattern.more and wanted - set(further[-1].groupindex):
                raise ValueError(f"{where}: 'more' must give the same groups as the key needs")
        return self

    def _compile(self, expression: str) -> re.Pattern[str]:
        return re.compile(_PART.sub(lambda match: self.part[match[1]], expression), re.IGNORECASE)


@cache
def load_legal_documents(path: Path = CONFIG / "legal_documents.toml") -> LegalDocuments:
    """Read the patterns, once.

    Raises:
        ConfigError: the file does not fit; the message names the pattern and the mend.

    """
    return read_toml(path, LegalDocuments)
