"""Who may ask which host when."""

from __future__ import annotations

import asyncio
import itertools
import time

import pytest

from flows.sources.failures import TryAgain
from flows.sources.pacing import Pacing

NOISE_S = 0.02


async def _ask(pacing: Pacing, host: str, starts: list[float], takes_s: float = 0.0) -> None:
    async with pacing.turn(host, f"http://{host}/"):
        starts.append(time.monotonic())
        await asyncio.sleep(takes_s)


def _gaps(starts: list[float]) -> list[float]:
    return [later - earlier for earlier, later in itertools.pairwise(starts)]


async def test_a_host_is_asked_once_at_a_time_and_after_a_gap() -> None:
    """Between two starts lies at least the gap, and never are two requests in flight."""
    pacing, starts, busy = Pacing(0.1, 16), [], 0

    async def ask() -> None:
        nonlocal busy
        async with pacing.turn("a", "http://a/"):
            busy += 1
            assert busy == 1
            starts.append(time.monotonic())
            await asyncio.sleep(0.01)
            busy -= 1

    await asyncio.gather(*(ask() for _ in range(5)))
    assert min(_gaps(starts)) >= 0.1 - NOISE_S


async def test_a_crawl_delay_widens_the_gap() -> None:
    """What the host asks for counts when it is more than our own gap."""
    pacing, starts = Pacing(0.0, 16), []
    pacing.slow_down("a", 0.15)
    await asyncio.gather(*(_ask(pacing, "a", starts) for _ in range(3)))
    assert min(_gaps(starts)) >= 0.15 - NOISE_S


async def test_servers_of_our_own_need_no_gap() -> None:
    """Without a gap ten requests follow at once."""
    pacing = Pacing(2.0, 16)
    started = time.monotonic()
    for _ in range(10):
        async with pacing.turn("a", "http://a/", gap=False):
            pass
    assert time.monotonic() - started < 0.5


async def test_a_short_pause_is_waited_for_and_a_long_one_is_not() -> None:
    """Within a run we wait up to a minute for a host; a longer pause is for a later run."""
    pacing, starts = Pacing(0.0, 16), []
    pacing.hold("short", 0.2)
    pacing.hold("long", 3600)
    began = time.monotonic()
    await _ask(pacing, "short", starts)
    assert starts[0] - began >= 0.2 - NOISE_S
    with pytest.raises(TryAgain) as failure:
        await _ask(pacing, "long", starts)
    assert failure.value.retry_after == pytest.approx(3600, abs=5)


@pytest.mark.fault
async def test_slow_hosts_hold_up_nobody_but_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fifty hosts that hang do not keep two hundred good ones from their turn, though there are only four slots."""
    monkeypatch.setattr("flows.sources.pacing._BRISK_S", 0.02)
    pacing, starts = Pacing(0.0, 4), []
    slow = [asyncio.create_task(_ask(pacing, f"slow{n}", [], takes_s=30)) for n in range(50)]
    await asyncio.sleep(0)
    began = time.monotonic()
    await asyncio.gather(*(_ask(pacing, f"good{n}", starts) for n in range(200)))
    assert time.monotonic() - began < 3
    for task in slow:
        task.cancel()
    await asyncio.gather(*slow, return_exceptions=True)


@pytest.mark.fault
async def test_one_host_with_many_requests_does_not_starve_the_others() -> None:
    """A host's queue takes one slot at most: the others start at once."""
    pacing, flood, other = Pacing(0.05, 2), [], []
    many = [asyncio.create_task(_ask(pacing, "flood", flood)) for _ in range(50)]
    await asyncio.sleep(0)
    began = time.monotonic()
    await _ask(pacing, "other", other)
    assert other[0] - began < 0.05
    for task in many:
        task.cancel()
    await asyncio.gather(*many, return_exceptions=True)


async def test_failed_and_cancelled_turns_give_everything_back() -> None:
    """After errors and cancellations lanes and slots are free again."""
    pacing = Pacing(0.0, 1)
    for _ in range(5):
        with pytest.raises(ZeroDivisionError):
            async with pacing.turn("a", "http://a/"):
                _ = 1 / 0
    waiting = asyncio.create_task(_ask(pacing, "a", [], takes_s=30))
    await asyncio.sleep(0.01)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    async with asyncio.timeout(1):
        await _ask(pacing, "b", [])
