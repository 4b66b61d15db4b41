"""Which reader reads: the one place that knows them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from config.readers import Reader as ReaderSettings
    from config.readers import ReaderKind
    from models.reading.reader import Reader


def choose_reader(settings: ReaderSettings, kind: ReaderKind | None = None) -> Reader:
    """Return a new reader of `kind`, by default the one that the settings name; a reader with a budget has it for one run.

    Raises:
        ConfigError: what the reader needs, such as a key, is not in order.

    """
    match kind or settings.kind:
        case "rules":
            from models.reading.reader import RuleReader

            return RuleReader()
        case "llm":
            from models.llm.reader import LanguageModelReader

            return LanguageModelReader(settings.llm)
