"""The commands `digest` and `show` as they are typed: what they print, write and end with."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest
import trustme

from config.files import CONFIG
from flows.cli import main
from flows.commands import digest as digest_command
from flows.commands import show as show_command
from flows.exits import Exit
from tests.digest.mailroom import PASSWORD, USER, mailroom, trust
from tests.digest.press import GAZETTE, MORNING, Press, action, story


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


Tradewire = Callable[..., Done]


@pytest.fixture
def tradewire(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Tradewire:
    """Run the command line with the given words."""

    def run(*words: str) -> Done:
        monkeypatch.setattr("sys.argv", ["tradewire", *words])
        capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            main()
        said = capsys.readouterr()
        return Done(int(stop.value.code or 0), said.out, said.err)

    return run


@pytest.fixture(scope="module")
def printed(blank_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a published timeline: a control, an answer to it, and a later version of the control; copy it."""
    press = Press(tmp_path_factory.mktemp("printed"))
    shutil.copy(blank_warehouse, press.data / "warehouse.duckdb")
    answer = action("import_tariff", issuers=("US",), targets=("CN",), items=("rare_earths",), rate_pct=25.0, responds_to=0)
    press.learn(story("a", (action(), "Controls are announced."), (answer, "In response a duty of 25% comes.")))
    later = MORNING + timedelta(hours=1)
    press.learn(story("b", (action(effective="2025-08"), "公告第23号。"), language="zh", publisher=GAZETTE, fetched_at=later), at=later)
    return press.data


@pytest.fixture
def folder(printed: Path, tmp_path: Path) -> str:
    """The test's own copy of the printed timeline."""
    return str(shutil.copytree(printed, tmp_path, dirs_exist_ok=True))


@pytest.fixture
def settings_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., None]:
    """Let commands read the shipped settings with other values for keys of [digest]."""
    from config.settings import load_settings

    def change(**said: object) -> None:
        lines = (CONFIG / "settings.toml").read_text(encoding="utf-8").splitlines()
        told = [
            next((f"{key} = {json.dumps(value)}" for key, value in said.items() if line.startswith(f"{key} = ")), line) for line in lines
        ]
        path = tmp_path / "settings.toml"
        path.write_text("\n".join(told), encoding="utf-8")
        monkeypatch.setattr("config.settings.load_settings", lambda: load_settings(path))

    return change


def test_the_digest_is_printed_as_text(tradewire: Tradewire, folder: str) -> None:
    """On stdout, and nothing else on it."""
    done = tradewire("digest", "--day", "2025-03-01", "--data", folder)
    assert (done.returncode, done.stderr) == (Exit.DONE, "")
    assert done.stdout.startswith("Trade measures, 2025-03-01 (UTC)\n")
    assert "Rate: 25%" in done.stdout


def test_an_empty_day_is_a_digest_too(tradewire: Tradewire, folder: str) -> None:
    """It says so plainly and ends well."""
    done = tradewire("digest", "--day", "2024-01-01", "--data", folder)
    assert done.returncode == Exit.DONE
    assert "Nothing new became known" in done.stdout


def test_the_digest_is_printed_as_json(tradewire: Tradewire, folder: str) -> None:
    """With the facts by label."""
    told = json.loads(tradewire("digest", "--day", "2025-03-01", "--json", "--data", folder).stdout)
    assert [section["title"] for section in told["sections"]] == ["New"]
    assert ["Rate", "25%"] in [fact for line in told["sections"][0]["lines"] for fact in line["facts"]]


@pytest.mark.parametrize("suffix", [".html", ".txt", ".eml"])
def test_a_preview_takes_its_form_from_the_name(tradewire: Tradewire, folder: str, suffix: str) -> None:
    """A page, a text, or the mail itself; nothing is sent and stdout stays empty."""
    path = Path(folder) / f"preview{suffix}"
    done = tradewire("digest", "--day", "2025-03-01", "--preview", str(path), "--data", folder)
    assert (done.returncode, done.stdout) == (Exit.DONE, "")
    written = path.read_bytes()
    if suffix == ".eml":
        mail = BytesParser(policy=policy.default).parsebytes(written)
        assert mail["Subject"].startswith("2025-03-01: 2 new | ")
    else:
        assert written.startswith({".html": b"<!DOCTYPE html>", ".txt": b"Trade measures"}[suffix])


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("--preview", "x.pdf"), ".html, .txt, .eml"),
        (("--preview", "/nowhere/x.html"), "cannot be written"),
        (("--day", f"{datetime.now(UTC) + timedelta(days=2):%Y-%m-%d}"), "has not begun"),
        (("--again",), "--send"),
        (("--send",), "digest.recipients"),
    ],
)
def test_misuse_is_told(tradewire: Tradewire, folder: str, words: tuple[str, ...], hint: str) -> None:
    """With what to do instead."""
    done = tradewire("digest", *words, "--data", folder)
    assert (done.returncode, done.stdout) == (Exit.USAGE, "")
    assert hint in done.stderr


def test_a_missing_timeline_is_told(tradewire: Tradewire, tmp_path: Path) -> None:
    """With the command that makes one."""
    for words in (("digest",), ("show", "1234")):
        done = tradewire(*words, "--data", str(tmp_path / "nothing"))
        assert done.returncode == Exit.NOTHING
        assert "tradewire run" in done.stderr


def test_sending_ends_as_it_went(
    tradewire: Tradewire, folder: str, settings_file: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """0 for all, again 0 when all have it, 1 when some were refused, 3 when nothing could be sent."""
    authority = trustme.CA()
    monkeypatch.setenv("SSL_CERT_FILE", str(trust(authority, Path(folder))))
    monkeypatch.setenv("TRADEWIRE_SMTP_PASSWORD", PASSWORD)
    words = ("digest", "--send", "--day", "2025-03-01", "--data", folder)
    ada, cy = "ada@example.org", "cy@example.org"
    with mailroom(authority) as room:
        room.unknown = {cy}
        for recipients, expected in (([ada], Exit.DONE), ([ada], Exit.DONE), ([ada, cy], Exit.PARTLY), ([cy], Exit.NOTHING)):
            settings_file(recipients=recipients, smtp_host="localhost", smtp_port=room.port, smtp_user=USER)
            done = tradewire(*words)
            assert (done.returncode, done.stdout) == (expected, "")
        assert room.readers == [ada]
    assert done.stderr == f"{cy}: refused (550 no such reader)\n"
    done = tradewire(*words)
    assert done.returncode == Exit.NOTHING
    assert "cannot be used" in done.stderr


def test_one_event_is_shown_whole(tradewire: Tradewire, folder: str) -> None:
    """Its fields, the words of both articles with their sources, the answer to it, and both versions."""
    event = event_ids(folder)["export_control"]
    done = tradewire("show", event[:8].upper(), "--data", folder)
    assert (done.returncode, done.stderr) == (Exit.DONE, "")
    for told in (
        f"Event: {event}", "Against: United States", "Independent voices: 2, one of them official", '"Controls are announced."',
        '"公告第23号。"', "Official Gazette, 2025-03-01, Chinese", "https://news.example/b", "retaliates for this event",
        "United States: import tariff of 25%", "effective 2025-08, voices 2", "date 2025-03-01, voices 1",
    ):  # fmt: skip
        assert told in done.stdout


def test_one_event_is_shown_as_json(tradewire: Tradewire, folder: str) -> None:
    """One object, with the zone in every time, also within lists."""
    told = json.loads(tradewire("show", event_ids(folder)["export_control"], "--json", "--data", folder).stdout)
    assert told["instrument"] == "export_control"
    assert [each["known_from"][-6:] for each in told["history"]] == ["+00:00"] * 2
    assert {each["language"] for each in told["evidence"]} == {"en", "zh"}


def test_an_unknown_event_is_told_with_the_next_step(tradewire: Tradewire, folder: str) -> None:
    """And so is an empty id."""
    for event in ("ffffffff", "'", " "):
        done = tradewire("show", event, "--data", folder)
        assert done.returncode == Exit.USAGE
        assert "tradewire timeline" in done.stderr


def test_an_ambiguous_id_lists_what_it_may_mean(tradewire: Tradewire, press: Press) -> None:
    """With titles, ten of them at most."""
    press.learn(*(story(f"n{number}", (action(items=(f"thing_{number}",)), f"Say {number}.")) for number in range(200)))
    done = tradewire("show", next(iter(event_ids(str(press.data)).values()))[0], "--data", str(press.data))
    assert done.returncode == Exit.USAGE
    assert "give more characters" in done.stderr
    assert "China: export controls on thing" in done.stderr


def test_a_withdrawn_event_is_told_as_such(tradewire: Tradewire, folder: str) -> None:
    """The id from yesterday's digest is not unknown; it leads to the time when it stood."""
    event = event_ids(folder)["import_tariff"]
    Press(Path(folder)).learn(story("a", fetched_at=MORNING + timedelta(hours=2)), at=MORNING + timedelta(hours=2))
    done = tradewire("show", event, "--data", folder)
    assert done.returncode == Exit.USAGE
    assert "tradewire timeline --as-of 2025-03-01T09:59:59" in done.stderr


def event_ids(folder: str) -> dict[str, str]:
    """Ids of the published events by instrument."""
    from contextlib import closing

    from warehouse.database import open_published
    from warehouse.queries import fetch_rows

    with closing(open_published(Path(folder) / "timeline.duckdb")) as con:
        return {row["instrument"]: row["event_id"] for row in fetch_rows(con.execute("select instrument, event_id from timeline"))}


@pytest.mark.parametrize("command", [digest_command.command, show_command.command])
def test_every_option_is_explained(command: object) -> None:
    """Help is the first manual."""
    import click

    assert isinstance(command, click.Command)
    assert command.help
    assert all(option.help for option in command.params if isinstance(option, click.Option))
