"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from flows.tables import as_csv, as_json, as_text

if TYPE_CHECKING:
    from config.settings import Settings

KINDS = ("rules", "llm")
"""The readers there are; `config.readers.ReaderKind`, without paying for its import."""

Function = TypeVar("Function", bound=Callable[..., Any])


def data_option(function: Function) -> Function:
    """Add `--data`, the folder of the warehouse."""
    return click.option(
        "--data", type=click.Path(path_type=Path, file_okay=False), help="Folder of the warehouse (default: settings.toml, TRADEWIRE_DATA)."
    )(function)


def reader_option(function: Function) -> Function:
    """Add `--reader`, the kind of reader."""
    return click.option("--reader", type=click.Choice(KINDS), help="Read with this reader (default: reader.kind of settings.toml).")(
        function
    )


def format_options(function: Function) -> Function:
    """Add `--json` and `--csv`."""
    function = click.option("--csv", "form", flag_value="csv", help="Print CSV.")(function)
    return click.option("--json", "form", flag_value="json", help="Print JSON.")(function)


def settings_with(data: Path | None) -> Settings:
    """Return the settings, with the data folder that the command line names."""
    from config.settings import load_settings

    settings = load_settings()
    return settings.with_data(data) if data else settings


def print_rows(columns: Sequence[str], rows: Sequence[Sequence[Any]], form: str | None) -> None:
    """Print rows in the form asked for: None is a table."""
    write = {"json": as_json, "csv": as_csv}.get(form or "", as_text)
    click.echo(write(columns, rows))
