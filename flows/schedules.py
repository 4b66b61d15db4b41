"""The flows that Prefect runs on a schedule: thin skins over the functions that the command line calls.

Only the network is tried again; what is loaded or sent is idempotent, but a failure there is a fault to be seen, not to be repeated.
Prefect finds them by module path, so that `flows/` itself never lands on the import path.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from prefect import Task, flow, get_run_logger, task
from prefect.client.schemas.objects import State, TaskRun
from prefect.runtime import task_run

from config.feeds import Feed, load_feeds
from config.settings import Settings, load_settings
from flows.ingest import bring_in, run_status
from flows.loading import Loader, only_run
from flows.summary import RunSummary
from models.reading.choosing import choose_reader
from warehouse.runs import RunStatus


class NothingReached(RuntimeError):
    """Not one feed answered: the network is down, or we are cut off."""


@flow(name="ingest")
async def ingest(data: str, feeds_file: str | None = None) -> str:
    """Poll the feeds, load what is new and publish the timeline in the folder `data`; return the run's summary line."""
    settings = load_settings().with_data(Path(data))
    feeds = load_feeds(Path(feeds_file)) if feeds_file else load_feeds()
    with only_run(settings.paths):
        loader = Loader(settings.paths, "serve", feeds)
        summary = await fetch_and_load(feeds, settings, loader)
        summary.events = await publish(loader, run_status(summary))
    get_run_logger().info(summary.line())
    return summary.line()


async def _was_unreached(_task: Task[..., object], _run: TaskRun, state: State[object]) -> bool:
    """Whether a failure is worth another try: only that nobody answered is."""
    return isinstance(await state.aresult(raise_on_failure=False), NothingReached)


@task(retries=2, retry_delay_seconds=[30, 120], retry_condition_fn=_was_unreached)
async def fetch_and_load(feeds: tuple[Feed, ...], settings: Settings, loader: Loader) -> RunSummary:
    """Bring in what is new; when no feed at all answers, try again."""
    again = (task_run.run_count or 1) > 1
    summary = await bring_in(feeds, settings, choose_reader(settings.reader), loader, lambda _what, _done, _of: None, insist=again)
    if summary.feed_failures and not summary.feeds_ok:
        raise NothingReached(
            f"none of {len(summary.feed_failures)} feeds answered; the first: {summary.failures().splitlines()[0].strip()}"
        )
    return summary


@task
async def publish(loader: Loader, status: RunStatus) -> int | None:
    """Check the warehouse and put its copy in the readers' place."""
    return await asyncio.to_thread(loader.publish, status)


@flow(name="digest")
def digest(data: str) -> str:
    """Mail the digest of what changed since the last one to the recipients of the settings; return who got it."""
    from datetime import UTC, datetime

    from flows.digest.edition import make_digest, read_addresses, send_digest, window_for

    settings = load_settings().with_data(Path(data))
    addresses = read_addresses(settings.digest)
    window = window_for(settings, None, datetime.now(UTC), to_send=True)
    posted = send_digest(make_digest(settings, window, addresses), settings, addresses)
    told = "; ".join(str(one) for one in posted)
    get_run_logger().info(told)
    return told
