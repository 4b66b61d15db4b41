"""One request to an OpenAI-compatible endpoint, and what its answer means: words, another try, or none."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import aiohttp

from models.llm.key import VARIABLE
from models.reading.failures import ReaderUnavailableError, ReadingError
from models.records import Rejected

if TYPE_CHECKING:
    from pydantic import SecretStr

    from config.readers import LanguageModel

_SAID = 300
"""Characters of a server's own words that are told."""


@dataclass(frozen=True, slots=True)
class Completion:
    """What the model answered."""

    content: str
    tokens: int | None
    """Prompt and answer, as the endpoint counts them; None where it does not say."""


class TryAgainError(Exception):
    """The endpoint may answer if asked again."""

    def __init__(self, failure: ReadingError, wait: str | None = None) -> None:
        super().__init__(str(failure))
        self.failure = failure
        """What it comes to when there is no further try."""
        self.wait = wait
        """The `Retry-After` header as sent."""


async def ask(
    session: aiohttp.ClientSession, settings: LanguageModel, key: SecretStr | None, payload: dict[str, Any], url: str
) -> Completion:
    """Send `payload`, which is about the article at `url`, once.

    Raises:
        TryAgainError: the endpoint is busy, slow or away.
        ReaderUnavailableError: it refuses us whatever the article.
        ReadingError: it refuses this request.
        Rejected: its answer about this article is of no use.

    """
    headers = {"Accept-Encoding": "identity", **({"Authorization": f"Bearer {key.get_secret_value()}"} if key else {})}
    deadline = aiohttp.ClientTimeout(total=settings.request_deadline_s)
    address = f"{settings.endpoint}/chat/completions"
    try:
        # a redirect could carry the article and the key to another server
        async with session.post(address, json=payload, headers=headers, timeout=deadline, allow_redirects=False) as response:
            body = await _bounded(response, settings.max_answer_bytes)
            if body is None:
                raise Rejected("read", "answer-too-large", url, f"more than {settings.max_answer_bytes} bytes")
            if response.status != 200:
                raise _refusal(response, body, settings, key)
    except TimeoutError as error:
        told = f"no answer from {address} in {settings.request_deadline_s:g} s; raise reader.llm.request_deadline_s or take a smaller model"
        raise TryAgainError(ReadingError("reader-slow", told)) from error
    except aiohttp.ClientError as error:
        told = f"cannot reach {address}: {str(error)[:_SAID]}. Start the server, or mend reader.llm.endpoint in settings.toml"
        raise TryAgainError(ReaderUnavailableError("reader-unreachable", told)) from error
    return _completion(body, url)


async def _bounded(response: aiohttp.ClientResponse, most: int) -> bytes | None:
    body = bytearray()
    async for chunk in response.content.iter_chunked(65_536):
        body += chunk
        if len(body) > most:
            return None
    return bytes(body)


def _refusal(response: aiohttp.ClientResponse, body: bytes, settings: LanguageModel, key: SecretStr | None) -> Exception:
    said = "".join(letter for letter in body[: 4 * _SAID].decode("utf-8", "replace") if letter.isprintable())[:_SAID]
    if key:
        said = said.replace(key.get_secret_value(), "(the key)")
    where = f"{settings.endpoint} answered {response.status}"
    if response.status in {401, 403}:
        mend = "the key is refused: renew it" if key else f"it wants a key: put it into the environment as {VARIABLE}"
        return ReaderUnavailableError("reader-key", f"{where}; {mend} (docs/readers.md)")
    if response.status == 404:
        return ReaderUnavailableError(
            "reader-model", f"{where}: {said}. Is reader.llm.model {settings.model!r} known there, and does reader.llm.endpoint end in /v1?"
        )
    if response.status == 402:
        return ReaderUnavailableError("reader-payment", f"{where}: {said}. The account there has no credit left")
    if 300 <= response.status < 400:
        return ReaderUnavailableError("reader-redirect", f"{where}, a redirect, which is not followed; mend reader.llm.endpoint")
    if response.status in {408, 409, 425, 429} or response.status >= 500:
        busy = ReadingError("reader-busy", f"{where} at the last try: {said}. Ask again later, or ask for a higher limit there")
        return TryAgainError(busy, response.headers.get("Retry-After"))
    mend = "The model must know response_format json_schema and take prompts of this length (docs/readers.md)"
    return ReadingError("reader-refused", f"{where}: {said}. {mend}")


def _completion(body: bytes, url: str) -> Completion:
    try:
        answer = json.loads(body)
        choice = answer["choices"][0]
        message, ended = choice["message"], choice.get("finish_reason")
        content, refusal = message.get("content"), message.get("refusal")
        usage = answer.get("usage")
        tokens = usage.get("total_tokens") if isinstance(usage, dict) else None
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError) as error:
        told = f"the endpoint's answer is no chat completion ({type(error).__name__}); is reader.llm.endpoint OpenAI-compatible?"
        raise TryAgainError(ReadingError("reader-protocol", told)) from error
    if ended == "length":
        raise Rejected("read", "answer-cut", url, "raise reader.llm.max_answer_tokens")
    if ended == "content_filter" or refusal:
        raise Rejected("read", "answer-refused", url, str(refusal or "")[:_SAID])
    if not isinstance(content, str):
        raise TryAgainError(ReadingError("reader-protocol", "the endpoint's answer has no text; is the model a chat model?"))
    return Completion(content, tokens if type(tokens) is int and tokens >= 0 else None)
