"""`tradewire timeline`: the timeline as a readable table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from flows.options import data_option, format_options, print_rows, settings_with
from flows.tables import as_svg, as_text

_SHOWN = ("date", "who", "whom", "what", "stage", "items", "rate", "effective", "voices", "sure", "event")


def _one_of(part: str) -> Callable[[click.Context, click.Parameter, str | None], str | None]:
    """Check that a value is in the taxonomy, and suggest the nearest one where it is not."""

    def check(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
        from config.taxonomy import load_taxonomy
        from flows.cli import nearest

        known = tuple(getattr(load_taxonomy(), part))
        if value is not None and value not in known:
            raise click.BadParameter(f"{value!r} is unknown. {nearest(value, known)}", ctx, parameter)
        return value

    return check


@click.command("timeline")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Events from this day on.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Events up to this day.")
@click.option("--issuer", help="Who acts: ISO code, or EU, G7, WTO, NATO.")
@click.option("--target", help="Against whom: ISO code, or '*' for measures against all.")
@click.option("--item", callback=_one_of("items"), help="What it is about, such as gallium or ai_chips.")
@click.option("--instrument", callback=_one_of("instruments"), help="Kind of measure, such as export_control.")
@click.option("--status", callback=_one_of("statuses"), help="Stage, such as announced or in_force.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]), help="The timeline as it stood then (UTC).")
@click.option("--limit", type=click.IntRange(min=1), help="Only the newest so many.")
@click.option("--svg", type=click.Path(path_type=Path, dir_okay=False), help="Also write a picture of the table to this file.")
@format_options
@data_option
def command(
    since: datetime | None, until: datetime | None, issuer: str | None, target: str | None, item: str | None, instrument: str | None,
    status: str | None, as_of: datetime | None, limit: int | None, svg: Path | None, form: str | None, data: Path | None,
) -> None:  # fmt: skip
    """Show the timeline, newest first."""
    from warehouse.database import open_published
    from warehouse.queries import query

    with closing(open_published(settings_with(data).paths.timeline)) as con:
        rows = query(
            con, "timeline", since=since and since.date(), until=until and until.date(), issuer=issuer and issuer.upper(),
            target=target and target.upper(), item=item, instrument=instrument, status=status, as_of=as_of and as_of.replace(tzinfo=UTC),
        )[:limit]  # fmt: skip
    if svg:
        _draw(svg, rows)
    if form:
        print_rows(list(rows[0]) if rows else _SHOWN, [list(row.values()) for row in rows], form)
    else:
        click.echo(table_of(rows))


def _draw(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    try:
        path.write_text(as_svg(_SHOWN, [_line(row) for row in rows], "tradewire timeline"), encoding="utf-8")
    except OSError as error:
        raise click.BadParameter(f"{path} cannot be written: {error.strerror}", param_hint="--svg") from error


def table_of(rows: Sequence[dict[str, Any]]) -> str:
    """Return rows of the timeline as a table for reading."""
    return as_text(_SHOWN, [_line(row) for row in rows])


def _line(row: dict[str, Any]) -> tuple[Any, ...]:
    from config.taxonomy import load_taxonomy

    labels = load_taxonomy()
    return (
        _told(row["event_date"], row["event_date_precision"]),
        row["issuers"],
        row["targets"],
        labels.instruments[row["instrument"]].label,
        labels.statuses[row["status"]].label,
        [item.replace("_", " ") for item in row["items"]],
        f"{row['rate_pct']:g}%" if row["rate_pct"] is not None else "",
        _told(row["effective_date"], row["effective_date_precision"]),
        row["owner_count"],
        f"{row['confidence']:.2f}",
        row["event_id"][:8],
    )


def _told(day: date | None, precision: str | None) -> str:
    from models.consolidation.days import written

    return "" if day is None else written(day, precision)
