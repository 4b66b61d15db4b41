"""What a Retry-After header means."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.waiting import retry_after

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
CAP_S = 86_400.0


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("Sun, 22 Nov 2026 12:05:00 GMT", 300),
        ("Sunday, 22-Nov-26 12:05:00 GMT", 300),
        ("1000000000000", CAP_S),
        ("9" * 5000, CAP_S),
        ("Fri, 31 Dec 9999 23:59:59 GMT", CAP_S),
        ("-1", None),
        ("0", None),
        ("Sun, 22 Nov 2020 12:05:00 GMT", None),
        ("soon", None),
        ("", None),
        (None, None),
        ("nan", None),
        ("1e5", None),
        ("١٢", None),
        ("Sun, 99 Nov 2026 99:99:99 GMT", None),
    ],
)
def test_seconds_and_dates_are_understood_and_the_rest_ignored(value: str | None, seconds: float | None) -> None:
    """Whole seconds or an HTTP date; more than the cap is the cap; nonsense and the past are nothing."""
    assert retry_after(value, NOW, CAP_S) == seconds


@pytest.mark.fault
@given(st.text())
def test_no_header_does_harm(value: str) -> None:
    """Whatever a stranger writes, the wait is nothing or lies within the cap."""
    wait = retry_after(value, NOW, CAP_S)
    assert wait is None or 0 < wait <= CAP_S
