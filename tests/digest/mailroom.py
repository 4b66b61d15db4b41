"""A real mail server on loopback, encrypted and with a login, that keeps what it is given."""

from __future__ import annotations

import socket
import ssl
from asyncio import WriteTransport
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "tradewire", "correct horse"


@dataclass
class Mailroom:
    """What the server took, and whom or what it is to refuse."""

    port: int = 0
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    """Recipient and mail, in order."""
    senders: list[str] = field(default_factory=list)
    logins: list[bytes] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)
    answer: str = "250 OK"
    """What is said to a mail's text; "hang up" is no answer at all."""

    @property
    def readers(self) -> list[str]:
        """Who got a mail, in order."""
        return [reader for reader, _ in self.taken]

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:  # noqa: N802
        """Refuse readers that are unknown here."""
        if address in self.unknown:
            return "550 no such reader"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep the mail, and answer as told."""
        assert isinstance(envelope.content, bytes)
        if self.answer == "hang up":
            assert isinstance(server.transport, WriteTransport)
            server.transport.abort()
        if self.answer.startswith("250"):
            self.senders.append(envelope.mail_from or "")
            self.taken += [(reader, envelope.content) for reader in envelope.rcpt_tos]
        return self.answer

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, said: Any) -> AuthResult:
        """Let the one user in."""
        assert isinstance(said, LoginPassword)
        self.logins.append(said.login)
        return AuthResult(success=(said.login, said.password) == (USER.encode(), PASSWORD.encode()), handled=False)


@contextmanager
def mailroom(authority: trustme.CA | None, *, implicit: bool = False, name: str = "localhost") -> Iterator[Mailroom]:
    """Run a server whose certificate is made for `name` by `authority`; None is a server without encryption."""
    room = Mailroom(port=_free_port())
    options: dict[str, Any] = {}
    if authority:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(name).configure_cert(context)
        options = {"authenticator": room.authenticate}
        # aiosmtpd counts only STARTTLS as encryption
        options |= (
            {"ssl_context": context, "auth_require_tls": False}
            if implicit
            else {"tls_context": context, "require_starttls": True, "auth_required": True}
        )
    controller = Controller(room, hostname="127.0.0.1", port=room.port, **options)
    controller.start()
    try:
        yield room
    finally:
        controller.stop()


def trust(authority: trustme.CA, folder: Path) -> Path:
    """Write the authority's certificate to a file that SSL_CERT_FILE can name."""
    path = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(path))
    return path


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
