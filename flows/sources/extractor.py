"""The child process that reads pages for `extraction.ExtractionPool`: frames in on standard input, frames out on standard output.

A frame is its length in four bytes, big-endian, and that many bytes. In come, a page at a time, a JSON header and the page's bytes;
out goes JSON: "ready" once, then one answer a page, which says whether it is the child's last.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import struct
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from models.records import Page

_LENGTH = struct.Struct(">I")
_FULL = 0.7
"""Share of the memory limit from which on a child is taken to have met it, and makes place for a fresh one."""
OUT_OF_MEMORY = 77
"""Exit status of a child that its memory limit stopped."""


def write_frame(stream: BinaryIO, payload: bytes) -> None:
    """Write one frame."""
    stream.write(_LENGTH.pack(len(payload)) + payload)
    stream.flush()


def read_frame(stream: BinaryIO) -> bytes | None:
    """Read one frame; None when the other side is gone."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    payload = stream.read(_LENGTH.unpack(head)[0])
    return payload if len(payload) == _LENGTH.unpack(head)[0] else None


def main() -> None:
    """Read pages until standard input ends; die by signal when a page takes longer than the deadline."""
    memory_mb, deadline_s = int(sys.argv[1]), float(sys.argv[2])
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not stand between the frames
    _limit(memory_mb)
    _warm_up()
    write_frame(answers, json.dumps("ready").encode())
    while (header := read_frame(sys.stdin.buffer)) is not None and (content := read_frame(sys.stdin.buffer)) is not None:
        signal.setitimer(signal.ITIMER_REAL, 2 * deadline_s)  # should the parent be dead, nobody else ends this
        answer = _answer(json.loads(header), content)
        last = _peak_mb() > _FULL * memory_mb
        if last and not (answer and answer["body"]):
            os._exit(OUT_OF_MEMORY)  # a library caught the failed allocation and told of no text
        write_frame(answers, json.dumps({"page": answer, "last": last}).encode())
        signal.setitimer(signal.ITIMER_REAL, 0)


def _answer(header: dict[str, Any], content: bytes) -> dict[str, Any] | None:
    from flows.sources.reading import read_page

    page = Page(header["url"], header["final_url"], content, header["content_type"], datetime.fromisoformat(header["fetched_at"]))
    try:
        extracted = read_page(page, header["language"])
    except (MemoryError, RecursionError):
        os._exit(OUT_OF_MEMORY)
    return extracted.to_json() if extracted else None


def _peak_mb() -> float:
    """Most address space this process has had, which is what the limit counts; 0 where the system does not tell."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmPeak")), 0.0)


def _limit(memory_mb: int) -> None:
    size = memory_mb * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _warm_up() -> None:
    """Import and load what the first page would otherwise wait for."""
    import logging

    from flows.sources.reading import read_page

    logging.disable(logging.CRITICAL)  # libraries log every broken tag of every page
    now = datetime.fromisoformat("2026-01-01T00:00:00+00:00")
    sample = b"<html><body><article><p>" + "Die Regierung erhöht die Zölle auf Stahl. ".encode() * 20 + b"</p></article></body></html>"
    read_page(Page("https://example.org/a", "https://example.org/a", sample, "text/html", now))


if __name__ == "__main__":
    main()
