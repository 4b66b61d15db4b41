"""Addresses that are to be asked for, as strangers write them."""

from __future__ import annotations

from yarl import URL

from flows.sources.failures import NeverGood


def host_header(url: URL) -> str:
    """Return what the Host header of a request for `url` says."""
    host = f"[{url.raw_host}]" if ":" in (url.raw_host or "") else url.raw_host or ""
    return f"{host}:{url.explicit_port}" if url.explicit_port else host


def parse_target(address: str, asked: str) -> URL:
    """Return `address` as a URL that may be asked for, on behalf of the address `asked`.

    Raises:
        NeverGood: not http or https, no host, or with a name or password in it.

    """
    try:
        url = URL(address)
    except ValueError as error:
        raise NeverGood("refused-url", asked, f"{address[:200]!r}: {error}") from error
    if url.scheme not in {"http", "https"} or not url.raw_host or url.port == 0:
        raise NeverGood("refused-url", asked, f"{address[:200]!r} is no http or https address")
    if url.raw_user is not None or url.raw_password is not None:
        # Failures are kept and shown: the secret must not be in them.
        named = str(url.with_user(None)) if address == asked else asked
        raise NeverGood("refused-url", named, "an address must not carry a name or password")
    return url.with_fragment(None)


def redirect_target(asked: str, here: URL, location: str) -> URL:
    """Return where a `Location` header, sent by `here`, leads.

    Raises:
        NeverGood: nowhere that may be asked.

    """
    try:
        return parse_target(str(here.join(URL(location))), asked)
    except ValueError as error:
        raise NeverGood("refused-redirect", asked, f"to {location[:200]!r}: {error}") from error
