"""The notebook runs from top to bottom, offline, on a published timeline."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from config.files import CONFIG
from tests.digest.press import GAZETTE, Press, action, story

NOTEBOOK = CONFIG.parent / "notebooks" / "timeline.ipynb"


@pytest.fixture
def notebook() -> Any:
    """The notebook as it is in the repository."""
    return nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]


def shown(notebook: Any, cell: str) -> dict[str, str]:
    """What the cell called `cell` displayed, by media type."""
    (found,) = (each for each in notebook.cells if each.id == cell)
    return {kind: data for output in found.outputs for kind, data in output.get("data", {}).items()}


def test_the_notebook_is_kept_without_outputs(notebook: Any) -> None:
    """Outputs are big, stale, and may hold what others wrote."""
    nbformat.validate(notebook)
    assert all(cell.outputs == [] and cell.execution_count is None for cell in notebook.cells if cell.cell_type == "code")


def test_every_cell_runs_and_shows_what_it_says(notebook: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table, the chart as a picture, and the words of the event that most voices tell."""
    Press(tmp_path).learn(
        story("a", (action(), "Controls on gallium are announced.")),
        story("b", (action(), "公告第23号。"), language="zh", publisher=GAZETTE),
        story("c", (action("import_tariff", issuers=("US",), targets=("CN",), items=("steel",), date="2025-02"), "A duty comes.")),
        story("d", (action("sanctions", items=("oil",), date=None), "Sanctions come.")),
    )
    monkeypatch.setenv("TRADEWIRE_DATA", str(tmp_path))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(NOTEBOOK.parent)}}).execute()
    assert all(cell.execution_count for cell in notebook.cells if cell.cell_type == "code")
    assert shown(notebook, "table")["text/html"].count("<tr") == 1 + 3
    picture = base64.b64decode(shown(notebook, "chart")["image/png"])
    assert picture.startswith(b"\x89PNG")
    words = shown(notebook, "evidence")["text/html"]
    assert "Controls on gallium are announced." in words
    assert "公告第23号。" in words
    assert "A duty comes." not in words
