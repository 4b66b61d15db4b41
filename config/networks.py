"""The networks that no public source may make us dial."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, IPvAnyNetwork

from config.files import CONFIG, Settled, read_toml


class Network(Settled):
    """One network, and why nothing public lives there."""

    cidr: IPvAnyNetwork
    reason: Annotated[str, Field(min_length=1)]


class Networks(Settled):
    """The file of refused networks: one `[[network]]` table each, the first match wins."""

    network: Annotated[tuple[Network, ...], Field(min_length=1)]


def load_networks(path: Path = CONFIG / "networks.toml") -> tuple[Network, ...]:
    """Read the file of refused networks.

    Raises:
        ConfigError: the file does not fit; the message names the line and the mend.

    """
    return read_toml(path, Networks).network
