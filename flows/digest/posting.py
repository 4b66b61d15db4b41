"""Posting the digest: a mail of their own to each reader, and never twice."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from flows.digest.mailserver import session, told_reply
from flows.digest.message import message_of, wire_form
from flows.digest.outbox import Delivery
from flows.digest.strangers import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from email.headerregistry import Address

    from config.settings import Digest as MailSettings
    from flows.digest.outbox import Outbox
    from flows.digest.records import Digest

_TAKEN = 250
_ADDRESS_TAKEN = {250, 251}
"""251: not a reader of this server, but it forwards (RFC 5321)."""


class Outcome(StrEnum):
    """What became of one delivery."""

    SENT = "sent"
    ALREADY = "already sent"
    UNSURE = "unsure"
    """An earlier run died while sending it, or the line broke: it may have arrived."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Posted:
    """One recipient and what became of the mail."""

    recipient: str
    outcome: Outcome
    reason: str = ""

    @property
    def failed(self) -> bool:
        """Whether the recipient does not have the mail, or may not have it."""
        return self.outcome in {Outcome.REFUSED, Outcome.UNSURE}


def post(digest: Digest, settings: MailSettings, sender: Address, recipients: Sequence[Address], outbox: Outbox) -> list[Posted]:
    """Send `digest` to those of `recipients` who do not have it yet, each a mail of their own.

    Raises:
        PostError: the server cannot be reached, offers no encryption, shows a wrong certificate or refuses the login.
        ConfigError: a user is set, but no password.
        LeakError: the mail as serialised has other headers than were set.

    """
    day = digest.window.day
    before = {to.addr_spec: _before(outbox.state(day, to.addr_spec), to) for to in recipients}
    due = {to.addr_spec: wire_form(message_of(digest, sender, to)) for to in recipients if before[to.addr_spec] is None}
    posted = [told for told in before.values() if told]
    if not due:
        return posted
    with session(settings) as server:
        posted += [_deliver(server, sender.addr_spec, to, data, day, outbox) for to, data in due.items()]
    return posted


def _before(state: Delivery | None, to: Address) -> Posted | None:
    if state is None:
        return None
    if state is Delivery.SENT:
        return Posted(to.addr_spec, Outcome.ALREADY)
    return Posted(to.addr_spec, Outcome.UNSURE, "an earlier run stopped while sending it; --again sends it once more")


def _envelope_refused(server: smtplib.SMTP, sender: str, to: str) -> str:
    """Offer sender and reader; return why one was refused, or nothing."""
    for offer, address in ((server.mail, sender), (server.rcpt, to)):
        code, reply = offer(address)
        if code not in _ADDRESS_TAKEN:
            server.rset()
            return told_reply(code, reply)
    return ""


def _deliver(server: smtplib.SMTP, sender: str, to: str, data: bytes, day: str, outbox: Outbox) -> Posted:
    """Do the envelope first: until it is accepted nothing is sent for sure, and no claim is needed."""
    claimed = False
    try:
        if refusal := _envelope_refused(server, sender, to):
            return Posted(to, Outcome.REFUSED, refusal)
        claimed = outbox.claim(day, to)
        if not claimed:
            server.rset()
            return Posted(to, Outcome.ALREADY)
        code, reply = server.data(data)
    except smtplib.SMTPResponseException as error:
        if claimed:
            outbox.release(day, to)
        return Posted(to, Outcome.REFUSED, told_reply(error.smtp_code, error.smtp_error))
    except (smtplib.SMTPException, OSError) as error:
        return Posted(to, Outcome.UNSURE if claimed else Outcome.REFUSED, f"the line to the mail server broke: {one_line(str(error))}")
    if code != _TAKEN:
        outbox.release(day, to)
        return Posted(to, Outcome.REFUSED, told_reply(code, reply))
    outbox.settle(day, to)
    return Posted(to, Outcome.SENT)
