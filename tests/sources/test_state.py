"""What is remembered between runs, and what a kill or a wrong clock does to it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from config.settings import Fetching
from flows.sources.answers import Validators
from flows.sources.feeds import Entry
from flows.sources.state import FetchState, StateError


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.now

    def forward(self, **parts: float) -> None:
        """Move it."""
        self.now += timedelta(**parts)


@pytest.fixture
def clock() -> Clock:
    """A clock at noon."""
    return Clock()


@pytest.fixture
def state(state_file: Path, limits: Fetching, clock: Clock) -> FetchState:
    """An empty memory."""
    return FetchState(state_file, limits, clock)


ENTRY = Entry("http://x.example/1", "Title", datetime(2026, 11, 21, tzinfo=UTC), None, "Words", "news")


def test_validators_are_kept_once_acknowledged_and_over_a_restart(
    state: FetchState, state_file: Path, limits: Fetching, clock: Clock
) -> None:
    """What was acknowledged is there for the next process."""
    assert state.validators("news") is None
    state.acknowledge("news", Validators('"1"', None))
    state.close()
    assert FetchState(state_file, limits, clock).validators("news") == Validators('"1"', None)


def test_a_whole_get_is_due_once_a_day_however_often_nothing_changed(state: FetchState, clock: Clock, limits: Fetching) -> None:
    """Answers of "not modified" do not put off the next whole GET."""
    state.acknowledge("news", Validators('"1"', None))
    for _ in range(limits.full_get_every_h * 2 - 1):
        clock.forward(minutes=30)
        assert state.validators("news") == Validators('"1"', None)
        state.acknowledge("news", None)
    clock.forward(minutes=30)
    assert state.validators("news") is None


@pytest.mark.fault
def test_a_dead_feed_is_asked_ever_more_seldom_but_never_forgotten(state: FetchState, clock: Clock) -> None:
    """In thirty days of half-hourly runs a dead feed gets at most 45 requests, the last of them within the last day."""
    end, asked = clock.now + timedelta(days=30), []
    while clock.now < end:
        if state.is_due("dead"):
            asked.append(clock.now)
            state.record_failure("dead")
        clock.forward(minutes=30)
    assert 30 <= len(asked) <= 45
    assert end - asked[-1] <= timedelta(hours=24, minutes=30)
    state.acknowledge("dead", Validators())
    assert state.is_due("dead")
    assert state.health("dead").failures == 0


def test_the_first_waits_double(state: FetchState, clock: Clock) -> None:
    """A quarter of an hour, half an hour, an hour, and so on up to a day."""
    waits = [state.record_failure("dead") - clock.now for _ in range(9)]
    assert waits == [timedelta(minutes=minutes) for minutes in (15, 30, 60, 120, 240, 480, 960, 1440, 1440)]


def test_a_pause_that_the_server_asks_for_is_kept(state: FetchState, clock: Clock) -> None:
    """Retry-After lengthens the wait and never shortens it."""
    assert state.record_failure("busy", retry_after=7200) - clock.now == timedelta(hours=2)
    assert state.record_failure("busy", retry_after=1) - clock.now == timedelta(minutes=30)


@pytest.mark.fault
@pytest.mark.parametrize("jump", [timedelta(days=30), timedelta(days=-30), timedelta(days=3650)])
def test_a_clock_that_jumps_silences_no_feed(state: FetchState, clock: Clock, jump: timedelta) -> None:
    """What was noted under a wrong clock does not hold once the clock is right."""
    clock.now += jump
    state.record_failure("news")
    state.acknowledge("other", Validators('"1"', None))
    state.postpone(ENTRY, "timeout")
    state.keep_robots("http://x.example", "")
    clock.now -= jump
    clock.forward(hours=24)
    assert state.is_due("news")
    assert state.validators("other") is None
    assert [waiting.entry for waiting in state.pending()] == [ENTRY]
    assert state.robots("http://x.example") is None


def test_an_entry_waits_for_its_next_try_and_comes_back_whole(state: FetchState, clock: Clock) -> None:
    """Back-off for pages is as for feeds; the entry is what it was."""
    assert state.postpone(ENTRY, "timeout")
    assert state.pending() == ()
    clock.forward(minutes=15)
    (waiting,) = state.pending()
    assert (waiting.entry, waiting.attempts, waiting.reason) == (ENTRY, 1, "timeout")
    state.settle(ENTRY.url)
    assert state.pending() == ()


def test_an_entry_has_so_many_tries_and_no_more(state: FetchState, limits: Fetching) -> None:
    """The last try says so, for the caller to reject the page."""
    assert [state.postpone(ENTRY, "timeout") for _ in range(limits.page_attempts)] == [True] * (limits.page_attempts - 1) + [False]
    assert state.pending() == ()


def test_an_entry_that_found_no_room_loses_no_try(state: FetchState) -> None:
    """Deferring is for the next run, and is not counted as a failure."""
    for _ in range(20):
        state.defer(ENTRY, "over-limit")
    assert [waiting.attempts for waiting in state.pending()] == [0]


def test_robots_are_fresh_for_a_day(state: FetchState, clock: Clock) -> None:
    """Older ones serve only when nothing better is to be had."""
    state.keep_robots("http://x.example", "User-agent: *")
    clock.forward(hours=23)
    assert state.robots("http://x.example") == "User-agent: *"
    clock.forward(hours=2)
    assert state.robots("http://x.example") is None
    assert state.robots("http://x.example", stale=True) == "User-agent: *"


@pytest.mark.fault
def test_a_damaged_file_is_named_with_the_mend(state_file: Path, limits: Fetching) -> None:
    """The operator is told which file to move, and what that costs."""
    state_file.parent.mkdir(parents=True)
    state_file.write_bytes(b"no database " * 1000)
    with pytest.raises(StateError, match=r"sources\.sqlite.*[Mm]ove it away"):
        FetchState(state_file, limits)
