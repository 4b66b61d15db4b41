"""One edition of the digest from beginning to end: for which time, from which timeline, to whom."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from config.errors import ConfigError
from flows.digest.headers import address_of
from flows.digest.message import fitted, message_of, wire_form
from flows.digest.outbox import open_outbox, outbox_path
from flows.digest.posting import post
from flows.digest.selection import find, window_of_day, window_since

if TYPE_CHECKING:
    from email.headerregistry import Address

    from config.settings import Digest as MailSettings
    from config.settings import Settings
    from flows.digest.posting import Posted
    from flows.digest.records import Digest, Window


@dataclass(frozen=True, slots=True)
class Addresses:
    """Who the digest comes from and who gets it."""

    sender: Address
    recipients: tuple[Address, ...]

    @property
    def specimen(self) -> Address:
        """The longest address, for measuring; the sender's own when nobody gets the digest."""
        return max(self.recipients, key=lambda to: len(str(to)), default=self.sender)


def read_addresses(settings: MailSettings) -> Addresses:
    """Return the addresses of the settings; one that stands twice counts once.

    Raises:
        ConfigError: one of them is no mail address.

    """
    said = [address_of("digest.recipients", recipient) for recipient in settings.recipients]
    recipients = {to.addr_spec.casefold(): to for to in reversed(said)}
    return Addresses(address_of("digest.sender", settings.sender), tuple(reversed(recipients.values())))


def window_for(settings: Settings, day: date | None, now: datetime, *, to_send: bool) -> Window:
    """Return the stretch of time to tell: `day` (UTC) as far as it has passed, or what came since the last digest that was sent.

    A digest that reached some readers already keeps its window, so that the others get the same one.
    """
    path = outbox_path(settings.paths.data)
    last_end = None
    if path.exists():
        with open_outbox(path) as outbox:
            begun = outbox.window((day or now.date()).isoformat())
            last_end = outbox.last_end()
        if to_send and begun:
            return begun
    return window_of_day(day, now) if day else window_since(last_end, now)


def make_digest(settings: Settings, window: Window, addresses: Addresses) -> Digest:
    """Read the published timeline and return the digest of `window`, within the limits of the settings.

    Raises:
        WarehouseError: no timeline is published yet.

    """
    from warehouse.database import open_published

    with closing(open_published(settings.paths.timeline)) as con:
        findings = find(con, window, settings.digest.max_events)
    return fitted(findings, settings.digest, addresses.sender, addresses.specimen)


def as_mail(digest: Digest, addresses: Addresses) -> bytes:
    """Return the mail as the first recipient would get it."""
    return wire_form(message_of(digest, addresses.sender, next(iter(addresses.recipients), addresses.sender)))


def send_digest(digest: Digest, settings: Settings, addresses: Addresses, *, again: bool = False) -> list[Posted]:
    """Mail `digest` to every recipient who does not have the one of that day yet; with `again`, to all.

    Raises:
        ConfigError: there are no recipients, or a user is set without a password.
        PostError: the mail server cannot be used.
        LeakError: a mail would carry headers that were not set.

    """
    if not addresses.recipients:
        raise ConfigError('digest.recipients in config/settings.toml is empty: name who gets the digest, such as ["you@example.org"]')
    with open_outbox(outbox_path(settings.paths.data)) as outbox:
        outbox.begin(digest.window)
        if again:
            for recipient in addresses.recipients:
                outbox.release(digest.window.day, recipient.addr_spec)
        return post(digest, settings.digest, addresses.sender, addresses.recipients, outbox)
