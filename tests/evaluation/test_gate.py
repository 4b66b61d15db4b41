"""`tradewire evaluate` as a gate: floors belong to their articles, hold, and are never lowered silently."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from config.errors import ConfigError
from flows.cli import cli
from flows.exits import Exit
from models.evaluation.annotation import Row
from models.evaluation.floors import GoldChangedError
from models.training.split import held_back_lines
from tests.evaluation.conftest import write

FLOORS = Path(__file__).parent / "floors.json"
Rows = dict[str, Row]


class Gate:
    """Files of one's own, and the command on them."""

    def __init__(self, folder: Path, gold: Rows, read: Rows) -> None:
        self.gold = write(folder / "gold.jsonl", gold)
        self.read = write(folder / "read.jsonl", read)
        self.floors = folder / "floors.json"

    def __call__(self, *arguments: str) -> Result:
        """Run it, with more arguments."""
        with_floors = ("--floors", str(self.floors))
        return CliRunner().invoke(cli, ["evaluate", str(self.gold), "--pred", str(self.read), *with_floors, *arguments])

    def pinned(self) -> dict[str, Any]:
        """The file of floors."""
        told: dict[str, Any] = json.loads(self.floors.read_text(encoding="utf-8"))
        return told


@pytest.fixture
def gate(tmp_path: Path, gold: Rows, read: Rows) -> Gate:
    """A gate with floors pinned at what the reading reaches."""
    made = Gate(tmp_path, gold, read)
    assert made("--pin").exit_code == Exit.DONE
    return made


def test_what_reaches_its_floors_passes(gate: Gate) -> None:
    """The floors carry the hash of their articles, and are rounded down."""
    assert gate().exit_code == Exit.DONE
    assert gate.pinned()["gold_sha256"] == hashlib.sha256(gate.gold.read_bytes()).hexdigest()
    assert gate.pinned()["floors"]["event"] == 0.66
    assert gate.pinned()["floors"]["event fr"] == 0.5


def test_a_figure_below_its_floor_fails_with_a_table(gate: Gate, read: Rows) -> None:
    """Status 1; the figure, its floor and what it is now."""
    write(gate.read, {**read, "a": {**read["a"], "events": []}})
    answer = gate()
    assert answer.exit_code == Exit.PARTLY
    assert "are below their floor" in answer.stderr
    assert "event en" in answer.stderr
    assert "event fr" not in answer.stderr


def test_a_figure_that_can_no_longer_be_told_fails(gate: Gate) -> None:
    """Reading nothing leaves no precision, which is no way around the floor."""
    write(gate.read, {})
    answer = gate()
    assert answer.exit_code == Exit.PARTLY
    assert "event_p" in answer.stderr


def test_other_articles_than_the_pinned_ones_are_refused(gate: Gate, gold: Rows) -> None:
    """Status 2: their figures say nothing of the floors."""
    write(gate.gold, {name: one for name, one in gold.items() if name != "c"})
    answer = CliRunner().invoke(cli, ["evaluate", str(gate.gold), "--pred", str(gate.read), "--floors", str(gate.floors)])
    assert isinstance(answer.exception, GoldChangedError)
    assert isinstance(answer.exception, ConfigError)  # which ends the command with status 2
    assert "--pin" in str(answer.exception)


def test_floors_rise_but_are_not_lowered_without_a_word(gate: Gate, gold: Rows, read: Rows) -> None:
    """A better reading raises them; a worse one is refused until it is allowed."""
    write(gate.read, gold)
    assert gate("--pin").exit_code == Exit.DONE
    assert gate.pinned()["floors"]["event"] == 1.0
    write(gate.read, read)
    before = gate.floors.read_bytes()
    answer = gate("--pin")
    assert answer.exit_code == Exit.PARTLY
    assert "would be lowered" in answer.stderr
    assert gate.floors.read_bytes() == before
    assert gate("--pin", "--allow-lower").exit_code == Exit.DONE
    assert gate.pinned()["floors"]["event"] == 0.66


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"gold_sha256": "x", "reader": "", "floors": {}}'])
def test_a_file_that_holds_no_floors_is_refused(gate: Gate, content: str) -> None:
    """The message names it."""
    gate.floors.write_text(content, encoding="utf-8")
    assert "no file of floors" in str(gate().exception)


def test_everything_comes_as_json(gate: Gate) -> None:
    """Tables, intervals and confusion, with null where there is nothing to tell."""
    (card,) = json.loads(gate("--json").stdout)
    assert card["reader"] == "read"
    assert card["all"]["all"]["event"] == 0.667
    low, high = card["all"]["all"]["event_95"]
    assert 0 <= low < 0.667 < high <= 1
    assert card["lang"]["fr"]["event"] == 0.5
    assert card["instrument"]["negotiation"]["precision"] is None
    assert card["confusion"] == {"in_force": {"in_force": 1}, "announced": {"considered": 1}, "lifted": {"lifted": 1}}


def test_everything_comes_as_csv(gate: Gate) -> None:
    """One figure a line, with empty cells where it has no interval or no value."""
    lines = gate("--csv").stdout.splitlines()
    assert lines[0] == "reader,by,group,figure,value,low,high"
    assert "read,instrument,negotiation,precision,,," in lines
    assert "read,all,all,articles,4,," in lines
    assert all(line.count(",") == 6 for line in lines if line)


def test_readings_stand_side_by_side_in_the_report(gate: Gate, tmp_path: Path) -> None:
    """Two readings, one page; the reader that reads now is told with its speed and memory."""
    page = tmp_path / "accuracy.md"
    arguments = ["evaluate", str(gate.gold), "--pred", str(gate.read), "--reader", "rules", "--report", str(page)]
    assert CliRunner().invoke(cli, arguments).exit_code == Exit.DONE
    text = page.read_text(encoding="utf-8")
    assert "| read | " in text
    assert "| rules-" in text
    assert " MB |" in text


def test_floors_want_one_reading(gate: Gate) -> None:
    """Whose figures they hold must be clear."""
    assert gate("--reader", "rules").exit_code == Exit.USAGE


@pytest.mark.slow
def test_the_shipped_reader_holds_its_floors_on_the_articles_held_back(tmp_path: Path) -> None:
    """The gate of this repository; after a change of corpus or reader that is meant, `make accuracy` pins anew."""
    gold = tmp_path / "held-back.jsonl"
    gold.write_text("".join(f"{line}\n" for line in held_back_lines()), encoding="utf-8")
    answer = CliRunner().invoke(cli, ["evaluate", str(gold), "--reader", "rules", "--floors", str(FLOORS)])
    assert answer.exit_code == Exit.DONE, f"{answer.stderr} {answer.exception or ''}: make accuracy pins anew"
