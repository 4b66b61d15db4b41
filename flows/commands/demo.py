"""`tradewire demo`: see it work."""

from __future__ import annotations

from pathlib import Path

import click

from flows.options import settings_with

_SHOWN_EVENTS = 15


@click.command("demo")
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("data/demo"),
    show_default=True,
    help="Folder of the demo's warehouse.",
)
def command(data: Path) -> None:
    """Run the whole pipeline on the bundled sample newsroom.

    A web server on loopback serves feeds and pages in seventeen languages; they are fetched, read and loaded by the code that serves
    live feeds. Running it again adds nothing.
    """
    from flows.demo.demonstration import demonstrate
    from flows.loading import only_run
    from flows.progress import progress
    from models.reading.choosing import choose_reader

    settings = settings_with(data)
    with only_run(settings.paths), progress() as report:
        summary = demonstrate(settings, choose_reader(settings.reader), report)
    click.echo(summary.line(), err=True)
    if summary.feed_failures:
        click.echo("feeds that failed (one of the sample is broken on purpose):\n" + summary.failures(), err=True)
    _show_timeline(settings.paths.timeline)
    click.echo(_next_steps(data))


def _show_timeline(path: Path) -> None:
    from contextlib import closing

    from flows.commands.timeline import table_of
    from warehouse.database import open_published
    from warehouse.queries import query

    everything = dict.fromkeys(("since", "until", "issuer", "target", "item", "instrument", "status", "as_of"))
    with closing(open_published(path)) as con:
        rows = query(con, "timeline", **everything)
    best = sorted(rows, key=lambda row: (-row["owner_count"], row["event_date"] is None, row["event_date"]))[:_SHOWN_EVENTS]
    click.echo(f"The {len(best)} best corroborated of {len(rows)} events, in {path}:")
    click.echo(table_of(sorted(best, key=lambda row: str(row["event_date"]))))


def _next_steps(data: Path) -> str:
    steps = (
        "tradewire timeline --item gallium",
        'tradewire sql "select owner_count, title from timeline order by all desc limit 10"',
        "tradewire digest --preview digest.html",
    )
    return "\n".join(["", "Look closer:", *(f"  {step} --data {data}" for step in steps)])
