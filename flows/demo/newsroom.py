"""The bundled sample newsroom: sites, their feeds and pages, as files."""

from __future__ import annotations

from pathlib import Path

from pydantic import PositiveInt

from config.feeds import Feed, Kind
from config.files import Settled, read_toml

NEWSROOM = Path(__file__).parent / "newsroom"


class SiteFeed(Settled):
    """A feed of a site, as a file."""

    id: str
    path: str
    file: str
    edition: PositiveInt = 1
    content_type: str | None = None


class SitePage(Settled):
    """A page of a site, as a file. A page of a later edition takes the place of the earlier one at its path."""

    path: str
    file: str | None = None
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    edition: PositiveInt = 1


class Site(Settled):
    """One invented publisher."""

    host: str
    publisher: str
    owner: str
    country: str
    language: str
    kind: Kind
    feed: tuple[SiteFeed, ...]
    page: tuple[SitePage, ...]

    @property
    def parts(self) -> tuple[SiteFeed | SitePage, ...]:
        """Feeds and pages: all that is served."""
        return (*self.feed, *self.page)


def load_sites(newsroom: Path = NEWSROOM) -> dict[Path, Site]:
    """Read all sites of the newsroom, by their folder.

    Raises:
        ConfigError: a site's description does not fit.

    """
    return {path.parent: read_toml(path, Site) for path in sorted(newsroom.glob("sites/*/site.toml"))}


def feeds_of(sites: dict[Path, Site], address: str) -> tuple[Feed, ...]:
    """Return the sites' feeds as configuration of feeds that one's own server at `address` ("host:port") serves."""
    return tuple(
        Feed(
            id=feed.id,
            url=f"http://{site.host}{feed.path}",
            publisher=site.publisher,
            owner=site.owner,
            country=site.country,
            language=site.language,
            kind=site.kind,
            local=True,
            dial=address,
        )
        for site in sites.values()
        for feed in site.feed
        if feed.edition == 1
    )


def editions_of(sites: dict[Path, Site]) -> int:
    """Return how many editions the newsroom has."""
    return max(part.edition for site in sites.values() for part in site.parts)
