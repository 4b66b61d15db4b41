"""`tradewire evaluate`: how well readers read annotated articles, and whether they still do."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from flows.exits import Exit
from flows.options import KINDS, format_options
from flows.tables import as_csv, as_text

if TYPE_CHECKING:
    from config.readers import ReaderKind
    from models.evaluation.floors import Check, Floors
    from models.evaluation.report import Entry
    from models.evaluation.scorecard import Score, Scorecard

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_OF_ARTICLES = ("articles", "relevance", "event", "event_p", "event_r", "timeline", "status", "date", "targets", "items")
_OF_CLASSES = ("gold_events", "pred_events", "f1", "precision", "recall")


@click.command("evaluate")
@click.argument("gold", nargs=-1, required=True, type=_FILE)
@click.option("--reader", "readers", multiple=True, type=click.Choice(KINDS), help="Let this reader read now; may be given again.")
@click.option("--pred", "predictions", multiple=True, type=_FILE, help="Score this output of 'tradewire extract'; may be given again.")
@click.option("--by", default="lang", show_default=True, help="Also a table by this key of the articles.")
@click.option("--floors", type=click.Path(path_type=Path, dir_okay=False), help="Fail where a figure is below its floor in this file.")
@click.option("--pin", is_flag=True, help="Write the figures reached to --floors, where that lowers none.")
@click.option("--allow-lower", is_flag=True, help="Let --pin lower floors too.")
@click.option("--report", "page", type=click.Path(path_type=Path, dir_okay=False), help="Write everything, with examples, as Markdown.")
@format_options
def command(
    gold: tuple[Path, ...],
    readers: tuple[ReaderKind, ...],
    predictions: tuple[Path, ...],
    by: str,
    floors: Path | None,
    pin: bool,
    allow_lower: bool,
    page: Path | None,
    form: str | None,
) -> None:
    """Score readings of annotated articles (.jsonl), overall, by language, by instrument and by status.

    event: F1 of instrument and issuer right. timeline: F1 of events fit to publish (status, targets, items and date right too). JSON and
    CSV have all figures, with 95 % intervals. Without --reader and --pred the reader of the settings reads.

    Exit status: 0 done; 1 a figure is below its floor, or --pin would lower one; 2 the articles are not those that the floors belong to.
    """
    from models.evaluation.annotation import read_rows

    if (pin or allow_lower) and not floors:
        raise click.UsageError("--pin writes the file that --floors names; give it too")
    if floors and len(readers) + len(predictions) > 1:
        raise click.UsageError("floors belong to one reading; give one --reader or one --pred with --floors")
    annotated = read_rows(gold)
    entries = [_scored(prediction.stem, read_rows([prediction]), annotated, by) for prediction in predictions]
    entries += [_tried(kind, gold, annotated, by) for kind in readers or ((None,) if not predictions else ())]
    click.echo(_printed([entry.card for entry in entries], by, form))
    if page:
        _write_report(page, gold, annotated, entries)
    if floors:
        _pin(entries[0].card, gold, floors, lower=allow_lower) if pin else _hold(entries[0].card, gold, floors)


def _scored(name: str, rows: dict[str, Any], annotated: dict[str, Any], by: str) -> Entry:
    from models.evaluation.report import Entry
    from models.evaluation.scorecard import LANGUAGE, score

    return Entry(score(name, annotated, rows, tuple(dict.fromkeys((LANGUAGE, by)))), rows)


def _tried(kind: ReaderKind | None, gold: tuple[Path, ...], annotated: dict[str, Any], by: str) -> Entry:
    from dataclasses import replace

    from flows.trials import try_reader

    trial = try_reader(kind, tuple(map(str, gold)))
    for rejection in trial.rejections:
        click.echo(f"not read, counted as nothing found: {rejection.url}: {rejection.reason} {rejection.detail}".rstrip(), err=True)
    scored = _scored(trial.reader, trial.rows, annotated, by)
    return replace(scored, articles_per_second=trial.articles_per_second, peak_bytes=trial.peak_bytes)


def _printed(cards: list[Scorecard], by: str, form: str | None) -> str:
    if form == "json":
        return json.dumps([card.as_json() for card in cards], ensure_ascii=False, indent=1)
    if form == "csv":
        return as_csv(("reader", "by", "group", "figure", "value", "low", "high"), [row for card in cards for row in _flat(card)])
    return "\n\n".join(_tables(card, by) for card in cards)


def _flat(card: Scorecard) -> Iterator[tuple[Any, ...]]:
    for key, table in card.tables.items():
        for group, score in table.items():
            for name in score.values:
                low, high = score.bounds.get(name, (None, None))
                yield card.reader, key, group, name, score.told(name), low and round(low, 3), high and round(high, 3)


def _tables(card: Scorecard, by: str) -> str:
    from models.evaluation.scorecard import ALL, CLASSES

    articles = {**card.tables[ALL], **card.tables[by]}
    parts = [
        _table(card.reader, _OF_ARTICLES, articles),
        _intervals(card),
        *(_table(key, _OF_CLASSES, card.tables[key]) for key in CLASSES),
    ]
    return "\n\n".join([*parts, _confusion(card)])


def _table(title: str, columns: tuple[str, ...], scores: Mapping[str, Score]) -> str:
    return as_text((title, *columns), [(name, *map(score.told, columns)) for name, score in scores.items()])


def _intervals(card: Scorecard) -> str:
    bounds = {name: card.overall.bounds[name] for name in _OF_ARTICLES if name in card.overall.bounds}
    return as_text(("95 % intervals", *bounds), [("over all", *(f"{low:.3f}–{high:.3f}" for low, high in bounds.values()))])


def _confusion(card: Scorecard) -> str:
    from config.taxonomy import load_taxonomy

    statuses = [status for status in load_taxonomy().statuses if any(status in pair for pair in card.confusion)]
    rows = [[annotated, *(card.confusion[annotated, read] or None for read in statuses)] for annotated in statuses]
    return as_text(("annotated, read as", *statuses), rows)


def _write_report(page: Path, gold: tuple[Path, ...], annotated: dict[str, Any], entries: list[Entry]) -> None:
    from models.evaluation.floors import sha256_of
    from models.evaluation.report import Gold, report

    named = ", ".join(path.name for path in gold)
    page.write_text(report(Gold(named, sha256_of(gold), annotated), entries), encoding="utf-8")
    click.echo(f"written: {page}", err=True)


def _hold(card: Scorecard, gold: tuple[Path, ...], path: Path) -> None:
    from models.evaluation.floors import check, read_floors, sha256_of

    checks = check(card, read_floors(path), sha256_of(gold))
    broken = [one for one in checks if not one.holds]
    if broken:
        click.echo(f"{len(broken)} of {len(checks)} figures are below their floor in {path}:\n{_compared(broken)}", err=True)
        raise click.exceptions.Exit(Exit.PARTLY)
    click.echo(f"all {len(checks)} figures hold their floors", err=True)


def _pin(card: Scorecard, gold: tuple[Path, ...], path: Path, *, lower: bool) -> None:
    from models.evaluation.floors import pin, read_floors, sha256_of, write_floors

    before: Floors | None = read_floors(path) if path.exists() else None
    floors, lowered = pin(card, sha256_of(gold), before)
    if lowered and not lower:
        told = f"not pinned, for {len(lowered)} floors would be lowered:\n{_compared(lowered)}"
        click.echo(f"{told}\nmend the reader, or give --allow-lower and say why in the commit", err=True)
        raise click.exceptions.Exit(Exit.PARTLY)
    write_floors(path, floors)
    click.echo(f"{len(floors.floors)} floors pinned in {path}", err=True)


def _compared(checks: list[Check]) -> str:
    rows = [(one.figure, one.floor, None if one.value is None else round(one.value, 3)) for one in checks]
    return as_text(("figure", "floor", "now"), rows)
