"""Checks of what tradewire keeps: the memory of sources, the warehouse, the published timeline."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from config.errors import ConfigError
from flows.checkup.findings import Finding, State

if TYPE_CHECKING:
    from config.settings import Settings

STALE = timedelta(days=7)
"""Without an article for so long, feeds or schedule have stopped."""


def check_sources(settings: Settings) -> Finding:
    """Look whether the memory of sources can be read, and how many feeds are failing."""
    from config.feeds import load_feeds
    from flows.sources.state import FetchState, StateError

    path = settings.paths.fetch_state
    if not path.exists():
        return Finding("feeds", State.WARN, f"{path}: no feed was asked yet", "run 'tradewire run'")
    try:
        feeds = load_feeds()
        with closing(FetchState(path, settings.fetching)) as state:
            failing = sum(state.health(feed.id).failures > 0 for feed in feeds)
    except StateError as error:
        return Finding("feeds", State.FAIL, str(error), f"move {path} away and run 'tradewire run'")
    except ConfigError:
        return Finding("feeds", State.FAIL, "feeds.toml does not load", "see 'configuration: feeds'")
    found = f"{failing} of {len(feeds)} feeds failed when asked last"
    if failing > len(feeds) / 2:
        return Finding("feeds", State.WARN, found, "look at 'tradewire feeds --failing' and at the network")
    return Finding("feeds", State.OK, found)


def check_warehouse(path: Path) -> Finding:
    """Open the warehouse, bringing its tables up to date as a run would, and look for rows that must not be."""
    from warehouse.database import WarehouseBusyError, WarehouseError, open_warehouse
    from warehouse.publication import find_faults

    if not path.exists():
        return Finding("warehouse", State.WARN, f"{path}: not there yet", "run 'tradewire run' or 'tradewire demo'")
    try:
        with closing(open_warehouse(path)) as con:
            faults = find_faults(con)
    except WarehouseBusyError as error:
        return Finding("warehouse", State.WARN, str(error), "look again when that process is done")
    except WarehouseError as error:
        return Finding("warehouse", State.FAIL, str(error), "do as the message says; the published timeline is not touched by this")
    if faults:
        found = "; ".join(f"{fault.check} ({fault.purpose}): {len(fault.rows)} rows" for fault in faults)
        return Finding("warehouse", State.FAIL, found, f"keep a copy of {path.name} and report it: nothing is published until it is mended")
    if aside := sorted(path.parent.glob(f"{path.name}.wal.damaged-*")):
        found = f"sound, but a damaged log was put aside: {aside[-1].name}"
        return Finding("warehouse", State.WARN, found, "run 'tradewire run', which does the lost step anew; then delete the log")
    return Finding("warehouse", State.OK, "opens, and all its checks pass")


def check_published(path: Path, now: datetime) -> Finding:
    """Look whether readers can ask the published timeline, and whether it still grows."""
    from warehouse.database import WarehouseError
    from warehouse.queries import run_readonly

    try:
        ((events,),) = run_readonly(path, "select count(*) from timeline").rows
    except WarehouseError as error:
        state = State.FAIL if path.exists() else State.WARN
        return Finding("published timeline", state, str(error), "run 'tradewire run', which publishes it anew")
    newest = newest_fetch(path)
    found = f"{events} events, newest article fetched {newest:%Y-%m-%d %H:%M} UTC" if newest else f"{events} events, no article yet"
    if newest is None or now - newest > STALE:
        return Finding(
            "published timeline", State.WARN, found, "run 'tradewire run'; if it runs already, look at 'tradewire feeds --failing'"
        )
    return Finding("published timeline", State.OK, found)


def newest_fetch(path: Path) -> datetime | None:
    """Return when the newest article of the published file was fetched, in UTC; None when that cannot be told."""
    from warehouse.database import WarehouseError
    from warehouse.queries import run_readonly

    try:
        ((newest,),) = run_readonly(path, "select max(fetched_at) from article").rows
    except WarehouseError:
        return None
    return newest if isinstance(newest, datetime) else None
