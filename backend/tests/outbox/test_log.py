"""What appending promises: one statement, a closed catalogue, a chain, nothing without its transaction."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from gongdan.kernel.actor import Actor, system
from gongdan.kernel.triggers import never_emptied
from gongdan.outbox import log, record, registry
from gongdan.outbox.log import Head, NewEvent
from gongdan.outbox.models import ChainHead, EventRecord
from tests.outbox.happenings import ACTOR, SUBJECT, happen

AT = datetime(2026, 3, 4, 5, 6, 7, 891011, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def append(head: Head, *numbers: int, subject_id: int = 1, actor: Actor = ACTOR) -> Head:
    events = [NewEvent("TestHappened", {"n": number}) for number in numbers]
    return log.append(SUBJECT, subject_id, head, events, actor=actor, at=AT)


@pytest.mark.parametrize("head_seq", [0, 3])
def test_any_number_of_events_is_one_statement(head_seq: int) -> None:
    head = append(Head(), *range(head_seq))
    with CaptureQueriesContext(
        connection,
    ) as seen:
        append(head, 10, 11, 12)
    assert len(seen) == 1
    assert list(EventRecord.objects.order_by("id").values_list("seq", flat=True)) == list(
        range(1, head_seq + 4)
    )


def test_no_events_are_no_statement_and_the_same_head() -> None:
    with CaptureQueriesContext(connection) as seen:
        assert append(Head(4, b"x")) == Head(4, b"x")
    assert len(seen) == 0


def test_a_record_says_who_did_what_when() -> None:
    append(Head(), 5)
    row = EventRecord.objects.get()
    assert row.actor == {"kind": "staff", "id": 7, "name": "王芳", "via": "test"}
    assert (row.actor_staff_id, row.at, row.data, row.type) == (7, AT, {"n": 5}, "TestHappened")


def test_the_system_and_customers_are_not_staff() -> None:
    head = append(Head(), 1, actor=system("worker"))
    append(head, 2, actor=Actor(kind="customer", name="李雷", customer_id=9))
    rows = EventRecord.objects.order_by("seq")
    assert [row.actor_staff_id for row in rows] == [None, None]
    assert [row.actor["id"] for row in rows] == [None, 9]


def test_each_hash_follows_from_the_one_before() -> None:
    head = append(Head(), 1, 2)
    one, two = EventRecord.objects.order_by("seq")
    assert bytes(one.previous_hash) == b""
    assert bytes(two.previous_hash) == bytes(one.hash)
    assert head == Head(2, bytes(two.hash))
    assert len(head.hash) == 32


def test_a_second_record_of_the_same_seq_is_refused() -> None:
    append(Head(), 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        append(Head(), 2)


@pytest.mark.parametrize(
    ("subject", "type_", "data"),
    [
        (SUBJECT, "NobodyKnows", {"n": 1}),
        ("ticket", "TestHappened", {"n": 1}),
        (SUBJECT, "TestHappened", {}),
        (SUBJECT, "TestHappened", {"n": 1, "surprise": 2}),
    ],
)
def test_what_is_not_declared_is_refused(subject: str, type_: str, data: dict[str, Any]) -> None:
    with pytest.raises(registry.UndeclaredEvent):
        log.append(subject, 1, Head(), [NewEvent(type_, data)], actor=ACTOR, at=AT)
    assert not EventRecord.objects.exists()


def test_a_wrong_version_is_refused() -> None:
    with pytest.raises(registry.UndeclaredEvent, match="version 1"):
        log.append(SUBJECT, 1, Head(), [NewEvent("TestHappened", {"n": 1}, version=2)], actor=ACTOR, at=AT)


def test_a_type_cannot_be_declared_twice_differently() -> None:
    with pytest.raises(registry.UndeclaredEvent, match="twice"):
        registry.declare([registry.EventType("TestHappened", SUBJECT, "Another meaning.")])


def test_optional_data_may_come_along() -> None:
    happen(1, 1, more={"old": None, "new": "几个字"})
    assert EventRecord.objects.get().data == {"n": 1, "more": {"old": None, "new": "几个字"}}


def test_subjects_without_a_head_of_their_own_get_one() -> None:
    happen(1)
    happen(1)
    happen(2)
    last = EventRecord.objects.get(subject_id=1, seq=2)
    kept = ChainHead.objects.get(subject=SUBJECT, subject_id=1)
    assert (kept.seq, bytes(kept.hash)) == (2, bytes(last.hash))


@pytest.mark.parametrize(
    "statement", ["UPDATE outbox_eventrecord SET seq = 9", "DELETE FROM outbox_eventrecord"]
)
def test_the_log_only_grows(statement: str) -> None:
    append(Head(), 1)
    with pytest.raises(Exception, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_log_is_never_emptied() -> None:
    """The trigger is laid on again here: tests with real transactions empty their tables."""
    append(Head(), 1)
    with connection.cursor() as cursor:
        cursor.execute(str(never_emptied("outbox_eventrecord").sql))
    with pytest.raises(Exception, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE outbox_eventrecord CASCADE")


def test_a_record_nobody_could_read_is_refused() -> None:
    with (
        pytest.raises(Exception, match="event_is_readable"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO outbox_eventrecord (subject, subject_id, seq, type, version, actor, at, data, previous_hash, hash) "
            "VALUES ('ticket', 1, 1, 'TicketOpened', 1, '{}', now(), '[]', '', '')"
        )


words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
plain = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | words
)
values = st.recursive(
    plain,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=10,
)


@given(st.dictionaries(words, values, max_size=4))
def test_what_a_hash_covers_survives_jsonb(data: dict[str, Any]) -> None:
    written = record.canonical(data)
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::jsonb::text", [written.decode()])
        (read,) = cursor.fetchone()
    assert record.canonical(json.loads(read)) == written


def test_dates_and_decimals_become_text() -> None:
    assert (
        record.canonical({"b": AT, "a": Decimal("1.50")}) == b'{"a":"1.50","b":"2026-03-04T05:06:07.891011Z"}'
    )
