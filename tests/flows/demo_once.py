"""Run the demonstration on a newsroom, for tests that kill it: `python -m tests.flows.demo_once NEWSROOM DATA`."""

from __future__ import annotations

import sys
from pathlib import Path

from config.settings import load_settings
from flows.demo.demonstration import demonstrate
from flows.loading import only_run
from models.reading.reader import RuleReader

if __name__ == "__main__":
    newsroom, data = Path(sys.argv[1]), Path(sys.argv[2])
    settings = load_settings().with_data(data)
    with only_run(settings.paths):
        demonstrate(settings, RuleReader(), lambda _what, _done, _of: None, newsroom)
