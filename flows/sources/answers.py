"""What a server answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.records import Page

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST_VALIDATOR = 1024


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave us to ask "has it changed since?" (RFC 9110, section 8.8)."""

    etag: str | None = None
    last_modified: str | None = None

    @classmethod
    def of(cls, headers: Mapping[str, str]) -> Validators:
        """Take the validators out of an answer's headers; what cannot be sent back as it is, is left out."""
        return cls(_sendable(headers.get("ETag")), _sendable(headers.get("Last-Modified")))

    @property
    def headers(self) -> dict[str, str]:
        """The request headers that make a GET conditional."""
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in named.items() if value}


def _sendable(value: str | None) -> str | None:
    return value if value and len(value) <= _LONGEST_VALIDATOR and value.isascii() and value.isprintable() else None


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: 200 with its content, or "not modified" without."""

    url: str
    """The address that was asked for."""
    final_url: str
    """The address that answered, after redirects."""
    content: bytes
    """Decoded; empty when not modified."""
    content_type: str | None
    """As sent; it may lie."""
    validators: Validators
    fetched_at: datetime
    """UTC."""
    not_modified: bool = False

    @property
    def page(self) -> Page:
        """The answer as the page that extraction reads."""
        return Page(self.url, self.final_url, self.content, self.content_type, self.fetched_at)
