"""`tradewire run`: poll the configured feeds once."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from flows.options import data_option, settings_with


@click.command("run")
@click.option(
    "--feeds",
    "feeds_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Watch the feeds of this file instead of config/feeds.toml.",
)
@click.option("--feed", "only", multiple=True, metavar="ID", help="Only this feed (may be given more than once).")
@data_option
def command(feeds_file: Path | None, only: tuple[str, ...], data: Path | None) -> None:
    """Poll the feeds once and bring the timeline up to date.

    Feeds that cannot be reached are reported, the rest go on. Exit status: 0 all answered, 1 some did not, 3 none did.
    """
    from config.feeds import load_feeds
    from flows.ingest import ingest
    from flows.loading import only_run
    from flows.progress import progress
    from models.reading.choosing import choose_reader

    settings = settings_with(data)
    feeds = load_feeds(feeds_file) if feeds_file else load_feeds()
    if only:
        _refuse_unknown(only, tuple(feed.id for feed in feeds))
        feeds = tuple(feed for feed in feeds if feed.id in only)
    with only_run(settings.paths), progress() as report:
        summary = asyncio.run(ingest(feeds, settings, choose_reader(settings.reader), report))
    click.echo(summary.line(), err=True)
    if summary.feed_failures:
        click.echo("feeds that failed:\n" + summary.failures(), err=True)
    if summary.unread:
        click.echo("articles not read yet:\n" + summary.troubles(), err=True)
    raise click.exceptions.Exit(summary.exit)


def _refuse_unknown(asked: tuple[str, ...], known: tuple[str, ...]) -> None:
    from flows.cli import nearest

    for feed in asked:
        if feed not in known:
            raise click.BadParameter(f"no feed {feed!r}. {nearest(feed, known)}", param_hint="--feed")
