"""The bytes of an answer, decoded within a bound.

Only gzip is asked for, and it is undone here rather than by the HTTP library: so the bound holds for every chunk, and no other
coding can get at a decoder that was never asked for.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from flows.sources.failures import NeverGood, TryAgain

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Iterable

_GZIP = 16 + zlib.MAX_WBITS
"""zlib's way of saying "with a gzip header"."""


def is_gzip(codings: Iterable[str], url: str) -> bool:
    """Whether an answer with these `Content-Encoding` headers is gzip; False means it is plain.

    Raises:
        NeverGood: another coding, which nobody asked for, or several on top of one another.

    """
    named = [coding.strip().lower() for line in codings for coding in line.split(",")]
    real = [coding for coding in named if coding not in {"", "identity"}]
    if not real:
        return False
    if real in (["gzip"], ["x-gzip"]):
        return True
    raise NeverGood("bad-encoding", url, f"answered in {', '.join(real)[:80]!r}, we asked for gzip")


async def read_bounded(chunks: AsyncIterable[bytes], *, gzip: bool, limit: int, url: str) -> bytes:
    """Read all of `chunks` into at most `limit` bytes, before and after decoding.

    Raises:
        NeverGood: more than `limit` bytes, or no gzip where gzip was said.
        TryAgain: the gzip stream ends too early.

    """
    received, content, inflater = 0, bytearray(), _Inflater(limit, url)
    async for chunk in chunks:
        received += len(chunk)
        # Counted before decoding too: a stream of empty gzip blocks never grows, yet never ends.
        if received > limit:
            raise NeverGood("too-large", url, f"more than {limit} bytes")
        if gzip:
            inflater.feed(chunk)
        else:
            content += chunk
    return inflater.finish() if gzip and received else bytes(content)


class _Inflater:
    """Undoes gzip, one or several members in a row (RFC 1952), within a bound."""

    def __init__(self, limit: int, url: str) -> None:
        self._limit, self._url = limit, url
        self._member = zlib.decompressobj(_GZIP)
        self._content = bytearray()
        self._members = 0

    def feed(self, data: bytes) -> None:
        while data:
            if self._member.eof:
                self._members += 1
                self._member = zlib.decompressobj(_GZIP)
            try:
                self._content += self._member.decompress(data, self._limit - len(self._content) + 1)
            except zlib.error as error:
                if self._members:  # padding behind a whole member is common, and harmless
                    return
                raise NeverGood("bad-encoding", self._url, str(error)) from error
            if len(self._content) > self._limit:
                raise NeverGood("too-large", self._url, f"more than {self._limit} bytes once decoded")
            data = self._member.unused_data

    def finish(self) -> bytes:
        if not self._member.eof and not self._members:
            raise TryAgain("cut-off", self._url, "the gzip stream ends too early")
        return bytes(self._content)
