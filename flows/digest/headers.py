"""The headers of a digest's mail: who from, who to, what about; addresses are the operator's, the subject is made of strangers' words."""

from __future__ import annotations

from contextlib import suppress
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.utils import getaddresses
from typing import TYPE_CHECKING

from config.errors import ConfigError
from flows.digest.strangers import header_line, one_line, shortened
from models.records import digest_of

if TYPE_CHECKING:
    from flows.digest.records import Digest, Window

LONGEST_SUBJECT = 120
"""Characters; phones show half of them."""


def subject_of(digest: Digest) -> str:
    """Return the counts and the top event, such as "2025-03-01: 3 new, 1 corroborated | China: export ban on gallium"."""
    counts = ", ".join(f"{section.total} {section.title.lower()}" for section in digest.sections) or "nothing new"
    top = next((line.headline for section in digest.sections for line in section.lines), "")
    subject = f"{digest.window.day}: {counts}" + (f" | {top}" if top else "")
    return shortened(header_line(subject), LONGEST_SUBJECT)


def address_of(setting: str, said: str) -> Address:
    """Return the mail address `said` in the setting called `setting`.

    Raises:
        ConfigError: it is none; only ASCII addresses are taken, because not every server carries others.

    """
    found = getaddresses([said])
    name, spec = found[0] if len(found) == 1 else ("", "")
    if said == one_line(said) and spec.isascii():
        # the parser of addresses raises IndexError on some broken ones
        with suppress(ValueError, IndexError, HeaderParseError):
            address = Address(header_line(name), addr_spec=spec)
            if address.username and address.domain:
                return address
    raise ConfigError(f"{setting}: {said!r} is no mail address; write name@example.org or Name <name@example.org>")


def message_id_of(window: Window, recipients: tuple[str, ...], sender: Address) -> str:
    """Return the same id for the same day and recipients, so that a mail that comes twice can be told to be one."""
    return f"<digest.{window.day}.{digest_of('message', window.day, *sorted(recipients))}@{sender.domain}>"
