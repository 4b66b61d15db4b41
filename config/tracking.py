"""Query parameters of links that name the click, not the article."""

from __future__ import annotations

from pathlib import Path

from config.files import CONFIG, Settled, read_toml


class Tracking(Settled):
    """Names and beginnings of names of tracking parameters, in lower case."""

    names: frozenset[str]
    prefixes: tuple[str, ...]

    def tracks(self, parameter: str) -> bool:
        """Whether a parameter of this name is there to follow the reader."""
        name = parameter.lower()
        return name in self.names or name.startswith(self.prefixes)


def load_tracking(path: Path = CONFIG / "tracking.toml") -> Tracking:
    """Read the file of tracking parameters.

    Raises:
        ConfigError: the file does not fit; the message names the line and the mend.

    """
    return read_toml(path, Tracking)
