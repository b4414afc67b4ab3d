"""Ranges of bytes as players ask for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongdan.channels.phone.ranges import Stretch, Unsatisfiable, asked


@pytest.mark.parametrize(
    ("header", "first", "last"),
    [
        ("bytes=0-", 0, 99),
        ("bytes=10-19", 10, 19),
        ("bytes=90-200", 90, 99),
        ("bytes=-30", 70, 99),
        ("bytes=-300", 0, 99),
    ],
)
def test_one_range(header: str, first: int, last: int) -> None:
    assert asked(header, 100) == Stretch(first, last, 100)


@pytest.mark.parametrize(
    "header", ["", "bytes=-", "bytes=5-2", "bytes=0-1,5-6", "seconds=0-1", "bytes=a-b", "bytes=١-٢"]
)
def test_everything_when_it_is_not_one_range(header: str) -> None:
    assert asked(header, 100) is None


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_no_such_bytes(header: str) -> None:
    with pytest.raises(Unsatisfiable):
        asked(header, 100)


@given(st.text(max_size=30), st.integers(0, 1000))
def test_whatever_is_asked_stays_within_the_file(text: str, size: int) -> None:
    try:
        found = asked(f"bytes={text}", size)
    except Unsatisfiable:
        return
    assert found is None or 0 <= found.first <= found.last < size
