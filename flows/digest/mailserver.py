"""A session with the operator's mail server: always encrypted, its certificate verified, logged in when a user is set."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from config.errors import ConfigError
from flows.digest.strangers import one_line, shortened

if TYPE_CHECKING:
    from config.settings import Digest as MailSettings

IMPLICIT_TLS_PORT = 465
"""Encrypted from the first byte (RFC 8314); on every other port STARTTLS is required."""
TIMEOUT_S = 30.0
"""For each answer of the server."""
_LONGEST_REASON = 300


class PostError(Exception):
    """The mail server cannot be used; nothing was sent. The message says why and what to do."""


@contextmanager
def session(settings: MailSettings) -> Iterator[smtplib.SMTP]:
    """Hold a session with the server of `settings`.

    Raises:
        PostError: it cannot be reached, offers no encryption, shows a wrong certificate or refuses the login.
        ConfigError: a user is set, but no password.

    """
    password = settings.smtp_password.get_secret_value()
    if settings.smtp_user and not password:
        raise ConfigError("digest.smtp_user is set but no password: put it into the environment as TRADEWIRE_SMTP_PASSWORD")
    where = f"{settings.smtp_host}:{settings.smtp_port}"
    try:
        server = _encrypted(settings)
    except ssl.SSLCertVerificationError as error:
        raise PostError(
            f"{where}: the certificate is not trusted: {error.verify_message}. Use the name it is made for, "
            "or name the authority's certificate in the environment as SSL_CERT_FILE"
        ) from error
    except smtplib.SMTPNotSupportedError as error:
        raise PostError(
            f"{where}: offers no encryption (STARTTLS), and nothing is sent in the clear; use port 587 or 465 of a server that does"
        ) from error
    except (smtplib.SMTPException, OSError) as error:
        raise PostError(f"{where}: cannot be used: {_said(error)}. Check digest.smtp_host and digest.smtp_port") from error
    try:
        _log_in(server, settings.smtp_user, password, where)
        yield server
    finally:
        _close(server)


def _encrypted(settings: MailSettings) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if settings.smtp_port == IMPLICIT_TLS_PORT:
        return smtplib.SMTP_SSL(settings.smtp_host, settings.smtp_port, timeout=TIMEOUT_S, context=context)
    server = smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=TIMEOUT_S)
    try:
        server.starttls(context=context)
        server.ehlo()
    except BaseException:
        server.close()
        raise
    return server


def _log_in(server: smtplib.SMTP, user: str, password: str, where: str) -> None:
    if not user:
        return
    try:
        server.login(user, password)
    except (smtplib.SMTPException, OSError) as error:
        raise PostError(f"{where}: the login was refused: {_said(error)}. Check digest.smtp_user and TRADEWIRE_SMTP_PASSWORD") from error


def _close(server: smtplib.SMTP) -> None:
    """Say goodbye; a server that hung up before has lost nothing by it."""
    try:
        server.quit()
    except (smtplib.SMTPException, OSError):
        server.close()


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return told_reply(error.smtp_code, error.smtp_error)
    return one_line(str(error)) or type(error).__name__


def told_reply(code: int, reply: bytes | str) -> str:
    """Return a server's answer on one line."""
    said = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return f"{code} {shortened(one_line(said), _LONGEST_REASON)}"
