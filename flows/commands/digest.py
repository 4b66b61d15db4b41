"""`tradewire digest`: what a reader must be told today, on the screen, in a file or by mail."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.exits import Exit
from flows.options import data_option, settings_with

if TYPE_CHECKING:
    from config.settings import Settings
    from flows.digest.edition import Addresses
    from flows.digest.posting import Posted
    from flows.digest.records import Digest

_FORMS = (".html", ".txt", ".eml")


def _known_form(ctx: click.Context, parameter: click.Parameter, path: Path | None) -> Path | None:
    if path is not None and path.suffix.lower() not in _FORMS:
        raise click.BadParameter(f"{path.name!r}: end the name in one of {', '.join(_FORMS)}", ctx, parameter)
    return path


@click.command("digest")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="What became known on that day (UTC), not since the last digest.")
@click.option(
    "--preview", type=click.Path(path_type=Path, dir_okay=False), callback=_known_form, help="Write it to this .html, .txt or .eml file."
)
@click.option("--send", is_flag=True, help="Mail it to the recipients of settings.toml who do not have it yet.")
@click.option("--again", is_flag=True, help="With --send: mail it also to those who have it, or may have it.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@data_option
def command(day: datetime | None, preview: Path | None, send: bool, again: bool, as_json: bool, data: Path | None) -> None:
    """Tell what changed on the timeline since the last digest, or in the last 24 hours when none was sent.

    \b
    tradewire digest --day 2025-03-01
    tradewire digest --preview digest.html
    tradewire digest --send
    """
    from flows.digest.edition import make_digest, read_addresses, window_for

    if again and not send:
        raise click.UsageError("--again goes with --send")
    settings = settings_with(data)
    addresses = read_addresses(settings.digest)
    now = datetime.now(UTC)
    if day and day.date() > now.date():
        raise click.BadParameter(f"{day:%Y-%m-%d} has not begun", param_hint="--day")
    digest = make_digest(settings, window_for(settings, day and day.date(), now, to_send=send), addresses)
    if preview:
        _write(preview, digest, addresses)
    posted = _send(digest, settings, addresses, again=again) if send else []
    if as_json:
        _print_json(digest, posted)
    elif not (preview or send):
        from flows.digest.rendering import as_text

        click.echo(as_text(digest), nl=False)
    if any(told.failed for told in posted):
        raise click.exceptions.Exit(Exit.NOTHING if all(told.failed for told in posted) else Exit.PARTLY)


def _write(path: Path, digest: Digest, addresses: Addresses) -> None:
    from flows.digest.edition import as_mail
    from flows.digest.rendering import as_html, as_text

    form = path.suffix.lower()
    try:
        if form == ".eml":
            path.write_bytes(as_mail(digest, addresses))
        else:
            path.write_text(as_html(digest) if form == ".html" else as_text(digest), encoding="utf-8")
    except OSError as error:
        raise click.BadParameter(f"cannot be written: {error}", param_hint="--preview") from error
    click.echo(f"written: {path}", err=True)


def _send(digest: Digest, settings: Settings, addresses: Addresses, *, again: bool) -> list[Posted]:
    """Mail the digest and tell on stderr what became of each mail."""
    from flows.digest.edition import send_digest
    from flows.digest.mailserver import PostError
    from flows.digest.message import LeakError

    try:
        posted = send_digest(digest, settings, addresses, again=again)
    except (PostError, LeakError) as error:
        click.echo(f"mail: {error}", err=True)
        raise click.exceptions.Exit(Exit.NOTHING) from error
    for told in posted:
        click.echo(f"{told.recipient}: {told.outcome}{f' ({told.reason})' if told.reason else ''}", err=True)
    return posted


def _print_json(digest: Digest, posted: Sequence[Posted]) -> None:
    told = asdict(digest) | {"posted": [asdict(each) for each in posted]}
    click.echo(json.dumps(told, ensure_ascii=False, indent=1, default=str))
