"""What can go wrong when a source is asked: worth another try, or never good."""

from __future__ import annotations

import errno

import aiohttp

from models.records import Rejection


class FetchError(Exception):
    """An address that was not fetched; the subclasses say whether to ask again."""

    retryable = True
    """Whether the same request may succeed later."""

    def __init__(self, reason: str, url: str, detail: str = "", *, retry_after: float | None = None) -> None:
        super().__init__(f"{reason}: {url} {detail}".rstrip())
        self.reason = reason
        """Short and countable, such as "timeout" or "http-404"."""
        self.url = url
        self.detail = detail
        self.retry_after = retry_after
        """Seconds that the server asks us to wait; None when it does not say."""

    @property
    def rejection(self) -> Rejection:
        """The record of this failure, for the warehouse to count."""
        return Rejection("fetch", self.reason, self.url, self.detail)


class TryAgain(FetchError):
    """The network or the server failed; later it may not."""


class NeverGood(FetchError):
    """The same request would fail again: gone, too large, or refused by us."""

    retryable = False


def failure_of(error: Exception, url: str) -> FetchError:
    """Say what an exchange that aiohttp gave up on means; the detail is in the library's own words."""
    detail = str(error)[:300]
    if isinstance(error, aiohttp.ClientConnectorCertificateError | aiohttp.ClientConnectorSSLError):
        return TryAgain("bad-certificate", url, detail)
    if isinstance(error, aiohttp.ClientConnectorError) and error.os_error.errno == errno.EACCES:
        return NeverGood("refused-address", url, detail)
    if isinstance(error, aiohttp.ClientConnectorError):
        return TryAgain("unreachable", url, detail)
    if isinstance(error, aiohttp.InvalidURL | ValueError):
        return NeverGood("refused-url", url, detail)
    if isinstance(error, aiohttp.ClientResponseError):
        return TryAgain("bad-answer", url, detail)
    return TryAgain("cut-off", url, detail or type(error).__name__)
