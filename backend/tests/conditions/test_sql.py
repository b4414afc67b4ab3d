"""`to_q` selects exactly the rows `matches` is true of, on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongdan.core.conditions import And, Condition, ConditionError, Not, Op, Or, Test, matches, parse
from gongdan.core.conditions.sql import Column, to_q

COLUMNS: dict[str, str | Column] = {
    "subject": "subject",
    "level": Column("level"),
    "amount": Column("amount", "number"),
    "count": Column("count", "number"),
    "vip": Column("vip", "flag"),
    "due": Column("due", "day"),
    "opened": Column("opened", "moment"),
    "parent_level": Column("parent__level"),
}

TEXTS = ["", "a", "A", "宽带", "宽带 中断", "50%", "a_b", "a\\b", "42", "2026-11-20", "'"]
NUMBERS = [Decimal(text) for text in ("-1.5", "-1", "0", "1", "1.5", "2", "42", "99999999999999999999")]
DAYS = [date(2026, 11, 19), date(2026, 11, 20), date(2026, 11, 21)]
MOMENTS = [datetime(2026, 11, day, hour, tzinfo=UTC) for day in (19, 20) for hour in (1, 15, 16, 23)]


@pytest.fixture
def rows(db: None) -> Iterator[type[models.Model]]:
    """A table with a nullable column of every kind, for the length of one test."""
    with isolate_apps():

        class Row(models.Model):
            subject = models.TextField(null=True)
            level = models.CharField(max_length=20, null=True)
            amount = models.DecimalField(max_digits=30, decimal_places=2, null=True)
            count = models.IntegerField(null=True)
            vip = models.BooleanField(null=True)
            due = models.DateField(null=True)
            opened = models.DateTimeField(null=True)
            parent: models.ForeignKey[Any, Any] = models.ForeignKey("self", models.CASCADE, null=True)

            class Meta:
                app_label = "conditions_test"

        with connection.schema_editor() as editor:
            editor.create_model(Row)
        yield Row


def maybe(values: list[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), st.sampled_from(values))


ROWS = st.fixed_dictionaries(
    {
        "subject": maybe(TEXTS),
        "level": maybe(TEXTS),
        "amount": maybe(NUMBERS),
        "count": maybe([-2, -1, 0, 1, 2, 42]),
        "vip": maybe([True, False]),
        "due": maybe(DAYS),
        "opened": maybe(MOMENTS),
    }
)
LITERALS = st.sampled_from([*TEXTS, *NUMBERS, *DAYS, True, False])
NAMES = st.sampled_from(sorted(COLUMNS))
PAIRS = st.one_of(*(st.tuples(st.sampled_from(many), st.sampled_from(many)) for many in (NUMBERS, DAYS)))
ORDERED = [Op.OVER, Op.UNDER, Op.AT_LEAST, Op.AT_MOST]
TESTS = st.one_of(
    st.builds(Test, NAMES, st.just(Op.IS), st.tuples(LITERALS)),
    st.builds(Test, NAMES, st.just(Op.IN), st.lists(LITERALS, min_size=1, max_size=3).map(tuple)),
    st.builds(Test, NAMES, st.just(Op.EMPTY)),
    st.builds(Test, NAMES, st.sampled_from(ORDERED), PAIRS.map(lambda pair: pair[:1])),
    st.builds(Test, NAMES, st.just(Op.BETWEEN), PAIRS),
    st.builds(Test, NAMES, st.sampled_from([Op.CONTAINS, Op.STARTS]), st.tuples(st.sampled_from(TEXTS))),
)


def combined(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    parts = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(st.builds(And, parts), st.builds(Or, parts), st.builds(Not, inner))


CONDITIONS: st.SearchStrategy[Condition] = st.recursive(TESTS, combined, max_leaves=6)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(ROWS, min_size=1, max_size=6), conditions=st.lists(CONDITIONS, min_size=3, max_size=3))
def test_sql_and_python_agree(rows: Any, values: list[dict[str, Any]], conditions: list[Condition]) -> None:
    rows.objects.all().delete()
    facts: dict[int, dict[str, object]] = {}
    parent = None
    with timezone.override("Asia/Shanghai"):
        for value in values:
            row = rows.objects.create(parent=parent, **value)
            facts[row.pk] = {**value, "parent_level": parent.level if parent else None}
            if value["opened"]:
                facts[row.pk]["opened"] = timezone.localtime(value["opened"])
            parent = row
        for condition in conditions:
            found = set(rows.objects.filter(to_q(condition, COLUMNS)).values_list("pk", flat=True))
            assert found == {pk for pk in facts if matches(condition, facts[pk])}, condition


def test_a_fact_without_a_column_is_refused() -> None:
    with pytest.raises(ConditionError, match="secret"):
        to_q(parse("kind is a or secret is b"), {"kind": "kind"})
