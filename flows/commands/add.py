"""`tradewire add`: bring pages, texts and articles of one's own into the timeline."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.exits import Exit
from flows.options import data_option, settings_with
from flows.summary import RunSummary
from models.records import Article, Batch, Reading, Rejection

if TYPE_CHECKING:
    from config.settings import Settings


@click.command("add")
@click.argument("names", nargs=-1, required=True, metavar="FILE-or-URL...")
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="Day of publication, believed in place of what the page says.")
@click.option("--url", help="Address of the article, for a single file.")
@data_option
def command(names: tuple[str, ...], published: datetime | None, url: str | None, data: Path | None) -> None:
    """Read pages (.html or an address), texts (.txt) or articles (.jsonl) into the timeline and show what they tell."""
    from flows.loading import only_run

    if url and len(names) > 1:
        raise click.UsageError("--url names one article; give one file with it")
    settings = settings_with(data)
    with only_run(settings.paths):
        summary, told = _add(names, settings, url, published.replace(tzinfo=UTC) if published else None)
    for article, reading in told:
        click.echo(_shown(article, reading))
    click.echo(summary.line(), err=True)
    for rejection in summary.rejections:
        click.echo(f"  {rejection.url}: {rejection.reason} {rejection.detail}".rstrip(), err=True)
    if summary.rejections:
        raise click.exceptions.Exit(Exit.PARTLY if told else Exit.NOTHING)


def _add(
    names: tuple[str, ...], settings: Settings, url: str | None, published_at: datetime | None
) -> tuple[RunSummary, list[tuple[Article, Reading]]]:
    """Read, load and publish; return what was done and what the articles tell."""
    from flows.loading import Loader
    from flows.readings import reading_of
    from models.reading.choosing import choose_reader
    from warehouse.runs import RunStatus
    from warehouse.store import LoadCounts

    reader = choose_reader(settings.reader)
    found = asyncio.run(_read(names, settings, url, published_at))
    read = [(item, reading_of(item, reader) if isinstance(item, Article) else item) for item in found]
    told = [(article, reading) for article, reading in read if isinstance(article, Article) and isinstance(reading, Reading)]
    rejections = [outcome for _, outcome in read if isinstance(outcome, Rejection)]
    loader = Loader(settings.paths, "add")
    counts = loader.load(Batch(tuple(told), tuple(rejections))) if found else LoadCounts()
    summary = RunSummary(
        pages=len(found),
        articles=len(told),
        relevant=sum(reading.relevant for _, reading in told),
        rejections=rejections,
        events_new=counts.events_new,
        events_changed=counts.events_changed,
        events=loader.publish(RunStatus.PARTIAL if rejections else RunStatus.DONE),
    )
    return summary, told


async def _read(names: tuple[str, ...], settings: Settings, url: str | None, published_at: datetime | None) -> list[Article | Rejection]:
    from flows.additions import read_additions

    return [article async for article in read_additions(names, settings, url=url, published_at=published_at)]


def _shown(article: Article, reading: Reading) -> str:
    from models.consolidation.titles import title_of

    lines = [f"{article.title}  [{article.language}]"]
    for mention in reading.mentions:
        line = title_of(
            instrument=mention.instrument, status=mention.status, issuers=mention.issuers, targets=mention.targets, items=mention.items,
            firms=mention.firms, rate_pct=mention.rate_pct, effective=mention.effective,
        )  # fmt: skip
        lines.append(f"  {mention.date or 'undated'}  {line}")
        lines += [f"      {evidence.span.quote}" for evidence in mention.evidence]
    return "\n".join(lines)
