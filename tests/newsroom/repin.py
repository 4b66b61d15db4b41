"""Pin what the reader finds on the sample newsroom: `python -m tests.newsroom.repin [--allow-regression]`.

A pin is never lowered silently: where less is found than before, or more is invented, nothing is written without the flag.
"""

from __future__ import annotations

import json
import sys

from tests.newsroom.expected import PINNED, cases, score


def main() -> None:
    """Read all pages and write the pins."""
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


if __name__ == "__main__":
    main()
