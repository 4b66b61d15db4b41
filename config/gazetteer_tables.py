"""Tables of the gazetteer: one entry a line, one column a language, forms apart by "|"; for the many entries that need no comment."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from config.errors import ConfigError
from config.languages import load_languages
from config.names import ANY

if TYPE_CHECKING:
    from pathlib import Path

    from config.files import Settled

APART = "|"
COMMENT = "#"


def read_table(path: Path, shape: type[Settled]) -> tuple[Settled, ...]:
    """Read the CSV file at `path` as one `shape` a line; lines that begin with "#" are comments, the first other one is the header.

    The column "entry" is the id ("id" is Indonesian), columns of languages become its names, empty cells are left out.

    Raises:
        ConfigError: the file is missing or a line does not fit; the line is named.

    """
    languages = {*load_languages().read, ANY}
    entries = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in (reader := csv.DictReader(line for line in file if not line.startswith(COMMENT))):
            try:
                entries.append(shape.model_validate(_nested(row, languages)))
            except ValidationError as error:
                faults = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
                raise ConfigError(f"{path}:{reader.line_num}: {faults}") from error
    return tuple(entries)


def _nested(row: dict[str, str], languages: set[str]) -> dict[str, Any]:
    """The cells of a row, those of languages gathered under `names`."""
    plain = {column: cell for column, cell in row.items() if cell and column not in {*languages, "entry"}}
    names = {column: tuple(cell.split(APART)) for column, cell in row.items() if cell and column in languages}
    return {**plain, "id": row.get("entry"), "names": names}
