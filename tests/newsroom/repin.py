"""Pin what the reader finds on the sample newsroom: `python -m tests.newsroom.repin [--allow-regression]`.

With `--figures` nothing is written: precision, recall and F1 are printed, over all pages and by language.

A pin is never lowered silently: where less is found than before, or more is invented, nothing is written without the flag.
"""

from __future__ import annotations

import json
import sys

from flows.tables import as_text
from models.evaluation.figures import evaluate
from tests.newsroom.expected import PINNED, cases, score


def main() -> None:
    """Read all pages and write the pins."""
    if "--figures" in sys.argv:
        print_figures()
        return
    before = json.loads(PINNED.read_text(encoding="utf-8")) if PINNED.exists() else {}
    now = {case.id: score(case) for case in cases() if case.facts["outcome"] == "article"}
    worse = [
        name
        for name, pin in now.items()
        if name in before and (set(before[name]["found"]) - set(pin["found"]) or pin["spurious"] > before[name]["spurious"])
    ]
    if worse and "--allow-regression" not in sys.argv:
        raise SystemExit(
            "worse than pinned on:\n  " + "\n  ".join(worse) + "\nmend the reader, or give --allow-regression and say why in the commit"
        )
    PINNED.write_text(
        "{\n" + ",\n".join(f" {json.dumps(name)}: {json.dumps(pin)}" for name, pin in sorted(now.items())) + "\n}\n", encoding="utf-8"
    )
    sys.stdout.write(
        f"{sum(len(pin['found']) for pin in now.values())} expected events found, {sum(pin['spurious'] for pin in now.values())} spurious\n"
    )


def print_figures() -> None:
    """Print how well the reader reads the newsroom."""
    articles = [case for case in cases() if case.facts["outcome"] == "article"]
    gold = {case.id: {"id": case.id, "lang": case.facts["language"], "events": case.facts["events"]} for case in articles}
    predicted = {case.id: {"id": case.id, "events": case.events()} for case in articles}
    shown = ("articles", "relevance", "event", "event_p", "event_r", "timeline", "status", "date", "targets", "items")
    rows = [[name, *(round(figures[column], 3) for column in shown)] for name, figures in evaluate(gold, predicted, "lang").items()]
    sys.stdout.write(as_text(("", *shown), rows) + "\n")


if __name__ == "__main__":
    main()
