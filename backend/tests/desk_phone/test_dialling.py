"""What is dialled for what somebody typed: nothing but what a telephone takes, whatever was typed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongdan.core.interactions.dialling import dialable


@pytest.mark.parametrize(
    ("typed", "dialled"),
    [
        ("13800138000", "13800138000"),
        ("+86 138-0013-8000", "13800138000"),
        ("tel:+8613800138000", "13800138000"),
        ("（010）6554 1234", "01065541234"),
        ("+1 (650) 253-0000", "0016502530000"),
        ("95598", "95598"),
        ("801", "801"),
        ("a12", "A12"),
        ("*72", "*72"),
        ("010-65541234转801", "01065541234"),
        ("", ""),
        ("anonymous caller", ""),
        ("138****8000", ""),
    ],
)
def test_numbers_as_people_write_them(typed: str, dialled: str) -> None:
    assert dialable(typed) == dialled


@given(st.text(max_size=60) | st.from_regex(r"[0-9+ \-()*#a-z\r\n]{0,40}", fullmatch=True))
def test_only_what_a_telephone_takes_is_dialled(typed: str) -> None:
    assert re.fullmatch(r"[0-9A-Z*#]*", dialable(typed))
    assert dialable(dialable(typed)) == dialable(typed)
