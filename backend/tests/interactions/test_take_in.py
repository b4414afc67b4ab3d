"""Batches of signals become calls, parts, stays and events: once, whatever comes twice, late, or together."""

from __future__ import annotations

from gongdan.core.interactions.contracts import Taken
from gongdan.core.interactions.models import (
    Call,
    CallPart,
    CallQueue,
    PhoneSignal,
    Presence,
    QueueEntry,
    Recording,
)
from gongdan.outbox.models import EventRecord
from tests.company import Organisation
from tests.interactions.telling import Exchange, answered_call, at, told


def test_a_call_becomes_rows_and_events(main: Exchange, organisation: Organisation) -> None:
    main.sit("801", organisation.agent)
    taken = main.tell(*answered_call(), told("recorded", 75, ref="rec-1.wav", seconds=60))
    call = Call.objects.get()
    assert taken == Taken(frozenset({call.pk}), frozenset({organisation.agent.pk}), 0)
    assert (call.direction, call.phase, call.outcome, call.ended_by) == (
        "inbound",
        "ended",
        "answered",
        "customer",
    )
    assert (call.customer_number, call.line, call.queue) == ("+8613800138000", "95598", "service")
    assert (call.waiting_seconds, call.talk_seconds, call.hold_seconds) == (9, 60, 0)
    assert (call.agent_id, call.department_id) == (organisation.agent.pk, organisation.agent.department_id)
    part = CallPart.objects.get()
    assert (part.seq, part.extension, part.staff_id, part.outcome) == (
        1,
        "801",
        organisation.agent.pk,
        "answered",
    )
    assert (part.ring_seconds, part.talk_seconds) == (4, 60)
    entry = QueueEntry.objects.get()
    assert (entry.queue, entry.waited_seconds, entry.outcome, entry.left_at) == (
        "service",
        9,
        "answered",
        at(14),
    )
    assert CallQueue.objects.get().name == "service"
    assert Recording.objects.get().state == "awaited"
    events = EventRecord.objects.filter(subject="call", subject_id=call.pk).order_by("seq")
    assert [event.type for event in events] == ["CallBegan", "CallQueued", "CallAnswered", "CallEnded"]


def test_signals_one_by_one_make_the_same_call(main: Exchange, organisation: Organisation) -> None:
    main.sit("801", organisation.agent)
    for signal in answered_call():
        main.tell(signal)
    assert (Call.objects.get().outcome, CallPart.objects.get().talk_seconds) == ("answered", 60)
    types = EventRecord.objects.filter(subject="call").order_by("seq").values_list("type", flat=True)
    assert list(types) == ["CallBegan", "CallQueued", "CallAnswered", "CallEnded"]
    presence = Presence.objects.get(staff=organisation.agent)
    assert (presence.state, presence.after) == ("wrap_up", "ready")


def test_what_came_before_changes_nothing(main: Exchange) -> None:
    main.tell(*answered_call())
    count = EventRecord.objects.count()
    taken = main.tell(*answered_call())
    assert (taken.calls, taken.staff, taken.repeated) == (frozenset(), frozenset(), 8)
    assert (PhoneSignal.objects.count(), EventRecord.objects.count()) == (8, count)
