"""Which reader reads the articles, and what a large language model may cost in time and tokens."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, PositiveFloat, PositiveInt

from config.files import Settled

ReaderKind = Literal["rules", "llm"]


def _base_address(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"{address!r} is no address of an endpoint; give one such as 'http://127.0.0.1:8080/v1'")
    if parts.username or parts.password:
        raise ValueError("no key belongs into the address; put it into the environment as TRADEWIRE_LLM_KEY")
    return address.rstrip("/")


class LanguageModel(Settled):
    """A large language model behind an OpenAI-compatible endpoint. The key comes from TRADEWIRE_LLM_KEY or `key_file` only."""

    endpoint: Annotated[str, AfterValidator(_base_address)]
    """Base address; "/chat/completions" is put behind it."""
    model: str
    """As the endpoint calls it."""
    key_file: Path | None = None
    """File that holds nothing but the key; without one, and without TRADEWIRE_LLM_KEY, requests carry no key."""
    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    """Left out, none is sent: some models refuse any but their own."""
    token_limit_key: Literal["max_tokens", "max_completion_tokens"]
    """How the endpoint calls the limit on an answer."""
    request_deadline_s: PositiveFloat
    """From dial to the answer's last byte."""
    article_deadline_s: PositiveFloat
    """Over all tries, and the waits between them."""
    attempts: PositiveInt
    backoff_first_s: PositiveFloat
    """Doubles with every try, unless the endpoint says how long to wait."""
    backoff_cap_s: PositiveFloat
    max_answer_bytes: PositiveInt
    max_answer_tokens: PositiveInt
    max_article_tokens: PositiveInt
    """Prompt and answer of one request together; a longer article is rejected as "too-long"."""
    max_run_requests: PositiveInt
    max_run_tokens: PositiveInt
    """Prompts and answers of one run together."""


class Reader(Settled):
    """The reader of a running tradewire."""

    kind: ReaderKind
    """"rules" needs nothing; "llm" asks the endpoint below, which then sees every article."""
    llm: LanguageModel
