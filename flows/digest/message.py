"""The digest as a mail: HTML with its plain-text twin, within the size that mail programs show, and checked as it will be sent."""

from __future__ import annotations

from email import policy
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from typing import TYPE_CHECKING

from flows.digest.headers import message_id_of, subject_of
from flows.digest.rendering import as_html, as_text
from flows.digest.selection import compose
from models.records import digest_of

if TYPE_CHECKING:
    from email.headerregistry import Address

    from config.settings import Digest as MailSettings
    from flows.digest.records import Digest
    from flows.digest.selection import Findings

HEADERS = {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type"}
PART_HEADERS = {"Content-Type", "Content-Transfer-Encoding", "MIME-Version"}
_POLICY = policy.SMTP.clone(cte_type="7bit")
"""Not every server takes 8-bit text."""
_BASE64_GROWTH = 4 / 3 * 78 / 76


class LeakError(Exception):
    """The mail as serialised has other headers than were set: it must not be sent."""


def message_of(digest: Digest, sender: Address, recipient: Address) -> EmailMessage:
    """Return the mail for one recipient; the same digest gives the same bytes."""
    message = EmailMessage(policy=_POLICY)
    message["From"] = sender
    message["To"] = recipient
    message["Subject"] = subject_of(digest)
    message["Date"] = digest.window.until
    message["Message-ID"] = message_id_of(digest.window, (recipient.addr_spec,), sender)
    message["Auto-Submitted"] = "auto-generated"
    text, html = as_text(digest), as_html(digest)
    message.set_content(text, cte=_shorter_encoding(text))
    message.add_alternative(html, subtype="html", cte=_shorter_encoding(html))
    message.set_boundary(f"=-{digest_of('boundary', text, html)}")
    return message


def wire_form(message: EmailMessage) -> bytes:
    """Return the bytes to send, after reading them back.

    Python before 3.11.10 turns an encoded word in a header value into a header of its own (CVE-2024-6923); version numbers are not
    trusted here, the outcome is.

    Raises:
        LeakError: what would be sent is not what was meant.

    """
    try:
        data = message.as_bytes()
    except MessageError as error:
        raise LeakError(f"the mail cannot be written down safely: {error}") from error
    read = BytesParser(policy=policy.SMTP).parsebytes(data)
    _compare(read, HEADERS, "mail")
    for part in read.iter_parts():
        _compare(part, PART_HEADERS, "part")
    for name in ("From", "To", "Subject", "Message-ID"):
        # folding may move or drop a space between encoded words, but nothing else
        if "".join(str(read[name]).split()) != "".join(str(message[name]).split()):
            raise LeakError(f"the header {name} reads back as {str(read[name])!r}; it was set to {str(message[name])!r}")
    return data


def fitted(findings: Findings, settings: MailSettings, sender: Address, recipient: Address) -> Digest:
    """Return the digest with as many events as fit into `max_events` and, all parts encoded, into `max_bytes`."""
    fits, room = 0, settings.max_events
    digest = compose(findings, room)
    if len(message_of(digest, sender, recipient).as_bytes()) <= settings.max_bytes:
        return digest
    while room - fits > 1:
        middle = (fits + room) // 2
        if len(message_of(compose(findings, middle), sender, recipient).as_bytes()) <= settings.max_bytes:
            fits = middle
        else:
            room = middle
    return compose(findings, fits)


def _compare(message: MIMEPart, expected: set[str], what: str) -> None:
    names = message.keys()
    known = {name.lower() for name in expected}
    strange = [name for name in names if name.lower() not in known]
    twice = [name for name in expected if sum(name.lower() == other.lower() for other in names) > 1]
    if strange or twice or message.defects:
        raise LeakError(f"the {what} would carry unexpected headers {strange or twice or message.defects}; nothing was sent")


def _shorter_encoding(text: str) -> str:
    """Base64 suits scripts beyond Latin, quoted-printable keeps Latin text readable in the raw mail."""
    size = len(text.encode())
    quoted = sum(1 if (32 <= byte < 127 and byte != ord("=")) or byte == ord("\n") else 3 for byte in text.encode())
    return "base64" if size * _BASE64_GROWTH < quoted else "quoted-printable"
