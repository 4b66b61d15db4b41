"""The house: imports point one way, and heavy libraries stay in their room."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RANK = {"config": 0, "models": 1, "warehouse": 2, "flows": 3}
ROOMS = {
    "duckdb": ("warehouse",),
    "spacy": ("models",),
    "torch": ("models",),
    "transformers": ("models",),
    "feedparser": ("flows/sources",),
    "trafilatura": ("flows/sources",),
}
PREFECT = {"flows/schedules.py", "flows/commands/serve.py"}
FILES = [path for package in RANK for path in sorted((ROOT / package).rglob("*.py"))]


def imported(path: Path) -> Iterator[str]:
    """Yield the full names of the modules that a file imports at run time; those for types only are left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = {
        node
        for branch in ast.walk(tree)
        if isinstance(branch, ast.If) and isinstance(branch.test, ast.Name) and branch.test.id == "TYPE_CHECKING"
        for statement in branch.body
        for node in ast.walk(statement)
    }
    for node in ast.walk(tree):
        if node in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def place(path: Path) -> str:
    """Return the path of a file below the checkout."""
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", FILES, ids=place)
def test_a_file_imports_only_from_its_own_package_and_those_below(path: Path) -> None:
    """Config ← models ← warehouse ← flows."""
    rank = RANK[path.relative_to(ROOT).parts[0]]
    above = {name for name in imported(path) if RANK.get(name.partition(".")[0], 0) > rank}
    assert not above, f"{place(path)} must not import {', '.join(sorted(above))}"


@pytest.mark.parametrize("path", FILES, ids=place)
def test_heavy_libraries_stay_in_their_room(path: Path) -> None:
    """Duckdb is spoken to in warehouse/ alone, spaCy and transformers in models/, Prefect where flows are scheduled."""
    for name in imported(path):
        top = name.partition(".")[0]
        if top in ROOMS:
            assert place(path).startswith(ROOMS[top]), f"{place(path)} must not import {top}"
        if top == "prefect":
            assert place(path) in PREFECT, f"{place(path)} must not import prefect"


@pytest.mark.parametrize("path", [path for path in FILES if "models/training" not in place(path)], ids=place)
def test_nothing_imports_the_training_code(path: Path) -> None:
    """What runs does not depend on how it was trained."""
    assert not [name for name in imported(path) if name.startswith("models.training")]


def test_no_circle_among_modules() -> None:
    """Every module can be read after those that it imports at its top."""
    graph = {module(path): set(top_imports(path)) for path in FILES}
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " → ".join((*trail, name))
        if name not in done:
            for other in sorted(graph.get(name, set()) & set(graph)):
                visit(other, (*trail, name))
            done.add(name)

    for name in graph:
        visit(name, ())


def module(path: Path) -> str:
    """Return the dotted name of a file."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def top_imports(path: Path) -> Iterator[str]:
    """Yield the modules that a file imports when it is itself imported."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
