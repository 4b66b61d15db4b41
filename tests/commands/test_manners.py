"""How the command line behaves whatever the command."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flows.exits import Exit

SENTENCE = "Canada imposed a tariff of 25 percent on Chinese steel on Monday. The measure had been expected by importers for some weeks."


def tradewire(*arguments: str, **options: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    return subprocess.run(
        (sys.executable, "-m", "flows.cli", *arguments), capture_output=True, text=True, check=False, input=options.get("given")
    )


def test_an_unknown_command_is_answered_with_the_nearest_one() -> None:
    """Wrong use is status 2, and the mend is told."""
    answer = tradewire("timelin")
    assert answer.returncode == Exit.USAGE
    assert "Did you mean 'timeline'?" in answer.stderr


def test_an_unknown_item_is_answered_with_the_nearest_one(tmp_path: Path) -> None:
    """A filter that names nothing is never silently ignored."""
    answer = tradewire("timeline", "--item", "galium", "--data", str(tmp_path))
    assert answer.returncode == Exit.USAGE
    assert "Did you mean 'gallium'?" in answer.stderr


def test_asking_before_anything_is_published_tells_what_to_do(tmp_path: Path) -> None:
    """Status 3, and the command that mends it, without a trace."""
    answer = tradewire("sql", "select 1", "--data", str(tmp_path))
    assert answer.returncode == Exit.NOTHING
    assert "tradewire demo" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_broken_configuration_is_told_with_file_line_and_mend(tmp_path: Path) -> None:
    """Status 2; the place is named."""
    feeds = tmp_path / "feeds.toml"
    said = {
        "id": "a",
        "url": "http://a.example/f",
        "publisher": "A",
        "owner": "A",
        "country": "US",
        "language": "en",
        "kind": "wire",
        "languag": "en",
    }
    feeds.write_text("\n".join(["[[feed]]", *(f'{key} = "{value}"' for key, value in said.items())]), encoding="utf-8")
    answer = tradewire("run", "--feeds", str(feeds), "--data", str(tmp_path / "data"))
    assert answer.returncode == Exit.USAGE
    assert f"{feeds}:" in answer.stderr
    assert "unknown key" in answer.stderr


def test_extract_reads_lines_of_json_from_standard_input() -> None:
    """One line an article comes out, in the annotation format; a given language is ignored."""
    line = json.dumps({"id": "x1", "lang": "de", "title": "", "published": "2023-07-05", "text": SENTENCE})
    answer = tradewire("extract", "-", given=line)
    assert answer.returncode == Exit.DONE
    assert '"id": "x1"' in answer.stdout
    assert '"lang": "en"' in answer.stdout
    assert '"instrument": "import_tariff"' in answer.stdout


def test_extract_tells_what_it_cannot_read_and_goes_on() -> None:
    """A broken line is status 1 when others are read."""
    good = json.dumps({"id": "x1", "published": "2023-07-05", "text": SENTENCE})
    answer = tradewire("extract", "-", given=f"not json\n{good}")
    assert answer.returncode == Exit.PARTLY
    assert "not-json" in answer.stderr
    assert answer.stdout.count("\n") == 1


@pytest.mark.slow
def test_help_comes_at_once() -> None:
    """Heavy libraries wait inside the commands; the best of five starts counts, for machines are shared."""
    best = min(_seconds("--help") for _ in range(5))
    assert best < 1.0


def _seconds(*arguments: str) -> float:
    began = time.perf_counter()
    assert tradewire(*arguments).returncode == Exit.DONE
    return time.perf_counter() - began
