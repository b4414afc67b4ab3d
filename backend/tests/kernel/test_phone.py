"""Numbers are understood in every form people write them, and understanding them is stable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongdan.kernel.phone import mask, parse_number, parse_numbers


@pytest.mark.parametrize(
    ("text", "e164", "extension"),
    [
        ("138 0013 8000", "+8613800138000", ""),
        ("0086-138-0013-8000", "+8613800138000", ""),
        ("+86 13800138000", "+8613800138000", ""),
        ("013800138000", "+8613800138000", ""),
        ("17951 13800138000", "+8613800138000", ""),
        ("１３８００１３８０００", "+8613800138000", ""),
        ("tel:+86-138-0013-8000", "+8613800138000", ""),
        ("sip:13800138000@10.0.0.1", "+8613800138000", ""),
        ("010-12345678转801", "+861012345678", "801"),
        ("(010) 1234 5678 分机 801", "+861012345678", "801"),
        ("010-12345678-801", "+861012345678", "801"),
        ("01012345678#801", "+861012345678", "801"),
        ("010-12345678 ext. 80A", "+861012345678", "80A"),
        ("010-12345678x80a", "+861012345678", "80A"),
        ("010-12345678;ext=801", "+861012345678", "801"),
        ("400-812-3123", "+864008123123", ""),
        ("+1 415 555 2671", "+14155552671", ""),
    ],
)
def test_any_form_gives_the_same_number(text: str, e164: str, extension: str) -> None:
    number = parse_number(text)
    assert (number.e164, number.extension) == (e164, extension)


@pytest.mark.parametrize(
    ("text", "digits", "extension"),
    [
        ("95598", "95598", ""),
        ("12345", "12345", ""),
        ("+86 95598", "95598", ""),
        ("12345678 ext. 5", "12345678", "5"),
        ("87654321", "87654321", ""),
        ("87654321-801", "87654321", "801"),
        ("", "", ""),
        ("anonymous", "", ""),
        ("未知号码", "", ""),
        ("call FLOWERS", "", ""),
    ],
)
def test_what_has_no_e164_keeps_its_digits(text: str, digits: str, extension: str) -> None:
    number = parse_number(text)
    assert (number.e164, number.digits, number.extension) == (None, digits, extension)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("13800138000/13900139000", ["+8613800138000", "+8613900139000"]),
        ("13800138000、95598", ["+8613800138000", "95598"]),
        ("13800138000,13900139000", ["+8613800138000", "+8613900139000"]),
        ("010-65529988/79", ["+861065529988", "+861065529979"]),
        ("010-65529988、65529989", ["+861065529988", "+861065529989"]),
        ("010-65529988转801/802", ["+861065529988;ext=801", "+861065529988;ext=802"]),
        ("13800138000 或 13800138000", ["+8613800138000"]),
        ("保密", []),
    ],
)
def test_lists_give_each_number_once(text: str, expected: list[str]) -> None:
    assert [number.rfc3966 for number in parse_numbers(text)] == expected


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("138 0013 8000", "138****8000"),
        ("010-12345678转801", "010****5678"),
        ("+1 415 555 2671", "+1 415****2671"),
        ("12345678", "12****78"),
        ("95598", "9****"),
        ("匿名", "****"),
    ],
)
def test_a_masked_number_shows_its_ends_only(text: str, masked: str) -> None:
    assert mask(text) == masked


written = st.text(alphabet="0123456789０１２ +-()/、,;.#xX转分机extabc　\n@:", max_size=30)
regions = st.sampled_from(["CN", "HK", "TW", "US", "DE", "GB"])


@given(st.one_of(st.text(max_size=60), written), regions)
def test_no_text_whatever_raises(text: str, region: str) -> None:
    number = parse_number(text, region)
    assert number.digits.isascii()
    assert all(one.callable for one in parse_numbers(text, region))
    assert mask(text, region)


@given(written, regions)
def test_formatting_and_parsing_again_gives_the_same_number(text: str, region: str) -> None:
    number = parse_number(text, region)
    assert parse_number(number.display, region) == number
    assert parse_number(number.rfc3966, region) == number


@given(
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.sampled_from(["", "+86", "0086", "86 ", "0", "+86 "])
)
def test_every_mobile_with_every_prefix_is_itself(digits: str, prefix: str) -> None:
    spaced = f"{prefix}{digits[:3]}-{digits[3:7]} {digits[7:]}"
    assert parse_number(spaced).e164 == f"+86{digits}"


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_a_mask_hides_the_middle(digits: str) -> None:
    assert mask(digits) == f"{digits[:3]}****{digits[7:]}"
