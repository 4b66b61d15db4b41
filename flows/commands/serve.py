"""`tradewire serve`: keep the timeline up to date and mail the digest, on the schedules of settings.toml."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.options import data_option, settings_with

if TYPE_CHECKING:
    from config.settings import Settings


@click.command("serve")
@click.option(
    "--feeds",
    "feeds_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Watch the feeds of this file instead of config/feeds.toml.",
)
@data_option
def command(feeds_file: Path | None, data: Path | None) -> None:
    """Run the schedules until stopped: ingest every so often, the digest each morning.

    A Prefect server is started on loopback for them; nothing is reported to anybody.
    """
    from flows.prefect_server import running, settle_environment

    settings = settings_with(data)
    home = settings.paths.data / "prefect"
    settle_environment(home)
    with running(home) as address:
        os.environ["PREFECT_API_URL"] = address
        click.echo(
            f"schedules run: ingest every {settings.schedule.ingest_every_min} min, digest at {settings.schedule.digest_at} "
            f"({settings.schedule.timezone}); Prefect at {address}; stop with Ctrl-C",
            err=True,
        )
        _serve(settings, feeds_file)


def _serve(settings: Settings, feeds_file: Path | None) -> None:
    from prefect import serve
    from prefect.types.entrypoint import EntrypointType

    from flows.schedules import digest, ingest

    folder = str(settings.paths.data.absolute())
    every = timedelta(minutes=settings.schedule.ingest_every_min)
    hour, minute = settings.schedule.digest_at.split(":")
    ingests = ingest.to_deployment(
        "ingest", interval=every, parameters={"data": folder, "feeds_file": str(feeds_file.absolute()) if feeds_file else None},
        entrypoint_type=EntrypointType.MODULE_PATH, concurrency_limit=1,
    )  # fmt: skip
    digests = digest.to_deployment(
        "digest", schedule=_daily(int(hour), int(minute), settings.schedule.timezone), parameters={"data": folder},
        entrypoint_type=EntrypointType.MODULE_PATH, concurrency_limit=1,
    )  # fmt: skip
    # Without recipients there is nobody to mail to: the digest waits until the settings name some.
    serve(*((ingests, digests) if settings.digest.recipients else (ingests,)))


def _daily(hour: int, minute: int, timezone: str):  # type: ignore[no-untyped-def]
    from prefect.schedules import Cron

    return Cron(f"{minute} {hour} * * *", timezone=timezone)
