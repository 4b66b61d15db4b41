"""Hostile pages cost their deadline and no more."""

import asyncio
import os
import signal
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.sources.extraction import ExtractionPool
from flows.sources.reading import Extracted
from models.records import Rejected
from tests.articles.conftest import LIMITS
from tests.articles.samples import ORDINARY
from tests.articles.webpages import blog, page

LINKS = b"<html><body>" + b'<a href="/x">one more link</a> ' * 200_000 + b"</body></html>"
"""A killer page: trafilatura needs some twenty seconds for it."""


async def reason(pool: ExtractionPool, content: bytes) -> str:
    """Why a page is rejected."""
    with pytest.raises(Rejected) as caught:
        await pool.extract(page(content))
    assert caught.value.rejection.stage == "extract"
    return caught.value.rejection.reason


async def test_a_page_is_read_in_a_child(pool: ExtractionPool) -> None:
    """What comes back is what reading it here would give; the second page finds the child ready."""
    extracted = await pool.extract(page(blog("fr")))
    assert (extracted.title, extracted.body) == ORDINARY["fr"]
    started = time.monotonic()
    await pool.extract(page(blog("ja")))
    assert time.monotonic() - started < 1.0


@pytest.mark.fault
async def test_pages_without_an_article_are_counted_as_such(pool: ExtractionPool) -> None:
    """An empty page, a page of navigation and a PDF."""
    navigation = b'<html><body><nav><a href="/">Home</a></nav><p>Welcome.</p></body></html>'
    reasons = [await reason(pool, content) for content in (b"", navigation, b"%PDF-1.7", b"<div>" * 100_000)]
    assert reasons == ["no-text", "no-text", "not-html", "no-text"]


@pytest.mark.fault
async def test_a_killer_page_ends_with_its_deadline(pool: ExtractionPool) -> None:
    """200,000 links are given up in time, the loop stays free meanwhile, and the next page is read."""
    await pool.extract(page(blog("en")))
    started, beats = time.monotonic(), 0
    killer = asyncio.create_task(reason(pool, LINKS))
    while not killer.done():
        await asyncio.sleep(0.05)
        beats += 1
    assert killer.result() == "too-slow"
    assert time.monotonic() - started < LIMITS.deadline_s + 2
    assert beats > LIMITS.deadline_s / 0.05 / 4
    assert (await pool.extract(page(blog("en")))).language == "en"


@pytest.mark.fault
async def test_a_greedy_page_ends_with_its_memory() -> None:
    """A page that needs more than the limit is too big, and the parent does not grow with it."""
    async with ExtractionPool(LIMITS.model_copy(update={"memory_mb": 400, "deadline_s": 20.0})) as pool:
        assert await reason(pool, LINKS) == "too-big"
        assert (await pool.extract(page(blog("en")))).language == "en"


@pytest.mark.fault
async def test_an_idle_child_that_was_killed_is_replaced(pool: ExtractionPool) -> None:
    """The system may take a process at any time; no page is blamed for it."""
    await pool.extract(page(blog("en")))
    process = pool._idle[0]._process
    os.kill(process.pid, signal.SIGKILL)
    await process.wait()
    assert (await pool.extract(page(blog("de")))).language == "de"


async def test_a_cancelled_reading_leaves_no_process(pool: ExtractionPool) -> None:
    """A run that is stopped stops its children."""
    await pool.extract(page(blog("en")))
    process = pool._idle[0]._process
    task = asyncio.create_task(pool.extract(page(LINKS)))
    await asyncio.sleep(0.3)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert process.returncode == -signal.SIGKILL


async def test_the_pool_ends_its_children() -> None:
    """Leaving the pool leaves nothing running."""
    async with ExtractionPool(LIMITS) as pool:
        await pool.extract(page(blog("en")))
        process = pool._idle[0]._process
    assert process.returncode is not None


async def test_children_do_not_see_our_secrets(pool: ExtractionPool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Should a page take over its reader, there is no password in the environment."""
    monkeypatch.setenv("TRADEWIRE_SMTP_PASSWORD", "hush")
    await pool.extract(page(blog("en")))
    with open(f"/proc/{pool._idle[0]._process.pid}/environ", "rb") as file:  # noqa: ASYNC230, PTH123
        assert b"hush" not in file.read()


@pytest.mark.fault
@given(content=st.binary(max_size=400))
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_give_an_answer_or_a_rejection(content: bytes) -> None:
    """Nothing else comes out of the pool."""

    async def read() -> Extracted | str:
        async with ExtractionPool(LIMITS) as pool:
            try:
                return await pool.extract(page(content))
            except Rejected as rejected:
                return rejected.rejection.reason

    assert isinstance(asyncio.run(read()), Extracted | str)
