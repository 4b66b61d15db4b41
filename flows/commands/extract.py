"""`tradewire extract`: read articles without a warehouse."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from flows.exits import Exit
from flows.options import reader_option
from models.records import Article, Rejection

if TYPE_CHECKING:
    from config.readers import ReaderKind
    from models.reading.reader import Reader

_STANDARD_INPUT = "-"


@click.command("extract")
@click.argument("files", nargs=-1, required=True, metavar="FILE... or -")
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="Day of publication of pages and texts that do not say.")
@reader_option
def command(files: tuple[str, ...], published: datetime | None, reader: ReaderKind | None) -> None:
    """Read pages (.html), texts (.txt) or articles (.jsonl with id, title, text, published) and print one JSON line an article.

    With "-" lines of JSON are read from standard input. What cannot be read is told on standard error; exit status 1 then.
    """
    failed = read = 0
    from config.settings import load_settings
    from models.reading.choosing import choose_reader

    chosen = choose_reader(load_settings().reader, reader)
    for row in rows_of(files, chosen, published.replace(tzinfo=UTC) if published else None):
        if isinstance(row, Rejection):
            failed += 1
            click.echo(f"{row.url}: {row.reason} {row.detail}".rstrip(), err=True)
        else:
            read += 1
            click.echo(json.dumps(row, ensure_ascii=False))
    if failed:
        raise click.exceptions.Exit(Exit.PARTLY if read else Exit.NOTHING)


def rows_of(files: tuple[str, ...], reader: Reader, published_at: datetime | None = None) -> Iterator[dict[str, Any] | Rejection]:
    """Yield what `reader` finds in each article of `files`, in the annotation format, and what of them is no article or cannot be read."""
    with asyncio.Runner() as runner:
        articles = _articles(files, published_at)
        while (article := runner.run(anext(articles, None))) is not None:
            yield article if isinstance(article, Rejection) else _row_of(article, reader)


def _row_of(article: Article, reader: Reader) -> dict[str, Any] | Rejection:
    from flows.readings import reading_of
    from models.evaluation.annotation import row_of

    reading = reading_of(article, reader)
    return reading if isinstance(reading, Rejection) else row_of(_name(article), article, reading)


def _name(article: Article) -> str:
    return Path(article.url).name if article.url.startswith("file:") else article.url


async def _articles(files: tuple[str, ...], published_at: datetime | None) -> AsyncIterator[Article | Rejection]:
    from config.settings import load_settings
    from flows.additions import read_additions
    from flows.sources.localfiles import LOCAL, read_lines

    for name in files:
        if name == _STANDARD_INPUT:
            for article in read_lines(sys.stdin.read(), "standard input", LOCAL, datetime.now(UTC)):
                yield article
        else:
            async for article in read_additions([name], load_settings(), published_at=published_at):
                yield article
