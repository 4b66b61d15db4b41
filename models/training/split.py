"""Which articles of the training corpus are held back: no reader is trained on them, every reader is measured on them.

About a tenth, by a hash, so that the answer never changes as the corpus grows. A story stays whole: articles of several languages
that tell the same actions all lie on one side, or a reader would be asked for what it has been told.

`python -m models.training.split` prints the held-back articles in the format that readings are scored in.
"""

from __future__ import annotations

import csv
import hashlib
import json
import sys
from functools import cache

from models.training.articles import CORPUS, CorpusArticle, read_corpus

_ONE_IN = 10
# of the first 12,000 numbers, the one that leaves about a tenth of every instrument, stage and language on this side
_DRAW = 869


def held_back(article: CorpusArticle) -> bool:
    """Whether `article` is for measuring, not for training."""
    digest = hashlib.sha256(f"held back {_DRAW}: {_kept_together_by(article)}".encode()).digest()
    return int.from_bytes(digest) % _ONE_IN == 0


def held_back_lines() -> list[str]:
    """Return the held-back articles of the corpus, one line of JSON each, by language and id."""
    articles = read_corpus(sorted((CORPUS / "articles").glob("*.jsonl")))
    return [json.dumps(article.gold(), ensure_ascii=False) for article in articles if held_back(article)]


def _kept_together_by(article: CorpusArticle) -> str:
    """The article's story; without one, the story of the first listed action that it tells; else the article stands alone."""
    if article.story:
        return article.story
    action = next((event.action for event in article.events if event.action), None)
    return _story_of()[action] if action else article.id


@cache
def _story_of() -> dict[str, str]:
    with (CORPUS / "actions.csv").open(encoding="utf-8", newline="") as file:
        return {row["action"]: row["story"] for row in csv.DictReader(file)}


def main() -> None:
    """Print the held-back articles."""
    sys.stdout.writelines(f"{line}\n" for line in held_back_lines())


if __name__ == "__main__":
    main()
