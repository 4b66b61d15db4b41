"""One request: what comes back, and what is bounded."""

from __future__ import annotations

import asyncio
import gzip
import itertools
import random
import ssl
import time
import zlib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiohttp import web

from config.feeds import Feed
from config.networks import Network, load_networks
from config.settings import Fetching
from flows.sources import fetching
from flows.sources.answers import Validators
from flows.sources.failures import FetchError, NeverGood, TryAgain
from flows.sources.fetching import Fetcher
from tests.sources.conftest import Server, Trap

Serve = Callable[..., Awaitable[Server]]
MakeFeed = Callable[..., Feed]


async def get(limits: Fetching, url: str, **said: Any) -> Any:
    """Fetch one address of a server of our own."""
    feed = Feed(id="own", url=url, publisher="Own", owner="Own", country="US", language="en", kind="wire", local=True)
    async with Fetcher(limits, [feed]) as fetcher:
        return await fetcher.get(url, local=True, **said)


async def test_an_answer_holds_the_decoded_bytes_and_where_they_came_from(limits: Fetching, serve: Serve) -> None:
    """Content, content type, validators and both addresses come back; the request is honest about who asks."""

    async def handler(request: web.Request) -> web.Response:
        if request.path == "/old":
            return web.Response(status=301, headers={"Location": "/new?a=1#part"})
        headers = {"Content-Encoding": "gzip", "ETag": '"1"', "Last-Modified": "Mon, 02 Nov 2026 10:00:00 GMT"}
        return web.Response(body=gzip.compress(b"news"), content_type="text/html", headers=headers)

    server = await serve(handler)
    answer = await get(limits, server.url("/old"))
    assert answer.content == b"news"
    assert answer.url == server.url("/old")
    assert answer.final_url == server.url("/new?a=1")
    assert answer.validators == Validators('"1"', "Mon, 02 Nov 2026 10:00:00 GMT")
    assert answer.page.content_type == "text/html"
    assert answer.fetched_at.utcoffset().total_seconds() == 0
    assert server.requests[0].headers["User-Agent"] == limits.user_agent
    assert server.requests[0].headers["Accept-Encoding"] == "gzip"


async def test_a_conditional_get_may_be_answered_not_modified(limits: Fetching, serve: Serve) -> None:
    """Validators are sent, and 304 is an answer without content."""

    async def handler(request: web.Request) -> web.Response:
        return web.Response(status=304 if request.headers.get("If-None-Match") == '"1"' else 200, text="")

    server = await serve(handler)
    assert (await get(limits, server.url(), validators=Validators('"1"'))).not_modified
    assert not (await get(limits, server.url())).not_modified


@pytest.mark.fault
@pytest.mark.parametrize("etag", ["x" * 2000, '"\udcff"', '"é"', '"a\x01"'])
def test_validators_that_cannot_be_sent_back_are_left_out(etag: str) -> None:
    """Only short printable ASCII goes into a request header."""
    assert Validators.of({"ETag": etag}).headers == {}


async def test_no_cookies_are_kept(limits: Fetching, serve: Serve, make_feed: MakeFeed) -> None:
    """What a server sets it does not get back."""

    async def handler(request: web.Request) -> web.Response:
        return web.Response(headers={"Set-Cookie": "reader=1; Path=/"})

    server = await serve(handler)
    async with Fetcher(limits, [make_feed(server.url(), local=True)]) as fetcher:
        await fetcher.get(server.url(), local=True)
        await fetcher.get(server.url(), local=True)
    assert "Cookie" not in server.requests[1].headers


async def test_dial_connects_elsewhere_and_keeps_the_name(limits: Fetching, serve: Serve) -> None:
    """Several virtual hosts on one loopback port: the Host header says which is meant."""

    async def handler(request: web.Request) -> web.Response:
        return web.Response(text=f"{request.host}{request.path}")

    server = await serve(handler)
    async with Fetcher(limits) as fetcher:
        answer = await fetcher.get("http://one.example/feed", local=True, dial=f"127.0.0.1:{server.port}")
        other = await fetcher.get("http://two.example:81/feed", local=True, dial=f"127.0.0.1:{server.port}")
    assert (answer.content, answer.final_url) == (b"one.example/feed", "http://one.example/feed")
    assert other.content == b"two.example:81/feed"


@pytest.mark.fault
async def test_dial_without_local_changes_nothing(limits: Fetching, trap: Trap) -> None:
    """Only a local source may say where to connect."""
    async with Fetcher(limits) as fetcher:
        with pytest.raises(FetchError):
            await fetcher.get("http://name.invalid/", dial=f"127.0.0.1:{trap.port}")
    assert trap.visits == 0


async def test_a_local_redirect_to_another_declared_host_is_followed(limits: Fetching, serve: Serve, make_feed: MakeFeed) -> None:
    """Declared servers may send us to one another, each by its own dial."""

    async def handler(request: web.Request) -> web.Response:
        if request.host == "one.example":
            return web.Response(status=307, headers={"Location": "http://two.example/b"})
        return web.Response(text=request.host)

    server = await serve(handler)
    dial = f"127.0.0.1:{server.port}"
    feeds = [make_feed(f"http://{name}.example/", id=name, local=True, dial=dial) for name in ("one", "two")]
    async with Fetcher(limits, feeds) as fetcher:
        assert (await fetcher.get("http://one.example/", local=True)).content == b"two.example"


@pytest.mark.fault
async def test_redirects_end_after_the_fifth(limits: Fetching, serve: Serve) -> None:
    """A loop costs the server six requests, not more."""

    async def handler(request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": "/round?" + "x" * len(server.requests)})

    server = await serve(handler)
    with pytest.raises(NeverGood, match="too-many-redirects"):
        await get(limits, server.url())
    assert len(server.requests) == limits.max_redirects + 1


@pytest.mark.fault
@pytest.mark.parametrize(
    "location", ["ftp://x.example/", "javascript:alert(1)", "file:///etc/passwd", "http://[::1", "//u:p@x.example/", "http://:80/"]
)
async def test_redirects_to_what_is_no_web_address_are_refused(limits: Fetching, serve: Serve, location: str) -> None:
    """A redirect may name http and https only."""

    async def handler(request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": location})

    server = await serve(handler)
    with pytest.raises(NeverGood, match="refused-"):
        await get(limits, server.url())
    assert len(server.requests) == 1


@pytest.fixture
def loopback_is_public(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped table, but of loopback only 127.0.0.2 is refused: so that the public way can be walked without a network."""
    table = [network for network in load_networks() if str(network.cidr) != "127.0.0.0/8"]
    monkeypatch.setattr(fetching, "load_networks", lambda: (*table, Network(cidr="127.0.0.2/32", reason="private")))


@pytest.mark.fault
@pytest.mark.usefixtures("loopback_is_public")
@pytest.mark.parametrize("private", ["127.0.0.2", "[::1]", "[::ffff:127.0.0.1]", "10.0.0.1", "169.254.169.254"])
async def test_a_public_server_cannot_redirect_to_a_private_one(limits: Fetching, serve: Serve, private: str) -> None:
    """Every hop is checked where it is dialled."""

    async def handler(request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": f"http://{private}:{server.port}/latest/meta-data"})

    server = await serve(handler)
    async with Fetcher(limits.model_copy(update={"ports": (server.port,)})) as fetcher:
        with pytest.raises(NeverGood, match="refused-address"):
            await fetcher.get(server.url())
    assert server.paths == ["/"]


@pytest.mark.fault
@pytest.mark.usefixtures("loopback_is_public")
async def test_a_public_server_cannot_redirect_to_another_port(limits: Fetching, serve: Serve, trap: Trap) -> None:
    """Ports are checked on every hop too."""

    async def handler(request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": f"http://127.0.0.1:{trap.port}/"})

    server = await serve(handler)
    async with Fetcher(limits.model_copy(update={"ports": (server.port,)})) as fetcher:
        with pytest.raises(NeverGood, match="refused-port"):
            await fetcher.get(server.url())
    assert trap.visits == 0


@pytest.mark.fault
@pytest.mark.parametrize("coding", ["br", "deflate", "zstd", "compress", "gzip, gzip", "br, gzip", "gzip, br", "evil"])
async def test_encodings_that_were_not_asked_for_are_refused(limits: Fetching, serve: Serve, coding: str) -> None:
    """Only plain and gzip, once, are ever decoded."""

    async def handler(request: web.Request) -> web.Response:
        return web.Response(body=gzip.compress(gzip.compress(b"x")), headers={"Content-Encoding": coding})

    server = await serve(handler)
    with pytest.raises(NeverGood, match="bad-encoding"):
        await get(limits, server.url())


@pytest.mark.fault
@pytest.mark.parametrize("members", [1, 50])
async def test_a_gzip_bomb_is_put_down(limits: Fetching, serve: Serve, members: int) -> None:
    """A hundred megabytes in a hundred kilobytes, in one stream or many, stop at the limit."""
    bomb = gzip.compress(bytes(100_000_000 // members), 1) * members

    async def handler(request: web.Request) -> web.Response:
        return web.Response(body=bomb, headers={"Content-Encoding": "gzip"})

    server = await serve(handler)
    started = time.monotonic()
    with pytest.raises(NeverGood, match="too-large"):
        await get(limits, server.url())
    assert time.monotonic() - started < 2


@pytest.mark.fault
async def test_gzip_that_ends_early_may_be_tried_again_and_nonsense_not(limits: Fetching, serve: Serve) -> None:
    """A cut-off stream is the network's fault, another format is the server's."""

    async def handler(request: web.Request) -> web.Response:
        body = {"/cut": gzip.compress(b"news" * 1000)[:-20], "/zlib": zlib.compress(b"news"), "/padded": gzip.compress(b"news") + bytes(9)}
        return web.Response(body=body[request.path], headers={"Content-Encoding": "gzip"})

    server = await serve(handler)
    with pytest.raises(TryAgain, match="cut-off"):
        await get(limits, server.url("/cut"))
    with pytest.raises(NeverGood, match="bad-encoding"):
        await get(limits, server.url("/zlib"))
    assert (await get(limits, server.url("/padded"))).content == b"news"


@pytest.mark.fault
@pytest.mark.parametrize("empty_gzip", [False, True])
async def test_an_endless_body_ends_at_the_limit(limits: Fetching, serve: Serve, empty_gzip: bool) -> None:
    """Whether the stream grows when decoded or not, only so much of it is read."""
    block = gzip.compress(b"") * 3000 if empty_gzip else bytes(65_536)

    async def handler(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Encoding": "gzip"} if empty_gzip else {})
        await response.prepare(request)
        while True:
            await response.write(block)

    server = await serve(handler)
    with pytest.raises(NeverGood, match="too-large"):
        await get(limits.model_copy(update={"max_bytes": 1_000_000}), server.url())


@pytest.mark.fault
@pytest.mark.parametrize(
    "beginning", [b"HTTP/1.1 200 ", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 302 Found\r\nLocation: /\r\nX: "]
)
async def test_a_server_that_dribbles_is_left_at_the_deadline(limits: Fetching, raw_server: Any, beginning: bytes) -> None:
    """One byte at a time, in the status line, the headers or the body: the deadline counts from the dial to the last byte."""

    async def dribble(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(beginning)
        while not writer.is_closing():
            writer.write(b"a")
            await writer.drain()
            await asyncio.sleep(0.05)

    async with raw_server(dribble) as url:
        started = time.monotonic()
        with pytest.raises(TryAgain, match="timeout"):
            await get(limits.model_copy(update={"deadline_s": 0.5}), url)
        assert time.monotonic() - started < 1.5


@pytest.mark.fault
async def test_the_deadline_covers_all_redirects(limits: Fetching, serve: Serve) -> None:
    """Slow hops add up."""

    async def handler(request: web.Request) -> web.Response:
        await asyncio.sleep(0.25)
        return web.Response(status=302, headers={"Location": "/"})

    server = await serve(handler)
    with pytest.raises(TryAgain, match="timeout"):
        await get(limits.model_copy(update={"deadline_s": 0.6}), server.url())


@pytest.mark.fault
@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(100_000)) + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 1_000_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 " + b"y" * 1_000_000 + b"\r\n\r\n",
        b"not HTTP at all\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhello",
        b"",
    ],
)
async def test_broken_http_may_be_tried_again(limits: Fetching, raw_server: Any, answer: bytes) -> None:
    """Endless headers, contradicting lengths and cut-off bodies end in a failure of ours, quickly."""

    async def talk(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answer)
        await writer.drain()

    async with raw_server(talk) as url:
        with pytest.raises(TryAgain) as failure:
            await get(limits, url)
    assert failure.value.reason in {"bad-answer", "cut-off"}


@pytest.mark.fault
async def test_any_answer_is_an_answer_or_a_failure_of_ours(limits: Fetching, raw_server: Any) -> None:
    """Sixty mangled answers: nothing but `FetchError` is ever raised, and content stays within the limit."""
    chance = random.Random(20261122)
    whole = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nContent-Length: 24\r\nETag: x\r\n\r\n"
        + gzip.compress(b"news")
    )
    moved = b"HTTP/1.1 302 Found\r\nLocation: /a?b=c#d\r\nContent-Length: 0\r\n\r\n"

    async def talk(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        answer = bytearray(chance.choice([whole, moved]))
        for _ in range(chance.randint(1, 6)):
            place = chance.randrange(len(answer))
            answer[place : place + chance.randint(0, 2)] = chance.randbytes(chance.randint(0, 3))
        writer.write(bytes(answer))
        await writer.drain()

    quick = limits.model_copy(update={"deadline_s": 0.3, "max_bytes": 1000})
    async with raw_server(talk) as url:
        for _ in range(60):
            try:
                assert len((await get(quick, url)).content) <= quick.max_bytes
            except FetchError as failure:
                assert failure.url == url  # noqa: PT017 - either outcome is right


@pytest.mark.fault
async def test_a_host_that_keeps_failing_is_left_alone_for_the_run(limits: Fetching, raw_server: Any, make_feed: MakeFeed) -> None:
    """After three failures in a row the rest of its pages cost no further deadline."""
    visits = 0

    async def hang_up(_: asyncio.StreamReader, __: asyncio.StreamWriter) -> None:
        nonlocal visits
        visits += 1

    async with raw_server(hang_up) as url, Fetcher(limits, [make_feed(url, local=True)]) as fetcher:
        for _ in range(3):
            with pytest.raises(TryAgain, match="cut-off"):
                await fetcher.get(url, local=True)
        before = visits
        for _ in range(20):
            with pytest.raises(TryAgain, match="host-failing"):
                await fetcher.get(url, local=True)
    assert before == visits > 0


@pytest.mark.parametrize(
    ("status", "kind"), [(404, NeverGood), (410, NeverGood), (403, NeverGood), (500, TryAgain), (503, TryAgain), (429, TryAgain)]
)
async def test_a_failing_status_says_whether_to_try_again(limits: Fetching, serve: Serve, status: int, kind: type[FetchError]) -> None:
    """What is gone is gone; what fails may work later. The reason counts each status."""

    async def handler(request: web.Request) -> web.Response:
        return web.Response(status=status, headers={"Retry-After": "120"})

    server = await serve(handler)
    with pytest.raises(kind) as failure:
        await get(limits, server.url())
    assert failure.value.reason == f"http-{status}"
    assert failure.value.rejection.stage == "fetch"
    assert failure.value.retry_after == (120 if kind is TryAgain else None)


@pytest.mark.fault
async def test_a_host_that_asks_for_a_pause_is_left_alone(limits: Fetching, serve: Serve) -> None:
    """After 429 with Retry-After no further request of the run reaches the host."""

    async def handler(request: web.Request) -> web.Response:
        return web.Response(status=429, headers={"Retry-After": "3600"})

    server = await serve(handler)
    dial = f"127.0.0.1:{server.port}"
    async with Fetcher(limits) as fetcher:
        for path in ("/a", "/b", "/c"):
            with pytest.raises(TryAgain) as failure:
                await fetcher.get(f"http://one.example{path}", local=True, dial=dial)
    assert failure.value.reason == "host-on-hold"
    assert 3500 < (failure.value.retry_after or 0) <= 3600
    assert server.paths == ["/a"]


async def test_a_server_that_is_not_there_is_unreachable(limits: Fetching, make_feed: MakeFeed) -> None:
    """A refused connection may be tried again."""
    with pytest.raises(TryAgain, match="unreachable"):
        await get(limits, "http://127.0.0.1:1/")


def _tls(authority: trustme.CA, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


@pytest.mark.fault
@pytest.mark.parametrize(("name", "trusted"), [("127.0.0.1", False), ("other.example", True)])
async def test_certificates_are_always_verified(
    limits: Fetching, serve: Serve, name: str, trusted: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An unknown issuer or another server's name is refused, and the request never sent."""
    authority = trustme.CA()
    if trusted:
        authority.cert_pem.write_to_path(tmp_path / "ca.pem")
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))

    async def handler(request: web.Request) -> web.Response:
        return web.Response(text="forged")

    server = await serve(handler, ssl_context=_tls(authority, name))
    with pytest.raises(TryAgain, match="bad-certificate"):
        await get(limits, server.url())
    assert server.requests == []


async def test_a_trusted_certificate_is_accepted_and_https_never_left(
    limits: Fetching, serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With dial the certificate must fit the name in the address; a redirect down to http is refused."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))

    async def handler(request: web.Request) -> web.Response:
        if request.path == "/down":
            return web.Response(status=302, headers={"Location": "http://news.example/"})
        return web.Response(text="secure")

    server = await serve(handler, ssl_context=_tls(authority, "news.example"))
    async with Fetcher(limits) as fetcher:
        dial = f"127.0.0.1:{server.port}"
        assert (await fetcher.get("https://news.example/", local=True, dial=dial)).content == b"secure"
        with pytest.raises(NeverGood, match="refused-redirect"):
            await fetcher.get("https://news.example/down", local=True, dial=dial)


@pytest.mark.usefixtures("loopback_is_public")
async def test_a_public_host_sees_one_request_at_a_time_with_a_gap(limits: Fetching, serve: Serve) -> None:
    """However many pages are asked for at once; the server's own log is the witness."""
    starts: list[float] = []
    busy = most = 0

    async def handler(request: web.Request) -> web.Response:
        nonlocal busy, most
        starts.append(time.monotonic())
        busy += 1
        most = max(most, busy)
        await asyncio.sleep(0.02)
        busy -= 1
        return web.Response(text="news")

    server = await serve(handler)
    async with Fetcher(limits.model_copy(update={"ports": (server.port,), "host_gap_s": 0.15})) as fetcher:
        await asyncio.gather(*(fetcher.get(server.url(f"/{number}")) for number in range(6)))
    assert most == 1
    assert min(later - earlier for earlier, later in itertools.pairwise(starts)) > 0.12


@pytest.mark.fault
async def test_a_slow_host_does_not_delay_another(limits: Fetching, serve: Serve) -> None:
    """While one server hangs, the pages of another come in."""

    async def handler(request: web.Request) -> web.Response:
        if request.host == "slow.example":
            await asyncio.sleep(2)
        return web.Response(text="news")

    server = await serve(handler)
    dial = f"127.0.0.1:{server.port}"
    async with Fetcher(limits.model_copy(update={"deadline_s": 1.0})) as fetcher:
        slow = asyncio.create_task(fetcher.get("http://slow.example/", local=True, dial=dial))
        started = time.monotonic()
        await asyncio.gather(*(fetcher.get(f"http://good{number}.example/", local=True, dial=dial) for number in range(10)))
        assert time.monotonic() - started < 0.9
        with pytest.raises(TryAgain, match="timeout"):
            await slow
