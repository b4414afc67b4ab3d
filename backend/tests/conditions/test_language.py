"""The condition language: what it means, how it is written back, how it is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongdan.core.conditions import (
    And,
    Condition,
    ConditionError,
    Not,
    Op,
    Or,
    Test,
    literals,
    matches,
    names,
    parse,
    render,
)

FACTS = {
    "kind": "complaint",
    "customer_level": "vip",
    "amount": 120,
    "price": 0.1,
    "cost": Decimal("99.90"),
    "subject": "宽带中断三天",
    "tags": ["光缆", "repeat"],
    "vip": True,
    "code": "42",
    "born": date(1990, 5, 1),
    "opened": datetime(2026, 11, 20, 9, 12, tzinfo=UTC),
    "note": "",
    "nothing": None,
    "verify.outcome": "valid",
    "业务": "宽带",
}


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("kind is complaint", True),
        ("kind is not complaint", False),
        ("kind is complaint and customer_level in (gold, vip)", True),
        ("kind is repair or amount over 100", True),
        ("kind is repair or kind is complaint and amount under 5", False),
        ("(kind is repair or kind is complaint) and amount at least 120", True),
        ("not (amount at most 119)", True),
        ("not not kind is complaint", True),
        ("amount between 100 and 120", True),
        ("amount is between 121 and 200", False),
        ("amount is over 100", True),
        ("price is 0.1", True),
        ("cost is 99.9", True),
        ("amount is -120", False),
        ('subject contains "宽带"', True),
        ("subject contains 宽带", True),
        ("subject contains “宽带” and subject starts with 「宽」", True),
        ("subject does not contain 电话", True),
        ("tags contains 光缆", True),
        ("tags contains 光", False),
        ("tags is repeat", True),
        ("customer_level not in （gold，silver）", True),
        ("vip is true", True),
        ("vip is false", False),
        ("vip is 1", False),
        ("code is 42", True),
        ("code over 1", False),
        ("amount is “120”", False),
        ("born under 2000-01-01", True),
        ("opened is 2026-11-20", True),
        ("opened over 2026-11-20", False),
        ("note is empty and nothing is empty and missing is empty", True),
        ("amount is not empty", True),
        ("missing over 0", False),
        ("not missing over 0", True),
        ("missing is not gold", True),
        ("subject over 3", False),
        ("outcome of verify is valid", True),
        ("verify.outcome is valid", True),
        ("业务 is 宽带", True),
    ],
)
def test_meaning(text: str, holds: bool) -> None:
    condition = parse(text)
    assert matches(condition, FACTS) is holds
    assert parse(render(condition)) == condition


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        ("", "no_name", 0),
        ("kind", "no_comparison", 4),
        ("kind above 3", "no_comparison", 5),
        ("kind is", "no_value", 7),
        ("kind is and", "no_value", 8),
        ("kind is a b", "unexpected", 10),
        ("is is a", "no_name", 0),
        ("(kind is a", "open_bracket", 10),
        ("kind in (a, b", "open_bracket", 13),
        ("kind in a", "no_value", 8),
        ("kind is 'a", "open_quote", 8),
        ("amount over gold", "no_order", 12),
        ("amount between 1 or 2", "no_value", 17),
        ("amount between 1 and 2026-01-01", "no_order", 21),
        ("born over 2026-02-30", "bad_date", 10),
        ("a is 1 ; drop", "bad_character", 7),
        ("a is 5g", "bad_character", 5),
        ('a is "\0"', "bad_character", 6),
        ('a is "\ud800"', "bad_character", 6),
        ("not " * 50 + "a is 1", "too_deep", 164),
        ("(" * 3000, "too_deep", 41),
        ("a" * 4001, "too_long", 4000),
    ],
)
def test_refused_with_its_position(text: str, code: str, position: int) -> None:
    with pytest.raises(ConditionError) as caught:
        parse(text)
    assert (caught.value.code, caught.value.position) == (code, position)
    assert caught.value.message


def test_names_and_literals_of_a_condition() -> None:
    condition = parse("kind in (a, b) and not (outcome of verify is bad or kind is empty)")
    assert names(condition) == {"kind", "verify.outcome"}
    assert literals(condition, "kind") == ("a", "b")


WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
NAMES = st.sampled_from(["kind", "amount", "业务", "verify.outcome", "x-y"])
NUMBERS = st.decimals(-(10**9), 10**9, places=2)
DATES = st.dates(date(1000, 1, 1))
LITERALS = st.one_of(WORDS, NUMBERS, DATES, st.booleans(), st.sampled_from(["true", "and", "42", "a.b"]))
ORDERED = [Op.OVER, Op.UNDER, Op.AT_LEAST, Op.AT_MOST]
TESTS = st.one_of(
    st.builds(Test, NAMES, st.just(Op.IS), st.tuples(LITERALS)),
    st.builds(Test, NAMES, st.just(Op.IN), st.lists(LITERALS, min_size=1, max_size=3).map(tuple)),
    st.builds(Test, NAMES, st.just(Op.EMPTY)),
    st.builds(Test, NAMES, st.sampled_from(ORDERED), st.tuples(st.one_of(NUMBERS, DATES))),
    st.builds(
        Test, NAMES, st.just(Op.BETWEEN), st.one_of(st.tuples(NUMBERS, NUMBERS), st.tuples(DATES, DATES))
    ),
    st.builds(Test, NAMES, st.sampled_from([Op.CONTAINS, Op.STARTS]), st.tuples(WORDS)),
)


def combined(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    parts = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(st.builds(And, parts), st.builds(Or, parts), st.builds(Not, inner))


CONDITIONS: st.SearchStrategy[Condition] = st.recursive(TESTS, combined, max_leaves=8)


@given(CONDITIONS)
def test_what_is_written_reads_back_the_same(condition: Condition) -> None:
    again = parse(render(condition))
    assert again == condition
    assert repr(again) == repr(condition)  # true is not 1


ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.decimals(), WORDS, st.dates(), st.datetimes(),
    st.lists(WORDS), st.sets(st.integers()), st.binary(), st.dictionaries(WORDS, WORDS),
)  # fmt: skip


@given(CONDITIONS, st.dictionaries(NAMES, ANYTHING))
def test_any_condition_has_an_answer_for_any_facts(condition: Condition, facts: dict[str, object]) -> None:
    assert matches(Not(condition), facts) is not matches(condition, facts)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        condition = parse(text)
    except ConditionError as error:
        refused_at: int | None = error.position
    else:
        refused_at = None
        assert parse(render(condition)) == condition
    assert refused_at is None or 0 <= refused_at <= len(text)
