"""`tradewire sql`: an analyst's own question to the published timeline."""

from __future__ import annotations

from pathlib import Path

import click

from flows.exits import Exit
from flows.options import data_option, format_options, print_rows, settings_with


@click.command("sql")
@click.argument("statement")
@click.option(
    "--timeout", "timeout_s", type=click.FloatRange(min=0.1), default=30.0, show_default=True, help="Stop after this many seconds."
)
@click.option("--max-rows", type=click.IntRange(min=1), default=10_000, show_default=True, help="Print at most this many rows.")
@format_options
@data_option
def command(statement: str, timeout_s: float, max_rows: int, form: str | None, data: Path | None) -> None:
    """Ask the published timeline in SQL; it can be neither changed nor left.

    \b
    tradewire sql "select event_date, title from timeline limit 10"
    tradewire sql "from events_on('gallium')"
    tradewire sql "describe timeline"
    """
    from warehouse.queries import QueryError, run_readonly

    try:
        answer = run_readonly(settings_with(data).paths.timeline, statement, timeout_s, max_rows)
    except QueryError as error:
        raise click.UsageError(str(error)) from error
    print_rows(answer.columns, answer.rows, form)
    if answer.is_truncated:
        click.echo(f"only the first {max_rows} rows are shown; narrow the query down or give --max-rows", err=True)
        raise click.exceptions.Exit(Exit.PARTLY)
