"""Rows of an answer as a person or a program reads them: an aligned table, CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from datetime import date, datetime
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

_WIDEST_CELL = 60
_FONT = re.compile(r"\s*@font-face \{.*?\}|\s*<!--.*?-->", re.DOTALL)
"""The picture must not ask anybody's server for a font."""
_NO_TERMINAL = 200
"""Columns of a table that goes to a file or a pipe."""


def as_text(columns: Sequence[str], rows: Sequence[Sequence[Any]], *, width: int | None = None) -> str:
    """Return an aligned table; `width` in characters, None for the terminal's."""
    return _printed(columns, rows, width or get_terminal_size((_NO_TERMINAL, 1)).columns).export_text().rstrip()


def as_svg(columns: Sequence[str], rows: Sequence[Sequence[Any]], title: str, *, width: int = 150) -> str:
    """Return a picture of the table, as a terminal of `width` characters shows it, headed by `title`."""
    return _FONT.sub("", _printed(columns, rows, width).export_svg(title=title)).replace("Fira Code, monospace", "monospace")


def _printed(columns: Sequence[str], rows: Sequence[Sequence[Any]], width: int) -> Console:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold", max_width=_WIDEST_CELL)
    for row in rows:
        # Text, not markup: what strangers wrote must not colour the terminal
        table.add_row(*(Text(_cell(value)) for value in row))
    console = Console(file=io.StringIO(), width=width, record=True)
    console.print(table)
    return console


def as_csv(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Return CSV with a header line; lists are joined by "; "."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().rstrip("\n")


def as_json(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Return a JSON list with one object a row."""
    return json.dumps([dict(zip(columns, row, strict=True)) for row in rows], ensure_ascii=False, indent=1, default=_plain)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "; ".join(_cell(part) for part in value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return "".join(letter if letter.isprintable() else " " for letter in str(value))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
