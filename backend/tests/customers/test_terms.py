"""What is kept of a name covers every search that should find it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongdan.core.customers.terms import kept_of, sought
from gongdan.kernel.pinyin import SPELLINGS, initials

names = st.text(
    alphabet=st.sampled_from("李建国单行长银重庆大海a1Z９ ·-（）有限公司𠮷"), min_size=1, max_size=20
)


@given(names, st.data())
def test_every_part_of_a_name_is_covered_by_its_terms(name: str, data: st.DataObject) -> None:
    kept = kept_of(name)
    if len(kept.folded) < 2:
        return
    start = data.draw(st.integers(0, len(kept.folded) - 2))
    end = data.draw(st.integers(start + 2, len(kept.folded)))
    wanted = sought(kept.folded[start:end], "CN")
    assert set(wanted.name_terms) <= set(kept.terms)
    assert wanted.folded in kept.folded


@given(names)
def test_every_spelling_is_covered_by_its_terms(name: str) -> None:
    kept = kept_of(name)
    for spelling in kept.initials.split():
        if spelling.isalpha():
            assert set(sought(spelling, "CN").initial_terms) <= set(kept.terms)


@given(st.text(max_size=120))
def test_no_text_whatever_raises(text: str) -> None:
    kept = kept_of(text)
    assert all(len(term) <= 32 for term in kept.terms)
    sought(text, "CN")


@given(st.text(max_size=40))
def test_spellings_are_few_and_plain(text: str) -> None:
    found = initials(text)
    assert len(found) <= SPELLINGS
    assert all(
        (spelling.isascii() and spelling.isalnum() and spelling.islower()) or spelling.isdigit()
        for spelling in found
    )


def test_one_character_looks_for_the_beginning() -> None:
    assert sought("李", "CN").name_terms == ("^李",)
    assert sought("l", "CN").initial_terms == ("~^l",)


@pytest.mark.parametrize(
    "text",
    [
        "tel:+86-10-1234-5678",
        "电话：010-12345678",
        "010—12345678",
        "010-12345678，801",
        "010-12345678转801/802",
        "010-12345678/79",
        "010-12345678、13800138000",
    ],
)
def test_a_whole_number_is_looked_for_however_it_is_written(text: str) -> None:
    assert sought(text, "CN").e164 == "+861012345678"


def test_words_with_a_part_of_a_number_are_a_name() -> None:
    assert sought("云海95598", "CN").digits == ""


def test_fewer_than_four_digits_are_no_number() -> None:
    assert sought("123", "CN").digits == ""
    assert sought("8000", "CN").digits == "8000"
    assert sought("138 0013 8000", "CN").e164 == "+8613800138000"


def test_the_usual_reading_comes_first() -> None:
    assert initials("银行服务")[0] == "yxfw"
    assert "yhfw" in initials("银行服务")
    assert initials("单田芳")[:3] == ("dtf", "ctf", "stf")
    assert initials("！？") == ()
