"""What the tests of pages share."""

from collections.abc import AsyncIterator

import pytest

from config.settings import Extraction
from flows.sources.extraction import ExtractionPool

LIMITS = Extraction(deadline_s=3.0, memory_mb=1024, min_characters=120, workers=1)


@pytest.fixture
async def pool() -> AsyncIterator[ExtractionPool]:
    """A pool with one child and a short deadline."""
    async with ExtractionPool(LIMITS) as opened:
        yield opened
