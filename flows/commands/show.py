"""`tradewire show`: one event whole, with the words that tell it and what we held of it before."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from flows.digest.strangers import one_line
from flows.options import data_option, settings_with

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MOST_LISTED = 10


@click.command("show")
@click.argument("event")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@data_option
def command(event: str, as_json: bool, data: Path | None) -> None:
    """Show one event: its fields, the evidence in its own words, its links, and its earlier versions.

    EVENT is an event id, or its first characters, as 'tradewire timeline' prints them.
    """
    from flows.digest.dossier import as_text
    from warehouse.database import open_published
    from warehouse.queries import query

    with closing(open_published(settings_with(data).paths.timeline)) as con:
        (found,) = query(con, "show_event", event_id=_whole_id(con, event.strip().lower()))
        row = _with_zones(found)
        ends = {end for link in row["links"] or () for end in (link["from_event"], link["to_event"])}
        titles = {each["event_id"]: each["title"] for end in ends for each in query(con, "matching_events", prefix=end)}
    click.echo(json.dumps(row, ensure_ascii=False, indent=1, default=_iso) if as_json else as_text(row, titles))


def _whole_id(con: DuckDBPyConnection, prefix: str) -> str:
    """Return the id of the one event that `prefix` begins; tell the reader what to do where there is none, or more than one."""
    from warehouse.queries import query

    matches = query(con, "matching_events", prefix=prefix) if prefix else []
    held = [row for row in matches if row["is_held"]]
    if len(held) == 1:
        return str(held[0]["event_id"])
    if held:
        told = [f"  {row['event_id']}  {one_line(row['title'])}" for row in held[:_MOST_LISTED]]
        more = [f"  and {len(held) - _MOST_LISTED} more"] if len(held) > _MOST_LISTED else []
        raise click.UsageError("\n".join([f"{prefix!r} begins the ids of {len(held)} events; give more characters:", *told, *more]))
    if matches:
        raise click.UsageError(_told_gone(matches[0]))
    raise click.UsageError(f"no event's id begins with {prefix!r}; 'tradewire timeline' lists the ids in its last column")


def _told_gone(event: dict[str, Any]) -> str:
    before = event["withdrawn_at"] - timedelta(seconds=1)
    return (
        f"no article tells event {event['event_id']} any more ({one_line(event['title'])}); it was withdrawn at "
        f"{event['withdrawn_at']:%Y-%m-%d %H:%M:%S} UTC. See it in: tradewire timeline --as-of {before:%Y-%m-%dT%H:%M:%S}"
    )


def _with_zones(value: Any) -> Any:
    """Say of every time within lists and structures that it is UTC."""
    from warehouse.staging import aware_utc

    if isinstance(value, dict):
        return {key: _with_zones(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_with_zones(part) for part in value]
    return aware_utc(value) if isinstance(value, datetime) and value.tzinfo is None else value


def _iso(value: date) -> str:
    return value.isoformat()
