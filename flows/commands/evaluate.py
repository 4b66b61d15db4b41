"""`tradewire evaluate`: how well the reader reads annotated articles."""

from __future__ import annotations

import json
from pathlib import Path

import click

from flows.options import print_rows

_SHOWN = ("articles", "relevance", "event", "event_p", "event_r", "timeline", "status", "date", "targets", "items")


@click.command("evaluate")
@click.argument("gold", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--pred",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Score this output of 'tradewire extract'; without it the reader reads the gold articles now.",
)
@click.option("--by", default="lang", show_default=True, help="Also one row per value of this key of the articles.")
@click.option("--json", "form", flag_value="json", help="Print all figures as JSON.")
def command(gold: tuple[Path, ...], pred: Path | None, by: str, form: str | None) -> None:
    """Score readings of annotated articles (.jsonl) and print the figures, overall and by language.

    event: F1 of instrument and issuer right. timeline: F1 of events fit to publish (status, targets, items and date right too).
    """
    from models.evaluation.annotation import read_rows
    from models.evaluation.figures import evaluate

    annotated = read_rows(gold)
    predicted = read_rows([pred]) if pred else _read_now(gold)
    table = evaluate(annotated, predicted, by)
    if form:
        click.echo(json.dumps(table, indent=1))
        return
    rows = [
        [name, *(f"{figures[column]:g}" if column == "articles" else f"{figures[column]:.3f}" for column in _SHOWN)]
        for name, figures in table.items()
    ]
    print_rows(("", *_SHOWN), rows, None)


def _read_now(gold: tuple[Path, ...]) -> dict[str, dict[str, object]]:
    from flows.commands.extract import rows_of
    from models.records import Rejection

    return {row["id"]: row for row in rows_of(tuple(map(str, gold))) if not isinstance(row, Rejection)}
