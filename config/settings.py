"""Settings of a running tradewire: paths, limits, mail, schedule."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, PositiveFloat, PositiveInt, SecretStr

from config.files import CONFIG, Settled, read_toml
from config.readers import Reader


def _known_timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"unknown time zone {name!r}; use a name such as 'Europe/Berlin'") from error
    return name


class Paths(Settled):
    """Where tradewire keeps its files; `data` is relative to the working directory unless absolute."""

    data: Path

    @property
    def warehouse(self) -> Path:
        """The writer's file; only the pipeline opens it."""
        return self.data / "warehouse.duckdb"

    @property
    def timeline(self) -> Path:
        """The published copy that analysts, notebooks and the digest read."""
        return self.data / "timeline.duckdb"

    @property
    def unpublished(self) -> Path:
        """Mark that the warehouse holds what the published copy lacks; it outlives a kill between the two."""
        return self.data / ".unpublished"

    @property
    def pages(self) -> Path:
        """Folder of kept page bytes, named by their sha256."""
        return self.data / "pages"

    @property
    def fetch_state(self) -> Path:
        """What is remembered of sources: validators, back-off, entries waiting for another try."""
        return self.data / "sources.sqlite"


class Fetching(Settled):
    """Limits and manners towards other people's servers."""

    user_agent: str
    deadline_s: PositiveFloat
    """From dial to last byte, over all redirects."""
    connect_deadline_s: PositiveFloat
    max_bytes: PositiveInt
    """After decoding."""
    max_redirects: Annotated[int, Field(ge=0, le=10)]
    host_gap_s: Annotated[float, Field(ge=0)]
    """Least time between two requests to one host."""
    max_concurrent: PositiveInt
    full_get_every_h: PositiveInt
    """Some servers answer 304 for ever; once in this time the validators are left out."""
    retry_after_cap_h: PositiveInt
    backoff_first_min: PositiveInt
    backoff_cap_h: PositiveInt
    """A feed that fails is asked ever more seldom, but at least once in this time."""
    page_attempts: PositiveInt
    max_entries_per_feed: PositiveInt
    max_new_per_feed: PositiveInt
    ports: tuple[int, ...]
    """Ports that may be dialled on public hosts."""


class Extraction(Settled):
    """Bounds on reading one hostile page, in a child process."""

    deadline_s: PositiveFloat
    memory_mb: PositiveInt
    min_characters: PositiveInt
    """A page with less main text than this is rejected as "no-text"."""
    workers: PositiveInt


class Digest(Settled):
    """The morning mail. The password comes from TRADEWIRE_SMTP_PASSWORD only."""

    sender: str
    recipients: tuple[str, ...]
    smtp_host: str
    smtp_port: Annotated[int, Field(ge=1, le=65535)]
    smtp_user: str
    smtp_password: SecretStr = SecretStr("")
    max_events: PositiveInt
    max_bytes: PositiveInt
    """Gmail clips a message above 102 kB."""


class Schedule(Settled):
    """When `tradewire serve` runs what."""

    ingest_every_min: PositiveInt
    digest_at: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
    timezone: Annotated[str, AfterValidator(_known_timezone)]


class Settings(Settled):
    """All settings."""

    paths: Paths
    fetching: Fetching
    extraction: Extraction
    reader: Reader
    digest: Digest
    schedule: Schedule

    def with_data(self, folder: Path) -> Settings:
        """The same settings with all files in `folder`."""
        return self.model_copy(update={"paths": Paths(data=folder)})


def load_settings(path: Path = CONFIG / "settings.toml") -> Settings:
    """Read the settings file; TRADEWIRE_DATA and TRADEWIRE_SMTP_PASSWORD in the environment win over it.

    Raises:
        ConfigError: the file does not fit; the message names the line and the mend.

    """
    settings = read_toml(path, Settings)
    if folder := os.environ.get("TRADEWIRE_DATA"):
        settings = settings.with_data(Path(folder))
    if password := os.environ.get("TRADEWIRE_SMTP_PASSWORD"):
        settings = settings.model_copy(update={"digest": settings.digest.model_copy(update={"smtp_password": SecretStr(password)})})
    return settings
