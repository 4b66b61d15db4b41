"""One event whole, as a text to read: its fields, the evidence, the links to other events, and what was held before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from flows.digest.strangers import one_line, safe_link
from flows.digest.wording import (
    MOST_NAMES,
    SHORT_ID,
    headline_of,
    instrument_label,
    language_of,
    line_of,
    listed,
    status_label,
    told_date,
)

Row = dict[str, Any]
_WHOLE = "event"
"""The evidence field of words that tell the event as a whole."""


def as_text(row: Row, titles: Mapping[str, str]) -> str:
    """Return the event `row` of the query show_event as text; `titles` has a line for each event that it links to."""
    headline = headline_of(row)
    blocks = [
        "\n".join([headline, "=" * len(headline)]),
        "\n".join(_fields(row)),
        _block("Evidence", [line for words in row["evidence"] or () for line in _evidence(words)]),
        _block("Links", [line for link in row["links"] or () for line in _link(link, row["event_id"], titles)]),
        _block("Versions", [_version(version) for version in row["history"] or ()]),
    ]
    return "\n\n".join(block for block in blocks if block)


def _fields(row: Row) -> Iterator[str]:
    yield f"Event: {row['event_id']} (measure {row['measure_id']})"
    for label, value in line_of(row, None).facts:
        if label != "Event":
            yield f"{label}: {value}"
    yield f"Instrument: {instrument_label(row['instrument'])} ({row['instrument']})"
    if row["hs_codes"]:
        yield f"HS 2022: {', '.join(row['hs_codes'])}"
    for label, names in (("All items", row["items"]), ("All firms", row["firms"]), ("All targets", row["targets"])):
        if len(names) > MOST_NAMES:
            yield f"{label}: {', '.join(map(one_line, names))}"
    yield f"Articles: {row['article_count']}, in {listed([language_of(code).name for code in row['languages']])}"
    yield f"First seen: {_moment(row['first_seen_at'])}; last seen: {_moment(row['last_seen_at'])}"


def _evidence(words: Row) -> Iterator[str]:
    carried = "" if words["field"] == _WHOLE else f", carries {words['field'].replace('_', ' ')}"
    published = words["published_at"]
    source = [one_line(words["publisher"]), published and published.date().isoformat(), language_of(words["language"]).name]
    yield f'* "{one_line(words["quote"])}"'
    yield f"  {', '.join(part for part in source if part)}{carried}"
    yield f"  {safe_link(words['url']) or 'address not shown: it is no plain web address'}"


def _link(link: Row, event_id: str, titles: Mapping[str, str]) -> Iterator[str]:
    """Tell a link from this event's side."""
    is_from = link["from_event"] == event_id
    other = link["to_event"] if is_from else link["from_event"]
    kind = link["kind"].replace("_", " ")
    yield f"* this event {kind} {other[:SHORT_ID]}" if is_from else f"* {other[:SHORT_ID]} {kind} this event"
    yield f"  {one_line(titles.get(other, ''))}".rstrip()
    yield f'  "{one_line(link["quote"])}"'


def _version(version: Row) -> str:
    until = f"to {_moment(version['known_to'])}" if version["known_to"] else "until now"
    held = [
        status_label(version["status"]),
        f"date {told_date(version['event_date'], version['event_date_precision'])}",
        f"effective {told_date(version['effective_date'], version['effective_date_precision'])}" if version["effective_date"] else "",
        f"rate {version['rate_pct']:g}%" if version["rate_pct"] is not None else "",
        f"voices {version['owner_count']}",
    ]
    return f"* {_moment(version['known_from'])} {until}: {', '.join(part for part in held if part)}"


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _block(title: str, lines: list[str]) -> str:
    return "\n".join([title, "-" * len(title), *lines]) if lines else ""
