"""A real endpoint on loopback that speaks the protocol, and articles to ask it about."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web

from config.readers import LanguageModel
from config.settings import load_settings
from models.records import Article, Publisher

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
LEAD = "China's commerce ministry said on Monday that exports of gallium to all countries will need a licence from 1 August 2023."
RECALLED = "The announcement came after the United States had tightened its own rules for chips in October 2022."
BODY = f"{LEAD}\n\n{RECALLED} Analysts expect little effect."


@pytest.fixture
def article() -> Article:
    """An article that tells two acts, published on 5 July 2023."""
    return article_of("Beijing puts gallium under licence", BODY)


def article_of(title: str, body: str, language: str = "en") -> Article:
    """An article of one's own words."""
    when = datetime(2023, 7, 5, tzinfo=UTC)
    return Article("http://news.example/1", title, body, language, when, Publisher("News", "News"), when)


def event(**said: Any) -> dict[str, Any]:
    """The gallium licence as a model tells it, of which only what differs is said."""
    plain = {
        "evidence": [LEAD], "instrument": "export_control", "status": "announced", "salience": "main", "issuers": ["CN"], "targets": ["*"],
        "issuer_bodies": [{"name": "Ministry of Commerce of China", "words": "commerce ministry"}], "firms": [], "items": ["gallium"],
        "date": "2023-07-03", "effective": "2023-08-01", "rate_pct": None, "responds_to": None,
    }  # fmt: skip
    return {**plain, **said}


def completion(*events: dict[str, Any], content: str | None = None, ended: str = "stop") -> web.Response:
    """An endpoint's answer with these events, or with any `content`."""
    text = json.dumps({"events": events}) if content is None else content
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": ended}
    return web.json_response({"object": "chat.completion", "choices": [choice], "usage": {"total_tokens": 1234}})


@dataclass
class Endpoint:
    """What a loopback endpoint was asked, and by which settings it is reached."""

    settings: LanguageModel
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[Any] = field(default_factory=list)

    def with_limits(self, **said: Any) -> LanguageModel:
        """The settings with some limits of one's own."""
        return self.settings.model_copy(update=said)


@pytest.fixture
def endpoint() -> Iterator[Callable[..., Endpoint]]:
    """Start an endpoint that gives the answers handed in, one a request, the last one again and again."""
    stops: list[Callable[[], None]] = []

    def start(*answers: web.Response | Handler) -> Endpoint:
        server = _Thread(answers)
        stops.append(server.stop)
        return server.endpoint

    yield start
    for stop in stops:
        stop()


class _Thread:
    """An endpoint with an event loop of its own, for the reader brings another."""

    def __init__(self, answers: tuple[web.Response | Handler, ...]) -> None:
        limits = {"request_deadline_s": 2.0, "article_deadline_s": 10.0, "backoff_first_s": 0.01, "key_file": None, "model": "tiny"}
        self.endpoint = Endpoint(load_settings().reader.llm.model_copy(update=limits))
        self._answers = list(answers)
        self._loop = asyncio.new_event_loop()
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._started.wait(5)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        app = web.Application(client_max_size=10_000_000)
        app.router.add_post("/v1/chat/completions", self._answer)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        self._loop.run_until_complete(self._listen(runner))
        self._loop.run_forever()
        self._loop.run_until_complete(runner.cleanup())
        self._loop.close()

    async def _listen(self, runner: web.AppRunner) -> None:
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        address = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
        self.endpoint.settings = self.endpoint.settings.model_copy(update={"endpoint": address})
        self._started.set()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.endpoint.asked.append(await request.json())
        self.endpoint.headers.append(request.headers.copy())
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, web.Response):
            return web.Response(body=answer.body, status=answer.status, headers=answer.headers)
        return await answer(request)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
