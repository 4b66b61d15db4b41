"""The spaCy pipeline that carries a reading: sentences, names, ideas, items and dates of an article, open to displaCy and researchers.

`doc.ents` are the linked entities (`ent.kb_id_`); `doc.spans` holds "names", "references" (every place that stands for a government,
`span._.government`), "ideas", "items", "dates" (`span._.iso`, resolved against `doc._.published`) and "legal" (`span.kb_id_`, a key free
of language).
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from config.reading import load_reading
from models.reading.dates import Told, find_dates
from models.reading.findings import Findings
from models.reading.governments import Reference, find_names, references
from models.reading.ideas import find_ideas, find_items
from models.reading.legal import find_legal_documents
from models.reading.lexicon import Hit
from models.reading.names import Kind, Known
from models.reading.sentences import sentence_spans
from models.reading.tokens import tokenize
from models.records import EntityMention
from models.records import Span as TextSpan

if TYPE_CHECKING:
    from collections.abc import Iterator

Doc.set_extension("published", default=None, force=True)
Doc.set_extension("language", default="", force=True)
Span.set_extension("government", default=None, force=True)
Span.set_extension("partial", default=None, force=True)
Span.set_extension("iso", getter=lambda span: span._.partial.resolve(span.doc._.published) if span._.partial else None, force=True)


@cache
def pipeline() -> Language:
    """Return the pipeline; it reads a `Doc` made by `models.reading.tokens.tokenize` with its language and day of publication set."""
    nlp = Language(meta={"name": "tradewire", "lang": "xx"})
    for component in ("tradewire_sentences", "tradewire_names", "tradewire_dates", "tradewire_ideas", "tradewire_legal"):
        nlp.add_pipe(component)
    return nlp


def read_document(text: str, language: str, published: date | None) -> Doc:
    """Return `text` as a spaCy document with everything found in it before events are read."""
    doc = tokenize(text, language, pipeline().vocab)
    doc._.published, doc._.language = published, language
    return pipeline()(doc)


@Language.component("tradewire_sentences")
def sentences(doc: Doc) -> Doc:
    """Mark where sentences start; the title is the first."""
    starts = {start for start, _ in sentence_spans(doc.text, doc._.language)}
    for token in doc:
        token.is_sent_start = token.idx in starts
    return doc


@Language.component("tradewire_names")
def names(doc: Doc) -> Doc:
    """Find gazetteer names, link the entities among them, and tell which places stand for which government."""
    hits = find_names(doc, doc._.language)
    doc.spans["names"] = [_span(doc, hit.start, hit.end, hit.label.kind, hit.label.id) for hit in hits]
    doc.ents = filter_spans([span for span in doc.spans["names"] if Kind(span.label_).is_entity])
    found = []
    for reference in references(hits, doc._.published):
        span = _span(doc, reference.start, reference.end, reference.kind, reference.id)
        span._.government = reference.government
        found.append(span)
    doc.spans["references"] = found
    return doc


@Language.component("tradewire_ideas")
def ideas(doc: Doc) -> Doc:
    """Find the words for ideas and items."""
    known = _names_of(doc)
    doc.spans["ideas"] = [_span(doc, hit.start, hit.end, hit.label) for hit in find_ideas(doc, doc._.language, known, _dates_of(doc))]
    doc.spans["items"] = [_span(doc, hit.start, hit.end, hit.label) for hit in find_items(doc, doc._.language, known)]
    return doc


@Language.component("tradewire_dates")
def dates(doc: Doc) -> Doc:
    """Find dates, absolute and relative."""
    found = []
    for told in find_dates(doc, doc._.language):
        span = _span(doc, told.start, told.end, "date")
        span._.partial = told.partial
        found.append(span)
    doc.spans["dates"] = found
    return doc


@Language.component("tradewire_legal")
def legal(doc: Doc) -> Doc:
    """Find the numbers of legal documents, which are the same in every language."""
    found = [doc.char_span(start, end, label="legal", kb_id=key, alignment_mode="expand") for start, end, key in _legal(doc)]
    doc.spans["legal"] = [span for span in found if span is not None]
    return doc


def _legal(doc: Doc) -> list[tuple[int, int, str]]:
    return find_legal_documents(doc.text, doc._.language)


def _span(doc: Doc, start: int, end: int, label: str, entity: str = "") -> Span:
    return Span(doc, start, end, label=str(label), kb_id=entity)


def _names_of(doc: Doc) -> list[Hit[Known]]:
    return [Hit(span.start, span.end, Known(Kind(span.label_), span.kb_id_)) for span in doc.spans["names"]]


def _dates_of(doc: Doc) -> list[Told]:
    return [Told(span.start, span.end, span._.partial) for span in doc.spans["dates"]]


def findings_of(doc: Doc) -> Iterator[Findings]:
    """Yield, sentence by sentence, what was found."""
    known = _names_of(doc)
    told = _dates_of(doc)
    stand_for = [Reference(span.start, span.end, span._.government, Kind(span.label_), span.kb_id_) for span in doc.spans["references"]]
    words = {group: [Hit(span.start, span.end, span.label_) for span in doc.spans[group]] for group in ("ideas", "items")}
    numbers = [Hit(span.start, span.end, span.kb_id_) for span in doc.spans["legal"]]
    for index, sentence in enumerate(doc.sents):
        start, end = _trimmed(doc, sentence.start, sentence.end)

        def inside(places: list, start: int = start, end: int = end) -> tuple:  # type: ignore[type-arg]
            return tuple(place for place in places if start <= place.start and place.end <= end)

        yield Findings(
            doc, index, start, end,
            ideas=inside(words["ideas"]),
            items=inside(words["items"]),
            names=inside(known),
            references=inside(stand_for),
            dates=inside(told),
            legal=inside(numbers),
        )  # fmt: skip


def _trimmed(doc: Doc, start: int, end: int) -> tuple[int, int]:
    while end - 1 > start and doc[end - 1].is_space:
        end -= 1
    while start < end - 1 and doc[start].is_space:
        start += 1
    return start, end


def home_of(doc: Doc) -> str | None:
    """Return whose "government" an article means: that of its language's one country, else the one it names most, if by half or more."""
    if country := load_reading().home.get(doc._.language):
        return country
    named = Counter(span._.government for span in doc.spans["references"] if Kind(span.label_) is not Kind.COMPANY)
    if not named:
        return None
    country, times = named.most_common(1)[0]
    return country if 2 * times >= named.total() else None


def entities_of(doc: Doc) -> tuple[EntityMention, ...]:
    """Return every mention of an entity, in order."""
    return tuple(EntityMention(TextSpan(ent.start_char, ent.end_char, ent.text), ent.kb_id_, ent.label_) for ent in doc.ents)
