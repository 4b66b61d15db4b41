"""The reader that asks a large language model behind an OpenAI-compatible endpoint."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from typing import TYPE_CHECKING, Any

from config.languages import load_languages
from models.llm.answers import BadAnswerError, Examined, examine
from models.llm.budget import Budget, guess_tokens
from models.llm.conversation import Conversation, Question
from models.llm.exchange import TryAgainError
from models.llm.key import read_key
from models.llm.prompt import messages, version
from models.llm.schema import answer_schema
from models.reading.failures import ReaderUnavailableError, ReadingError
from models.reading.pipeline import entities_of, read_document
from models.records import EntityMention, Reading, Rejected

if TYPE_CHECKING:
    from config.readers import LanguageModel
    from models.records import Article

_log = logging.getLogger(__name__)


class LanguageModelReader:
    """Reads by asking a model; one instance spends one run's budget. Entities and legal documents are found as by the rules.

    Raises:
        ConfigError: the key or the prompt is not in order.

    """

    def __init__(self, settings: LanguageModel) -> None:
        self._settings = settings
        self.budget = Budget(settings)
        """What was spent so far."""
        self.dropped: Counter[str] = Counter()
        """What the answers told that the articles did not bear out, by kind."""
        self.name = f"llm-1 {settings.model} {version()}"
        self._conversation = Conversation(settings, read_key(settings), self.budget)
        self._stopped: ReaderUnavailableError | None = None

    def read(self, article: Article) -> Reading:
        """Return the policy actions and entities that the article tells. Not to be called where an event loop runs.

        Raises:
            ReaderUnavailableError: the endpoint, the key or the budget allows no more in this run.
            ReadingError: no answer about this article now; a later run may get one.
            Rejected: the article is too long, or the answer about it of no use.

        """
        if self._stopped:
            raise self._stopped
        try:
            examined = asyncio.run(self._conversation.ask(self._question(article), lambda content: _examined(content, article)))
        except ReaderUnavailableError as failure:
            self._stopped = failure
            raise
        if examined.dropped:
            told = ", ".join(f"{count} {what}" for what, count in sorted(examined.dropped.items()))
            _log.warning("%r: of the model's answer was dropped: %s", article.url, told)
            self.dropped += examined.dropped
        return Reading(article.language, examined.mentions, _entities(article), self.name)

    def _question(self, article: Article) -> Question:
        settings = self._settings
        told = messages(article)
        tokens = guess_tokens([message["content"] for message in told]) + settings.max_answer_tokens
        if tokens > settings.max_article_tokens:
            raise Rejected("read", "too-long", article.url, f"about {tokens} tokens; reader.llm.max_article_tokens sets the limit")
        payload: dict[str, Any] = {
            "model": settings.model,
            "messages": told,
            "response_format": {"type": "json_schema", "json_schema": {"name": "reading", "strict": True, "schema": answer_schema()}},
            settings.token_limit_key: settings.max_answer_tokens,
        }
        if settings.temperature is not None:
            payload["temperature"] = settings.temperature
        return Question(payload, article.url, tokens)


def _examined(content: str, article: Article) -> Examined:
    try:
        return examine(content, article)
    except BadAnswerError as error:
        told = f"the model's answer is of the wrong shape ({error}); choose one that follows response_format json_schema (docs/readers.md)"
        raise TryAgainError(ReadingError("reader-garbage", told)) from error


def _entities(article: Article) -> tuple[EntityMention, ...]:
    if article.language not in load_languages().read:
        return ()
    return entities_of(read_document(article.text, article.language, article.published_at.date() if article.published_at else None))
