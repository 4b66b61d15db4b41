"""Checks of what tradewire stands on: configuration, Python's mail, disk and clock.

Each looks at one thing, which is passed in, so that a test can show it the broken thing.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from config.errors import ConfigError
from flows.checkup.findings import Finding, State

if TYPE_CHECKING:
    from email.message import EmailMessage

    from config.settings import Paths

SPARE_BYTES = 200_000_000
"""Room beyond the published copy: a day's pages, the write-ahead log, the fetch state."""
SKEW = timedelta(minutes=10)
"""How far clocks of well-kept machines may be apart."""
EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)
"""No release is older, so no right clock tells an earlier time."""
_HOSTILE_SUBJECT = "=?utf-8?q?tariffs=0D=0ABcc:_stranger@example.com?="


def check_configuration(parts: dict[str, Callable[[], object]]) -> Iterator[Finding]:
    """Load every part of the configuration; yield one finding a part that does not load, or one for all that do."""
    broken = False
    for name, load in parts.items():
        try:
            load()
        except ConfigError as error:
            broken = True
            yield Finding(f"configuration: {name}", State.FAIL, str(error), "mend the file as the message says")
    if not broken:
        yield Finding("configuration", State.OK, f"{len(parts)} parts load")


def configuration_parts() -> dict[str, Callable[[], object]]:
    """Return the loader of every part of the configuration, by name."""
    from config.cleaning import load_frame
    from config.consolidation import load_consolidation
    from config.dates import load_date_words, load_dates
    from config.feeds import load_feeds
    from config.gazetteer import load_gazetteer
    from config.languages import load_languages
    from config.legal_documents import load_legal_documents
    from config.mappings import load_mappings
    from config.networks import load_networks
    from config.reading import load_reading
    from config.settings import load_settings
    from config.taxonomy import load_taxonomy
    from config.tracking import load_tracking
    from config.vocabulary import load_vocabulary

    def vocabularies() -> None:
        for language in sorted(load_languages().read):
            load_vocabulary(language)
            load_date_words(language)

    return {
        "settings": load_settings, "feeds": load_feeds, "taxonomy": load_taxonomy, "gazetteer": load_gazetteer,
        "languages": load_languages, "vocabulary": vocabularies, "reading": load_reading, "dates": load_dates,
        "legal documents": load_legal_documents, "mappings": load_mappings, "cleaning": load_frame,
        "networks": load_networks, "tracking": load_tracking, "consolidation": load_consolidation,
    }  # fmt: skip


def check_mail(serialise: Callable[[EmailMessage], bytes] = bytes) -> Finding:
    """Serialise a subject that hides a line break and look whether it became a header of its own (CVE-2024-6923).

    A version number would not tell: distributions mend old versions.
    """
    from email import message_from_bytes
    from email.errors import MessageError
    from email.message import EmailMessage

    message = EmailMessage()
    message["Subject"] = _HOSTILE_SUBJECT
    message.set_content("x")
    try:
        leaks = message_from_bytes(serialise(message))["Bcc"] is not None
    except MessageError:
        leaks = False
    if leaks:
        version = ".".join(map(str, sys.version_info[:3]))
        mend = "update Python (3.11.10, 3.12.5, 3.13 or later); until then look at what you send"
        return Finding("mail headers", State.WARN, f"Python {version} lets a hostile subject add headers to a mail", mend)
    return Finding("mail headers", State.OK, "a hostile subject stays a subject")


def check_disk(paths: Paths, free_bytes: Callable[[Path], int] | None = None) -> Finding:
    """Look whether there is room to publish: a whole second copy of the warehouse, and some to spare."""
    there = next(folder for folder in (paths.data, *paths.data.absolute().parents) if folder.exists())
    free = free_bytes(there) if free_bytes else shutil.disk_usage(there).free
    copy = paths.warehouse.stat().st_size if paths.warehouse.exists() else 0
    found = f"{free / 1e9:.1f} GB free at {there}; publishing needs {(copy + SPARE_BYTES) / 1e9:.1f} GB"
    if free < copy + SPARE_BYTES:
        return Finding("disk", State.FAIL, found, "make room, or name a folder on another disk with --data or TRADEWIRE_DATA")
    if free < 3 * (copy + SPARE_BYTES):
        return Finding("disk", State.WARN, found, "make room before it runs out; the oldest files in pages/ can go")
    return Finding("disk", State.OK, found)


def check_clock(now: datetime, newest_fetch: datetime | None) -> Finding:
    """Look whether the clock fits what was fetched; a clock that stands back would put history out of order."""
    told = f"{now:%Y-%m-%d %H:%M} UTC"
    if now < EARLIEST:
        return Finding("clock", State.FAIL, f"it tells {told}, before this release was made", "set the clock, best by NTP")
    if newest_fetch and now < newest_fetch - SKEW:
        found = f"it tells {told}, but an article was fetched at {newest_fetch:%Y-%m-%d %H:%M}"
        return Finding("clock", State.FAIL, found, "set the clock, best by NTP; if it was ahead when fetching, wait or load anew")
    return Finding("clock", State.OK, told)
