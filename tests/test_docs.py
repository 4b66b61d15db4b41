"""What the README says is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from flows.cli import COMMANDS, cli

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_is_in_the_readme(name: str) -> None:
    """`--help` explains it, and the table of commands names it."""
    answer = CliRunner().invoke(cli, [name, "--help"])
    assert answer.exit_code == 0
    assert len(answer.output.splitlines()) > 4
    assert f"`tradewire {name}" in README


def test_every_target_of_the_makefile_that_the_readme_names_exists() -> None:
    """`make demo` and its like can be typed."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"^make ([a-z-]+)|`make ([a-z-]+)`", README, re.MULTILINE)):
        name = "".join(target)
        assert re.search(rf"^{name}:", makefile, re.MULTILINE), name


def test_every_path_that_the_readme_names_exists() -> None:
    """The map of the house is the house."""
    for path in set(re.findall(r"`((?:config|models|warehouse|flows|notebooks|docs|tests)/[\w./-]*)`", README)):
        assert (ROOT / path).exists(), path
