"""The page store keeps the bytes of pages under their digest."""

import dataclasses
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.sources.pages import DamagedPage, PageStore
from models.records import Page

PAGE = Page(
    "https://example.org/a?utm_source=x",
    "https://example.org/a",
    b"<p>Zoll</p>" * 100,
    "text/html; charset=utf-8",
    datetime(2026, 3, 4, 5, tzinfo=UTC),
)


@pytest.fixture
def store(tmp_path: Path) -> PageStore:
    """An empty store."""
    return PageStore(tmp_path / "pages")


def stored(tmp_path: Path, suffix: str) -> Path:
    """The first kept file whose name ends so."""
    return next((tmp_path / "pages").rglob(f"*{suffix}"))


def test_a_page_comes_back_whole(store: PageStore) -> None:
    """Bytes, addresses, content type and time are those that were put."""
    assert store.page(store.put(PAGE)) == PAGE


@given(content=st.binary(max_size=2_000))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_bytes_come_back(store: PageStore, content: bytes) -> None:
    """No byte is changed, whatever a server sent."""
    assert store.get(store.put(dataclasses.replace(PAGE, content=content))) == content


def test_the_same_bytes_are_kept_once(store: PageStore, tmp_path: Path) -> None:
    """A second address with the same bytes adds no file and changes none."""
    first = store.put(PAGE)
    second = store.put(dataclasses.replace(PAGE, url="https://example.org/b"))
    assert first == second
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 2
    assert store.page(first).url == PAGE.url


def test_a_page_is_compressed(store: PageStore, tmp_path: Path) -> None:
    """The file is smaller than the page."""
    store.put(PAGE)
    assert stored(tmp_path, ".zst").stat().st_size < len(PAGE.content) / 2


@pytest.mark.fault
def test_other_bytes_are_noticed(store: PageStore, tmp_path: Path) -> None:
    """A file with another page's bytes is refused, not handed out."""
    sha256 = store.put(PAGE)
    other = store.put(dataclasses.replace(PAGE, content=b"other"))
    path = stored(tmp_path, f"{sha256}.zst")
    path.write_bytes(stored(tmp_path, f"{other}.zst").read_bytes())
    with pytest.raises(DamagedPage, match="delete the file"):
        store.get(sha256)


@pytest.mark.fault
def test_a_truncated_file_is_noticed(store: PageStore, tmp_path: Path) -> None:
    """A file cut short by a full disk is refused."""
    sha256 = store.put(PAGE)
    path = stored(tmp_path, ".zst")
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(DamagedPage):
        store.get(sha256)


@pytest.mark.fault
def test_a_crash_between_the_two_files_is_healed(store: PageStore, tmp_path: Path) -> None:
    """Facts without content, as a crash leaves them, are no page; putting it again completes it."""
    sha256 = store.put(PAGE)
    stored(tmp_path, ".zst").unlink()
    assert sha256 not in store
    store.put(PAGE)
    assert store.page(sha256) == PAGE


@pytest.mark.fault
def test_a_failed_write_leaves_nothing(store: PageStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk refuses, no half-written file stays behind."""

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("flows.sources.pages.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        store.put(PAGE)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", ["0" * 64, "../../etc/passwd", "", "A" * 64])
def test_an_unknown_name_is_a_key_error(store: PageStore, name: str) -> None:
    """What was never kept, or is no digest, is not looked for elsewhere on the disk."""
    with pytest.raises(KeyError):
        store.get(name)


def test_damaged_facts_are_named(store: PageStore, tmp_path: Path) -> None:
    """The message tells which file to delete."""
    sha256 = store.put(PAGE)
    stored(tmp_path, ".json").write_text(json.dumps({"url": 1}))
    with pytest.raises(DamagedPage, match=sha256):
        store.page(sha256)
