"""`tradewire evaluate`: how well the reader reads annotated articles."""

from __future__ import annotations

import math
from pathlib import Path

import click

from flows.options import format_options, print_rows

_SHOWN = ("articles", "relevance", "event", "event_p", "event_r", "timeline", "status", "date", "targets", "items")


@click.command("evaluate")
@click.argument("gold", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--pred",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Score this output of 'tradewire extract'; without it the reader reads the gold articles now.",
)
@click.option("--by", default="lang", show_default=True, help="Also one row per value of this key of the articles.")
@format_options
def command(gold: tuple[Path, ...], pred: Path | None, by: str, form: str | None) -> None:
    """Score readings of annotated articles (.jsonl) and print the figures, overall and by language.

    event: F1 of instrument and issuer right. timeline: F1 of events fit to publish (status, targets, items and date right too).
    """
    from models.evaluation.annotation import read_rows
    from models.evaluation.figures import evaluate

    annotated = read_rows(gold)
    predicted = read_rows([pred]) if pred else _read_now(gold)
    table = evaluate(annotated, predicted, by)
    shown = tuple(table["all"]) if form else _SHOWN
    print_rows(("group", *shown), [[name, *(_told(figures[column]) for column in shown)] for name, figures in table.items()], form)


def _told(figure: float) -> float | None:
    """A figure to three places; nothing where there was nothing to count."""
    return None if math.isnan(figure) else round(figure, 3)


def _read_now(gold: tuple[Path, ...]) -> dict[str, dict[str, object]]:
    from flows.commands.extract import rows_of
    from models.records import Rejection

    read = {}
    for row in rows_of(tuple(map(str, gold))):
        if isinstance(row, Rejection):
            click.echo(f"not read, counted as nothing found: {row.url}: {row.reason}", err=True)
        else:
            read[row["id"]] = row
    return read
