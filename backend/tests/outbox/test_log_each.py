"""An event each of many subjects: chained as if each had been appended by itself, with a bounded number of statements."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongdan.outbox import log
from gongdan.outbox.models import ChainHead, EventRecord
from gongdan.outbox.verify import verify
from tests.outbox.happenings import ACTOR, SUBJECT, happen

AT = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def each(*ids: int) -> None:
    events = {key: log.NewEvent("TestHappened", {"n": key}) for key in ids}
    log.append_to_each(SUBJECT, events, actor=ACTOR, at=AT)


def test_every_subject_has_its_own_chain_that_goes_on() -> None:
    happen(2)
    each(3, 1, 2)
    each(2, 1)
    happen(1)
    seqs = EventRecord.objects.order_by("id").values_list("subject_id", "seq")
    assert list(seqs) == [(2, 1), (1, 1), (2, 2), (3, 1), (1, 2), (2, 3), (1, 3)]
    for head in ChainHead.objects.all():
        last = EventRecord.objects.filter(subject=SUBJECT, subject_id=head.subject_id).latest("seq")
        assert (head.seq, bytes(head.hash)) == (last.seq, bytes(last.hash))
    assert list(verify()) == []


def test_of_each_there_is_one_statement_and_two_for_all() -> None:
    with CaptureQueriesContext(connection) as seen:
        each(*range(10))
    assert len(seen) == 12


def test_no_events_are_no_statement() -> None:
    with CaptureQueriesContext(connection) as seen:
        each()
    assert len(seen) == 0
