"""`tradewire feeds`: what is watched, and how each source has been doing."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from flows.exits import Exit
from flows.options import data_option, format_options, print_rows, settings_with

if TYPE_CHECKING:
    from config.feeds import Feed
    from config.settings import Settings
    from flows.sources.remembered import Health

_COLUMNS = ("feed", "publisher", "owner", "country", "language", "kind", "failures", "last_success", "next_poll", "url")
_SHOWN = ("feed", "publisher", "country", "language", "kind", "health", "last_success", "next_poll")


@click.command("feeds")
@click.option("--language", help="Only feeds in this language, such as zh.")
@click.option("--failing", is_flag=True, help="Only feeds whose last try failed.")
@format_options
@data_option
def command(language: str | None, failing: bool, form: str | None, data: Path | None) -> None:
    """List the configured feeds with their health: failures in a row, the last success, and when a failing feed is asked again."""
    from config.feeds import load_feeds

    feeds = [feed for feed in load_feeds() if language in {None, feed.language}]
    healths = _healths(feeds, settings_with(data))
    known = [(feed, health) for feed, health in zip(feeds, healths, strict=True) if health.failures or not failing]
    if form:
        print_rows(_COLUMNS, [_record(feed, health) for feed, health in known], form)
    else:
        print_rows(_SHOWN, [_line(feed, health) for feed, health in known], form)
        click.echo(f"{len(known)} feeds, {sum(health.failures > 0 for _, health in known)} failing", err=True)


def _healths(feeds: Sequence[Feed], settings: Settings) -> list[Health]:
    """Health of each feed; without a state file, which only a run makes, all are well and never asked."""
    from flows.sources.remembered import Health
    from flows.sources.state import FetchState, StateError

    path = settings.paths.fetch_state
    if not path.exists():
        return [Health()] * len(feeds)
    try:
        with closing(FetchState(path, settings.fetching)) as state:
            return [state.health(feed.id) for feed in feeds]
    except StateError as error:
        click.echo(str(error), err=True)
        raise click.exceptions.Exit(Exit.NOTHING) from error


def _record(feed: Feed, health: Health) -> tuple[Any, ...]:
    return (
        feed.id, feed.publisher, feed.owner, feed.country, feed.language, feed.kind,
        health.failures, health.last_success_at, health.next_poll_at, feed.url,
    )  # fmt: skip


def _line(feed: Feed, health: Health) -> tuple[Any, ...]:
    return (
        feed.id, feed.publisher, feed.country, feed.language, feed.kind,
        told_health(health), health.last_success_at, health.next_poll_at,
    )  # fmt: skip


def told_health(health: Health) -> str:
    """Return the feed's state in a word or two."""
    if health.failures:
        return f"failed {health.failures}x"
    return "well" if health.last_success_at else "not asked yet"
