"""Pages read in child processes that can be killed: a hostile page costs its deadline and no more."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import struct
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from config.settings import Extraction
from flows.sources.reading import Extracted
from models.records import Page, Rejected

_HOUSE = Path(__file__).parents[2]
_LENGTH = struct.Struct(">I")
_START_DEADLINE_S = 60.0
"""A child imports its libraries in about two seconds; a machine that needs a minute is broken."""
_PAGES_PER_CHILD = 500
"""After so many pages a child makes place for a fresh one: parsers leak."""
_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH")
"""What a child gets of our environment: no passwords, in case a page should take it over."""


MAY_PASS = frozenset({"too-slow", "too-big"})
"""Reasons that a machine under load causes too: such a page deserves another try."""


class ExtractionPool:
    """Child processes that read one page each at a time; use as `async with`.

    Children are started when first needed, replaced when killed, and ended with the pool.
    """

    def __init__(self, settings: Extraction) -> None:
        self._settings = settings
        self._idle: list[_Child] = []
        self._seats = asyncio.Semaphore(settings.workers)

    async def extract(self, page: Page, language: str | None = None) -> Extracted:
        """Return what `page` says; `language` (ISO 639-1) is what its source is known to be in.

        Raises:
            Rejected: "no-text" (less main text than the settings ask for), "not-html" (a PDF, an image), "too-slow" (past the
                deadline) or "too-big" (past the memory limit, or so built that the parser died).

        """
        async with self._seats:
            child = await self._child()
            answer = await self._ask(child, page, language)
        if answer is None:
            raise Rejected("extract", "not-html", page.url, page.content_type or "")
        extracted = Extracted.from_json(answer)
        if len(extracted.body) < self._settings.min_characters:
            raise Rejected("extract", "no-text", page.url, f"{len(extracted.body)} characters")
        return extracted

    async def _child(self) -> _Child:
        while self._idle:
            child = self._idle.pop()
            if child.alive:
                return child
            await child.end()
        return await _Child.start(self._settings)

    async def _ask(self, child: _Child, page: Page, language: str | None) -> dict[str, Any] | None:
        try:
            answer = await asyncio.wait_for(child.read(page, language), self._settings.deadline_s)
        except TimeoutError:
            raise Rejected("extract", "too-slow", page.url, f"more than {self._settings.deadline_s:g} s") from None
        except (asyncio.IncompleteReadError, ConnectionError):
            raise Rejected("extract", "too-big", page.url, f"child ended; limit {self._settings.memory_mb} MB") from None
        else:
            if child.pages < _PAGES_PER_CHILD and not answer["last"]:
                self._idle.append(child)
            page_read: dict[str, Any] | None = answer["page"]
            return page_read
        finally:
            if child not in self._idle:
                await child.end()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        while self._idle:
            await self._idle.pop().end()


class _Child:
    """One process that runs `extractor.main`."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.pages = 0

    @classmethod
    async def start(cls, settings: Extraction) -> _Child:
        """Start a child and wait until it is ready, so that its start does not count against a page's deadline."""
        environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "flows.sources.extractor", str(settings.memory_mb), str(settings.deadline_s)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=environment | {"PYTHONPATH": str(_HOUSE), "OPENBLAS_NUM_THREADS": "1", "PYTHONUTF8": "1"},
        )
        child = cls(process)
        try:
            await asyncio.wait_for(child._receive(), _START_DEADLINE_S)
        except (TimeoutError, asyncio.IncompleteReadError) as error:
            await child.end()
            raise RuntimeError(
                f"no page reader could be started; try: {sys.executable} -m flows.sources.extractor {settings.memory_mb} 10"
            ) from error
        except BaseException:
            await child.end()
            raise
        return child

    async def read(self, page: Page, language: str | None) -> dict[str, Any]:
        """Send a page and wait for its answer."""
        self.pages += 1
        header = {
            "url": page.url,
            "final_url": page.final_url,
            "content_type": page.content_type,
            "fetched_at": page.fetched_at.isoformat(),
            "language": language,
        }
        self._send(json.dumps(header).encode())
        self._send(page.content)
        stdin = self._process.stdin
        if stdin is not None:
            await stdin.drain()
        answer: dict[str, Any] = json.loads(await self._receive())
        return answer

    @property
    def alive(self) -> bool:
        """Whether the process still runs; the system may have killed it while it was idle."""
        return self._process.returncode is None

    async def end(self) -> None:
        """Kill the process, whatever it does, and wait until it is gone."""
        if self.alive:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._process.pid, signal.SIGKILL)  # asyncio's own kill may reap a dead child before its watcher does
        if self._process.stdin is not None:
            self._process.stdin.close()
        await self._process.wait()

    def _send(self, payload: bytes) -> None:
        if self._process.stdin is not None:
            self._process.stdin.write(_LENGTH.pack(len(payload)) + payload)

    async def _receive(self) -> bytes:
        stream = self._process.stdout
        if stream is None:
            raise ConnectionError("the child has no output")
        (length,) = _LENGTH.unpack(await stream.readexactly(_LENGTH.size))
        return await stream.readexactly(length)
