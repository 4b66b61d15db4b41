"""What turns an article into a reading: the interface of every reader, and the one made of rules and words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from config.languages import load_languages
from models.reading.drafts import Draft, extend, read_sentence
from models.reading.merging import merge
from models.reading.pipeline import entities_of, findings_of, home_of, read_document
from models.reading.roles import Background
from models.records import Reading

if TYPE_CHECKING:
    from models.records import Article


class Reader(Protocol):
    """Reads one article; the warehouse and the flows know no more of a model than this."""

    name: str
    """Name and version, kept with every mention."""

    def read(self, article: Article) -> Reading:
        """Return the policy actions and entities that the article tells."""
        ...


class RuleReader:
    """Reads by the configured vocabulary and rules; needs no weights, and is the floor that a trained reader must beat."""

    name = "rules-1"

    def read(self, article: Article) -> Reading:
        """Return the policy actions and entities that the article tells: none in a language that we have no words for.

        Without a day of publication only full dates are told.
        """
        if article.language not in load_languages().read:
            return Reading(article.language, reader=self.name)
        published = article.published_at.date() if article.published_at else None
        doc = read_document(article.text, article.language, published)
        drafts: list[Draft] = []
        focus: tuple[str, ...] = ()
        home = home_of(doc)
        for findings in findings_of(doc):
            told = read_sentence(findings, published, Background(focus, home))
            if not told and drafts and findings.of("anaphor"):
                drafts[-1] = extend(drafts[-1], findings)
            drafts += told
            focus = told[0].mention.issuers if told else focus
        return Reading(article.language, merge(drafts, published), entities_of(doc), self.name)
