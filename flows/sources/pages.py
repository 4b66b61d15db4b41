"""The page store: every page's bytes, kept under their digest, so that a better reader can read them again."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from datetime import datetime
from pathlib import Path

import zstandard

from models.records import Page

_LEVEL = 9
"""Zstandard level: a page of 200 kB takes 5 ms and shrinks to a sixth; higher levels gain little."""
_DIGEST = re.compile(r"[0-9a-f]{64}")


class DamagedPage(ValueError):
    """A kept page whose bytes are no longer those that were kept."""


class PageStore:
    """A folder of compressed pages, named by the SHA-256 of their bytes, each beside a small JSON file of where it came from.

    Files appear whole or not at all, so a crash leaves nothing half-written and two processes may keep the same page at once.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, page: Page) -> str:
        """Keep `page` and return its SHA-256; the same bytes are kept once, with the address they were first seen at."""
        sha256 = page.sha256
        content, facts = self._paths(sha256)
        if not content.exists():
            content.parent.mkdir(parents=True, exist_ok=True)
            _write(facts, json.dumps(_facts(page), ensure_ascii=False).encode())
            _write(content, zstandard.compress(page.content, _LEVEL))  # last, so that content without facts does not exist
        return sha256

    def get(self, sha256: str) -> bytes:
        """Return the bytes named `sha256`.

        Raises:
            KeyError: no such page is kept.
            DamagedPage: the file no longer holds those bytes.

        """
        path, _ = self._paths(sha256)
        try:
            content = zstandard.decompress(path.read_bytes())
        except FileNotFoundError:
            raise KeyError(sha256) from None
        except zstandard.ZstdError as error:
            raise DamagedPage(f"{path}: {error}; delete the file, the page is fetched again when its feed still lists it") from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise DamagedPage(
                f"{path}: other bytes than were kept; delete the file, the page is fetched again when its feed still lists it"
            )
        return content

    def page(self, sha256: str) -> Page:
        """Return the whole page named `sha256`, with its addresses, content type and time.

        Raises:
            KeyError: no such page is kept.
            DamagedPage: its files no longer hold what was kept.

        """
        content = self.get(sha256)
        _, path = self._paths(sha256)
        try:
            facts = json.loads(path.read_bytes())
            return Page(facts["url"], facts["final_url"], content, facts["content_type"], datetime.fromisoformat(facts["fetched_at"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise DamagedPage(f"{path}: {error!r}; delete this file and its neighbour {sha256}.zst") from error

    def __contains__(self, sha256: str) -> bool:
        return self._paths(sha256)[0].exists()

    def _paths(self, sha256: str) -> tuple[Path, Path]:
        if not _DIGEST.fullmatch(sha256):
            raise KeyError(sha256)
        folder = self._folder / sha256[:2]
        return folder / f"{sha256}.zst", folder / f"{sha256}.json"


def _facts(page: Page) -> dict[str, str | None]:
    return {
        "url": page.url,
        "final_url": page.final_url,
        "content_type": page.content_type,
        "fetched_at": page.fetched_at.isoformat(),
    }


def _write(path: Path, content: bytes) -> None:
    """Write a file that appears whole or not at all, even if the power fails."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
