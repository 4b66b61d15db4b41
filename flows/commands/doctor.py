"""`tradewire doctor`: is everything fit to run, and if not, what to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from config.errors import ConfigError
from flows.exits import Exit
from flows.options import data_option, format_options, print_rows, settings_with

if TYPE_CHECKING:
    from flows.checkup.findings import Finding


@click.command("doctor")
@format_options
@data_option
def command(form: str | None, data: Path | None) -> None:
    """Check configuration, mail, disk, feeds, warehouse, published timeline and clock; say how to mend what is amiss.

    Exit status 0 when nothing failed (warnings may remain), 1 otherwise.
    """
    from flows.checkup.findings import State

    findings = list(findings_of(data, datetime.now(UTC)))
    print_rows(("check", "state", "found", "mend"), [(one.check, one.state.value, one.found, one.mend) for one in findings], form)
    if any(one.state is State.FAIL for one in findings):
        raise click.exceptions.Exit(Exit.PARTLY)


def findings_of(data: Path | None, now: datetime) -> Iterator[Finding]:
    """Run the checks, those that need the settings only if these can be read."""
    from flows.checkup import stores, surroundings

    yield from surroundings.check_configuration(surroundings.configuration_parts())
    yield surroundings.check_mail()
    try:
        settings = settings_with(data)
    except ConfigError:
        return
    paths = settings.paths
    yield surroundings.check_disk(paths)
    yield stores.check_sources(settings)
    yield stores.check_warehouse(paths.warehouse)
    yield stores.check_published(paths.timeline, now)
    yield surroundings.check_clock(now, stores.newest_fetch(paths.timeline))
