"""The accuracy of one or several readers on the same articles, as a page of Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from config.taxonomy import load_taxonomy
from models.evaluation.annotation import Row
from models.evaluation.examples import Fault, choose, failures
from models.evaluation.scorecard import CLASSES, LANGUAGE, Score, Scorecard

_EXAMPLES = 2
"""Of each fault of each instrument."""
_LONGEST_QUOTE = 240
_OVERALL = ("relevance", "event", "event_p", "event_r", "timeline", "status", "date", "targets", "items", "evidence")
_OF_LANGUAGE = ("event", "event_p", "event_r", "timeline", "status", "date")
_OF_CLASS = ("f1", "precision", "recall")
_HEADINGS = {LANGUAGE: "By language", "instrument": "By instrument", "status": "By status"}
_EXPLAINED = """\
*Relevance*: F1 of whether an article tells any policy action. *Event*: F1 of events with instrument and issuer right (*event_p*,
*event_r*: precision, recall). *Timeline*: F1 of events fit to publish, which have the status, every target, most items and the date
right too. *Status*, *date*, *evidence*: share of matched events that have it right; *targets*, *items*: F1 over their members. An event
of a status is right when it is matched and the status is. In brackets the 95 % interval by bootstrap over articles (1,000 draws): a
figure of few articles or events says little.
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One reader in the report."""

    card: Scorecard
    rows: Mapping[str, Row]
    articles_per_second: float | None = None
    """None where the reading was made elsewhere."""
    peak_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Gold:
    """What the readers are measured on."""

    name: str
    sha256: str
    rows: Mapping[str, Row]


def report(gold: Gold, entries: Sequence[Entry]) -> str:
    """Return the whole page."""
    events = sum(len(row["events"]) for row in gold.rows.values())
    measured_on = f"{len(gold.rows):,} annotated articles with {events:,} events (`{gold.name}`, sha256 `{gold.sha256[:16]}…`)"
    parts = [
        "# Accuracy",
        f"Made by `tradewire evaluate --report` on {measured_on}. Not to be edited by hand.",
        _EXPLAINED.rstrip(),
        "## Readers side by side",
        _side_by_side(entries),
    ]
    for entry in entries:
        parts += _chapter(gold, entry)
    return "\n\n".join(parts) + "\n"


def _side_by_side(entries: Sequence[Entry]) -> str:
    header = ("reader", *_OVERALL, "articles/s", "peak memory")
    rows = [
        (
            entry.card.reader,
            *(_figure(entry.card.overall, name) for name in _OVERALL),
            "" if entry.articles_per_second is None else f"{entry.articles_per_second:.3g}",
            "" if entry.peak_bytes is None else f"{entry.peak_bytes / 1e6:.0f} MB",
        )
        for entry in entries
    ]
    return _table(header, rows)


def _chapter(gold: Gold, entry: Entry) -> list[str]:
    parts = [f"## {entry.card.reader}"]
    for key, heading in _HEADINGS.items():
        columns = _OF_CLASS if key in CLASSES else _OF_LANGUAGE
        header = (key, *(("annotated", "read") if key in CLASSES else ("articles", "events")), *columns)
        parts += [f"### {heading}", _table(header, [_row(key, name, score, columns) for name, score in entry.card.tables[key].items()])]
    return [*parts, "### Statuses taken for one another", _confusion(entry.card), "### Where it fails", *_failures(gold, entry)]


def _row(key: str, name: str, score: Score, columns: Iterable[str]) -> tuple[str, ...]:
    sizes = ("gold_events", "pred_events") if key in CLASSES else ("articles", "gold_events")
    return (name, *(f"{score.values[size]:,.0f}" for size in sizes), *(_figure(score, column) for column in columns))


def _confusion(card: Scorecard) -> str:
    """Rows are annotated, columns read; only matched events are counted."""
    statuses = [status for status in load_taxonomy().statuses if any(status in pair for pair in card.confusion)]
    rows = [
        (f"**{annotated}**", *(str(card.confusion[annotated, read] or "") for read in statuses), str(_total(card, annotated)))
        for annotated in statuses
    ]
    return _table(("annotated ↓ read →", *statuses, "all"), rows)


def _total(card: Scorecard, annotated: str) -> int:
    return sum(times for (status, _), times in card.confusion.items() if status == annotated)


def _failures(gold: Gold, entry: Entry) -> list[str]:
    chosen = choose(failures(gold.rows, entry.rows), _EXAMPLES)
    parts = []
    for instrument in sorted(chosen):
        lines = [
            f"- {fault}, `{failure.article}`: {failure.told}\n  {_quoted(failure.quote)}"
            for fault in Fault
            for failure in chosen[instrument].get(fault, [])
        ]
        parts.append(f"**{instrument}**\n\n" + "\n".join(lines))
    return parts or ["Nowhere."]


def _quoted(quote: str) -> str:
    """The quote in one line, cut where it is long, with nothing left that Markdown or HTML would take for its own."""
    line = " ".join(quote.split())
    cut = line if len(line) <= _LONGEST_QUOTE else line[:_LONGEST_QUOTE].rstrip() + " …"
    return "> " + "".join(f"\\{letter}" if letter in "\\`*_[]<>#|" else letter for letter in cut) if cut else "> (no evidence)"


def _figure(score: Score, name: str) -> str:
    value = score.told(name)
    if value is None:
        return "–"
    low, high = score.bounds.get(name, (None, None))
    return f"{value:.3f}" if low is None or high is None else f"{value:.3f} ({low:.2f}–{high:.2f})"


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---", *["---:"] * (len(header) - 1)], *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
