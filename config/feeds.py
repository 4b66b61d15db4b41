"""The feeds we watch and who publishes them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from config.files import CONFIG, Settled, read_toml

Kind = Literal["wire", "newspaper", "business press", "trade press", "ministry", "gazette", "agency notice", "broadcaster"]


class Feed(Settled):
    """One list of links: an RSS, Atom or JSON feed, or an official notice page (`form = "page"`)."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    url: Annotated[str, Field(pattern=r"^https?://\S+$")]
    publisher: str
    owner: str
    """Who owns the publisher; corroboration counts owners."""
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")]
    kind: Kind
    form: Literal["feed", "page"] = "feed"
    """A "page" is an HTML list of notices whose links are the entries."""
    link_pattern: str | None = None
    """For a page: regular expression that a notice's address matches."""
    local: bool = False
    """May live on a private or loopback address; only for servers of your own."""
    dial: Annotated[str, Field(pattern=r"^[^:\s]+:\d+$")] | None = None
    """host:port to connect to in place of the address that the URL's host resolves to (local feeds only)."""

    @property
    def official(self) -> bool:
        """Whether a government speaks here itself."""
        return self.kind in {"ministry", "gazette", "agency notice"}

    @model_validator(mode="after")
    def _dial_is_local(self) -> Feed:
        if self.dial and not self.local:
            raise ValueError("dial is for local feeds only; set local = true or remove dial")
        if self.form == "page" and not self.link_pattern:
            raise ValueError("a page needs link_pattern, the regular expression that its notices' addresses match")
        return self


class Feeds(Settled):
    """The file of feeds: one `[[feed]]` table each."""

    feed: tuple[Feed, ...]

    @model_validator(mode="after")
    def _distinct(self) -> Feeds:
        for key in ("id", "url"):
            seen: set[str] = set()
            for feed in self.feed:
                value = getattr(feed, key)
                if value in seen:
                    raise ValueError(f"two feeds share the {key} {value!r}; remove one")
                seen.add(value)
        return self


def load_feeds(path: Path = CONFIG / "feeds.toml") -> tuple[Feed, ...]:
    """Read the feeds file.

    Raises:
        ConfigError: the file does not fit; the message names the line and the mend.

    """
    return read_toml(path, Feeds).feed
