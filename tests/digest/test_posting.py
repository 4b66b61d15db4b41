"""Posting: encrypted, to a server that proves who it is, and one digest never twice to one reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from email import policy
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import pytest
import trustme
from pydantic import SecretStr

from config.errors import ConfigError
from config.settings import Settings
from flows.digest import mailserver
from flows.digest.edition import Addresses, read_addresses, send_digest, window_for
from flows.digest.mailserver import PostError
from flows.digest.outbox import open_outbox, outbox_path
from flows.digest.posting import Outcome, Posted
from tests.digest.mailroom import PASSWORD, USER, Mailroom, mailroom, trust
from tests.digest.press import DAY
from tests.digest.specimens import digest_with

ADA, BO = "ada@example.org", "bo@example.org"
Sender = Callable[..., list[Posted]]


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """An authority that this machine knows nothing of."""
    return trustme.CA()


@pytest.fixture
def server(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailroom]:
    """A server with STARTTLS and a login, whose authority is trusted."""
    monkeypatch.setenv("SSL_CERT_FILE", str(trust(authority, tmp_path)))
    with mailroom(authority) as room:
        yield room


@pytest.fixture
def send(settings: Settings) -> Sender:
    """Send the digest of the first of March through a server, with what else the settings say."""

    def run(room: Mailroom, *, again: bool = False, **said: Any) -> list[Posted]:
        plain = {"smtp_host": "localhost", "smtp_port": room.port, "smtp_user": USER, "smtp_password": SecretStr(PASSWORD)}
        changed = settings.model_copy(update={"digest": settings.digest.model_copy(update=plain | said)})
        return send_digest(digest_with(), changed, read_addresses(changed.digest), again=again)

    return run


def outcomes(posted: list[Posted]) -> dict[str, str]:
    """What became of each reader's mail."""
    return {told.recipient: told.outcome for told in posted}


def test_each_reader_gets_a_mail_of_their_own(server: Mailroom, send: Sender) -> None:
    """After STARTTLS and login; the mail is whole, and names no other reader."""
    assert outcomes(send(server)) == {ADA: Outcome.SENT, BO: Outcome.SENT}
    assert server.readers == [ADA, BO]
    assert server.logins == [USER.encode()]
    assert server.senders == ["digest@localhost"] * 2
    mail = BytesParser(policy=policy.default).parsebytes(server.taken[1][1])
    assert mail["To"] == "Bo <bo@example.org>"
    assert [part.get_content_type() for part in mail.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert ADA.encode() not in server.taken[1][1]


def test_the_server_on_port_465_is_encrypted_from_the_start(
    authority: trustme.CA, tmp_path: Path, send: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Implicit TLS, with the same demands on the certificate."""
    monkeypatch.setenv("SSL_CERT_FILE", str(trust(authority, tmp_path)))
    with mailroom(authority, implicit=True) as room:
        monkeypatch.setattr(mailserver, "IMPLICIT_TLS_PORT", room.port)
        assert outcomes(send(room)) == {ADA: Outcome.SENT, BO: Outcome.SENT}


def test_a_second_run_sends_nothing(server: Mailroom, send: Sender) -> None:
    """The outbox remembers, whatever the letter case of the address; --again overrules it."""
    send(server)
    assert outcomes(send(server, recipients=("ADA@example.org", BO))) == {"ADA@example.org": Outcome.ALREADY, BO: Outcome.ALREADY}
    assert server.readers == [ADA, BO]
    send(server, again=True)
    assert server.readers == [ADA, BO, ADA, BO]


def test_only_those_who_missed_it_get_it_later(server: Mailroom, send: Sender) -> None:
    """A reader who was refused, or was added since, gets the same digest on the next run."""
    server.unknown = {BO}
    first = send(server)
    assert [(told.recipient, told.outcome, told.reason) for told in first if told.failed] == [(BO, Outcome.REFUSED, "550 no such reader")]
    server.unknown = set()
    send(server, recipients=(ADA, BO, "cy@example.org"))
    assert server.readers == [ADA, BO, "cy@example.org"]


def test_a_refused_text_can_be_sent_later(server: Mailroom, send: Sender) -> None:
    """A server that says no has not taken it: the claim is given back."""
    server.answer = "451 try later"
    assert outcomes(send(server)) == {ADA: Outcome.REFUSED, BO: Outcome.REFUSED}
    server.answer = "250 OK"
    send(server)
    assert server.readers == [ADA, BO]


def test_a_line_that_breaks_at_the_end_leaves_it_open(server: Mailroom, send: Sender) -> None:
    """Whether that mail arrived is unknown: it is not sent again by itself, and the reader is told of."""
    server.answer = "hang up"
    assert outcomes(send(server)) == {ADA: Outcome.UNSURE, BO: Outcome.REFUSED}
    server.answer = "250 OK"
    assert outcomes(send(server)) == {ADA: Outcome.UNSURE, BO: Outcome.SENT}
    assert server.readers == [BO]


def test_a_process_that_died_while_sending_leaves_it_open(server: Mailroom, send: Sender, settings: Settings) -> None:
    """Its claim stays; only the operator can say that it is to be sent again."""
    with open_outbox(outbox_path(settings.paths.data)) as outbox:
        outbox.begin(digest_with().window)
        assert outbox.claim("2025-03-01", ADA)
        assert not outbox.claim("2025-03-01", ADA)
    posted = send(server)
    assert outcomes(posted) == {ADA: Outcome.UNSURE, BO: Outcome.SENT}
    assert "--again" in posted[0].reason


def test_an_unknown_certificate_is_refused(authority: trustme.CA, send: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    """Anybody can make one; the password is not shown to such a server."""
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    with mailroom(authority) as room:
        with pytest.raises(PostError, match=r"certificate is not trusted.*SSL_CERT_FILE"):
            send(room)
        assert (room.taken, room.logins) == ([], [])


def test_a_certificate_for_another_name_is_refused(
    authority: trustme.CA, tmp_path: Path, send: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A trusted authority does not make every server the right one."""
    monkeypatch.setenv("SSL_CERT_FILE", str(trust(authority, tmp_path)))
    with mailroom(authority, name="other.example") as room:
        with pytest.raises(PostError, match="certificate is not trusted"):
            send(room)
        assert (room.taken, room.logins) == ([], [])


def test_a_server_without_encryption_is_refused(send: Sender) -> None:
    """Nothing is sent in the clear, not even without a login."""
    with mailroom(None) as room:
        with pytest.raises(PostError, match="offers no encryption"):
            send(room, smtp_user="")
        assert room.taken == []


def test_a_wrong_password_is_told(server: Mailroom, send: Sender) -> None:
    """With the settings to look at, and without the password."""
    with pytest.raises(PostError, match=r"login was refused.*TRADEWIRE_SMTP_PASSWORD") as told:
        send(server, smtp_password=SecretStr("battery staple"))
    assert "battery" not in str(told.value)
    assert server.taken == []


def test_a_user_without_a_password_is_told(server: Mailroom, send: Sender) -> None:
    """Before anything is sent."""
    with pytest.raises(ConfigError, match="TRADEWIRE_SMTP_PASSWORD"):
        send(server, smtp_password=SecretStr(""))
    assert server.logins == []


def test_a_server_that_is_not_there_is_told(send: Sender) -> None:
    """With host and port."""
    with pytest.raises(PostError, match=r"localhost:\d+: cannot be used"):
        send(Mailroom(port=1))


def test_no_recipients_is_told_with_the_setting(server: Mailroom, send: Sender) -> None:
    """An empty list is how tradewire is shipped."""
    with pytest.raises(ConfigError, match=r"digest\.recipients"):
        send(server, recipients=())


def test_a_digest_that_went_out_keeps_its_window(server: Mailroom, send: Sender, settings: Settings) -> None:
    """So that a retry sends the others the same; the next day goes on where it ended; a preview begins there at once."""
    send(server)
    later = DAY + timedelta(hours=20)
    assert window_for(settings, None, later, to_send=True) == digest_with().window
    tomorrow = window_for(settings, None, DAY + timedelta(days=1, hours=6), to_send=True)
    assert (tomorrow.since, tomorrow.day) == (DAY + timedelta(days=1), "2025-03-02")


def test_a_digest_that_reached_nobody_does_not_hold_the_next_one_back(server: Mailroom, send: Sender, settings: Settings) -> None:
    """What it told is told by the next one."""
    server.answer = "554 no"
    send(server)
    now = DAY + timedelta(hours=20)
    assert window_for(settings, None, now, to_send=True).until == now
    assert window_for(settings, None, now, to_send=False).since == now - timedelta(days=1)


def test_a_recipient_named_twice_gets_one_mail(server: Mailroom, send: Sender) -> None:
    """The first spelling counts."""
    send(server, recipients=(ADA, "Ada <Ada@Example.org>"))
    assert server.readers == [ADA]


def test_the_specimen_is_the_longest_address(settings: Settings) -> None:
    """A digest that fits into the longest mail fits into all."""
    addresses = read_addresses(settings.digest)
    assert addresses.specimen.addr_spec == BO
    assert Addresses(addresses.sender, ()).specimen == addresses.sender
