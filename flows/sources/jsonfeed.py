"""JSON Feed 1.0 and 1.1 (jsonfeed.org)."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flows.sources.rawentries import RawEntry

if TYPE_CHECKING:
    from collections.abc import Iterator


def read_json(text: str, most: int) -> Iterator[RawEntry]:
    """Give the first `most` items of a JSON Feed; what is no item is passed over.

    Raises:
        ValueError: the text is no JSON, or no JSON Feed.

    """
    try:
        document = json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    match document:
        case {"items": list(items)}:
            return (_entry(item) for item in items[:most] if isinstance(item, dict))
    raise ValueError("no list of items")


def _entry(item: dict[str, Any]) -> RawEntry:
    summary = _string(item, "summary") or _string(item, "content_text") or _string(item, "content_html")
    return RawEntry(
        link=_string(item, "url") or _string(item, "external_url") or _string(item, "id"),
        title=_string(item, "title") or summary,
        summary=summary,
        published_at=_moment(_string(item, "date_published")),
        updated_at=_moment(_string(item, "date_modified")),
    )


def _string(item: dict[str, Any], key: str) -> str:
    value = item.get(key)
    return value if isinstance(value, str) else ""


def _moment(text: str) -> datetime | None:
    """RFC 3339; without an offset it is taken as UTC, as feeds mostly mean."""
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
