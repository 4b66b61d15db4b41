"""A small part of the sample newsroom, and settings that wait for nobody."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from config.settings import Settings, load_settings
from flows.demo.newsroom import NEWSROOM

SITES = ("meridian-wire", "jianghai-shangbao", "actu-negoce", "prairie-exchange")
"""A wire with a corrected story, a Chinese portal, a French page that tells all twice, and a site whose second feed is broken."""


@pytest.fixture
def newsroom(tmp_path: Path) -> Path:
    """A newsroom of four sites, its files free to be changed."""
    for site in SITES:
        shutil.copytree(NEWSROOM / "sites" / site, tmp_path / "newsroom" / "sites" / site)
    return tmp_path / "newsroom"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The shipped settings in a folder of one's own, with short deadlines."""
    shipped = load_settings().with_data(tmp_path / "data")
    fetching = shipped.fetching.model_copy(update={"host_gap_s": 0.0, "deadline_s": 3.0, "connect_deadline_s": 1.0})
    return shipped.model_copy(update={"fetching": fetching})
