"""Two processes that take in the same calls at once: nothing is lost, nothing is twice."""

from __future__ import annotations

import threading

import pytest
from django.db import connections

from gongdan.core.interactions.models import Call, CallbackTask, CallPart, PhoneSignal
from gongdan.core.interactions.phone_signals import Signal
from gongdan.core.interactions.recounting import recount
from gongdan.outbox.models import EventRecord
from tests.interactions.telling import abandoned_call, answered_call, exchange


@pytest.mark.django_db(transaction=True)
def test_halves_of_the_same_calls_at_once_make_whole_calls() -> None:
    main = exchange()
    calls = [answered_call(call=f"a{number}", caller=f"1380013{number:04}") for number in range(10)]
    calls += [abandoned_call(call=f"b{number}", caller="13900139000") for number in range(4)]
    halves = [[signal for call in calls for signal in call[begin::2]] for begin in (0, 1)]
    shares = [halves[0], halves[1], list(reversed(halves[0])), list(reversed(halves[1]))]
    start = threading.Barrier(len(shares))
    repeated: list[int] = []

    def tell(signals: list[Signal]) -> None:
        try:
            start.wait()
            pieces = [signals[begin : begin + 6] for begin in range(0, len(signals), 6)]
            repeated.extend(main.tell(*piece).repeated for piece in pieces)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=tell, args=(share,)) for share in shares]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    count = sum(map(len, calls))
    assert (PhoneSignal.objects.count(), sum(repeated)) == (count, count)
    assert (Call.objects.count(), CallPart.objects.count()) == (14, 10)
    assert all(recount(call.pk) is True for call in Call.objects.all())
    task = CallbackTask.objects.get()
    assert (task.number, task.calls) == ("+8613900139000", 4)
    for call in Call.objects.all():
        seqs = (
            EventRecord.objects.filter(subject="call", subject_id=call.pk)
            .order_by("seq")
            .values_list("seq", flat=True)
        )
        assert list(seqs) == list(range(1, call.event_seq + 1))
