"""A Prefect server of our own on loopback: schedules fire only where one runs. No telemetry, nothing outside the data folder."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

from config.errors import MendableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_START_LIMIT_S = 90.0


class ServerError(MendableError):
    """Prefect's server did not start; the message says where its words are."""


def settle_environment(home: Path) -> None:
    """Set what Prefect reads from the environment; call it before Prefect is imported."""
    os.environ.update(
        DO_NOT_TRACK="1",
        PREFECT_SERVER_ANALYTICS_ENABLED="false",
        PREFECT_HOME=str(home.absolute()),
        PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW="ignore",
    )


@contextmanager
def running(home: Path) -> Iterator[str]:
    """Run a server, whose files lie in `home`, until the block ends; yield its address.

    Raises:
        ServerError: it did not start.

    """
    home.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    address = f"http://127.0.0.1:{port}/api"
    command = (sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port), "--no-ui")
    log = home / "server.log"
    with log.open("ab") as words, subprocess.Popen(command, stdout=words, stderr=words) as server:  # noqa: S603 - our own interpreter
        try:
            _wait(address, server, log)
            yield address
        finally:
            server.terminate()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _START_LIMIT_S
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise ServerError(f"Prefect's server ended with status {server.returncode}; its words are in {log}")
        try:
            with urlopen(f"{address}/health", timeout=2):  # noqa: S310 - our own server on loopback
                return
        except (URLError, OSError):
            time.sleep(0.3)
    raise ServerError(f"Prefect's server gave no sign of life in {_START_LIMIT_S:g} s; its words are in {log}")
