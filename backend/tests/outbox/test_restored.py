"""A restored dump: what it holds is shown, and new events come after it."""

from __future__ import annotations

import pytest
from django.db import connection

from gongdan.outbox.restored import adopt
from tests.outbox.happenings import everything, happen, numbers
from tests.outbox.tampering import tamper

pytestmark = pytest.mark.django_db(transaction=True)
AHEAD = 20_000


def test_a_restored_log_is_shown_and_goes_on() -> None:
    happen(1, 1)
    tamper("UPDATE outbox_eventrecord SET xact = xact + %s", AHEAD)
    assert everything() == []
    assert 0 < adopt() <= AHEAD
    happen(2, 2)
    assert numbers(everything()) == [1, 2]


def test_a_log_at_home_is_left_alone() -> None:
    happen(1, 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        before = cursor.fetchone()[0]
    assert adopt() == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        assert cursor.fetchone()[0] - before < 100
