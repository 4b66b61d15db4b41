"""Links as strangers write them, made absolute, harmless and alike for one article."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urljoin

from yarl import URL

from config.tracking import Tracking, load_tracking

LONGEST_LINK = 2048
"""Characters; what is longer is no article's address (and few servers take it)."""


_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def clean_link(link: str, base: str = "") -> str | None:
    """Return `link` as an absolute http(s) address without fragment and tracking parameters; None when it is no such address.

    The order and the spelling of the remaining parameters stay: to some servers they matter.
    """
    link = link.strip()
    if not link or len(link) > LONGEST_LINK:
        return None
    try:
        # A link with a scheme stands alone: joined to a base, "http://" would become the base itself.
        url = URL(link if _SCHEME.match(link) else urljoin(base, link))
        if url.scheme not in {"http", "https"} or not url.raw_host or url.raw_user is not None or url.raw_password is not None:
            return None
        cleaned = str(url.with_fragment(None) if not url.raw_query_string else _without_tracking(url))
    except ValueError:  # yarl and urllib: not an address at all
        return None
    return cleaned if len(cleaned) <= LONGEST_LINK else None


def _without_tracking(url: URL) -> URL:
    tracking = _tracking()
    kept = [part for part in url.raw_query_string.split("&") if not tracking.tracks(part.partition("=")[0])]
    return URL.build(
        scheme=url.scheme,
        host=url.raw_host or "",
        port=url.explicit_port,
        path=url.raw_path,
        query_string="&".join(kept),
        encoded=True,
    )


@cache
def _tracking() -> Tracking:
    return load_tracking()
