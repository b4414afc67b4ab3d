"""Batches of signals become calls, parts, stays and events: once, whatever comes twice, late, or together."""

from __future__ import annotations

from random import Random

from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongdan.core.interactions.contracts import RawSignal, Taken
from gongdan.core.interactions.models import (
    Call,
    CallPart,
    CallQueue,
    Extension,
    PhoneSignal,
    Presence,
    QueueEntry,
    Recording,
)
from gongdan.core.interactions.phone_signals import Signal
from gongdan.core.interactions.recounting import recount
from gongdan.outbox.models import EventRecord
from tests.company import Organisation
from tests.interactions.telling import (
    Exchange,
    abandoned_call,
    answered_call,
    at,
    exchange,
    inbound,
    told,
)


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


def test_in_whatever_order_and_company_signals_come_the_rows_end_up_the_same(main: Exchange) -> None:
    signals = [*answered_call(), told("held", 30, party="801"), told("resumed", 40, party="801")]
    reference = exchange("reference")
    reference.tell(*signals)
    wanted = rows_of(Call.objects.get())
    for seed in range(12):
        mixed = [*signals, *signals[:3]]
        Random(seed).shuffle(mixed)
        other = exchange(f"other-{seed}")
        for begin in range(0, len(mixed), 1 + seed % 4):
            other.tell(*mixed[begin : begin + 1 + seed % 4])
        call = Call.objects.get(system=other.system)
        assert rows_of(call) == wanted
        assert recount(call.pk) is True


def rows_of(call: Call) -> tuple[object, ...]:
    """A call's rows without their keys; what is told of an order of arrival (seq of parts told late) left out."""
    own = (
        "outcome",
        "phase",
        "began_at",
        "answered_at",
        "ended_at",
        "waiting_seconds",
        "talk_seconds",
        "hold_seconds",
    )
    parts = CallPart.objects.filter(call=call).order_by("rang_at", "leg")
    of_part = (
        "extension",
        "leg",
        "rang_at",
        "answered_at",
        "ended_at",
        "outcome",
        "talk_seconds",
        "hold_seconds",
    )
    entries = QueueEntry.objects.filter(call=call).order_by("seq")
    return (
        [getattr(call, name) for name in own],
        list(parts.values_list(*of_part)),
        list(entries.values_list("queue", "entered_at", "left_at", "outcome", "waited_seconds")),
    )


def test_a_part_told_late_keeps_the_rows_there_are(main: Exchange, organisation: Organisation) -> None:
    main.sit("801", organisation.agent)
    main.tell(
        inbound(), told("ringing", 10, party="801", leg="b"), told("answered", 12, party="801", leg="b")
    )
    kept = CallPart.objects.get()
    main.tell(told("ringing", 1, party="802", leg="a"), told("ring_ended", 9, party="802", leg="a"))
    kept.refresh_from_db()
    assert (kept.seq, kept.extension) == (1, "801")
    late = CallPart.objects.get(extension="802")
    assert (late.seq, late.outcome, late.staff_id) == (2, "missed", None)
    call = Call.objects.get()
    assert [(one["seq"], one["party"]) for one in call.talks] == [(2, "802"), (1, "801")]
    assert recount(call.pk) is True


def test_an_extension_is_whose_page_is_signed_in_else_whose_it_is_for_good(
    main: Exchange, organisation: Organisation
) -> None:
    Extension.objects.create(system=main.system, number="AGENT-7", staff=organisation.clerk)
    main.tell(inbound("c1"), told("ringing", 1, call="c1", party="agent-7"))
    main.sit("AGENT-7", organisation.agent)
    main.tell(inbound("c2"), told("ringing", 1, call="c2", party="Agent-7"))
    found = CallPart.objects.order_by("id").values_list("extension", "staff_id")
    assert list(found) == [("AGENT-7", organisation.clerk.pk), ("AGENT-7", organisation.agent.pk)]


def test_two_calls_of_one_key_at_two_systems_are_two(main: Exchange) -> None:
    other = exchange("other")
    main.tell(*answered_call())
    other.tell(*abandoned_call())
    assert list(Call.objects.order_by("id").values_list("outcome", flat=True)) == ["answered", "abandoned"]


def test_a_message_may_tell_of_two_calls(main: Exchange) -> None:
    both = (*answered_call(call="c1"), *abandoned_call(call="c2"))
    main.tell_all([RawSignal(key="m1", raw="both", received_at=at(0), signals=both)])
    assert Call.objects.count() == 2
    assert main.tell_all([RawSignal(key="m1", raw="both", received_at=at(0), signals=both)]).repeated == 1
    assert all(recount(call.pk) for call in Call.objects.all())


def test_a_batch_costs_a_bounded_number_of_statements(main: Exchange, organisation: Organisation) -> None:
    for place, staff in enumerate((organisation.agent, organisation.clerk, organisation.head)):
        main.sit(f"80{place}", staff)
    main.tell(*answered_call("801", call="first"))  # the queue is met, what is cached is cached
    few = statements(main, [answered_call("801", call="few")])
    many = [answered_call(f"80{number % 3}", call=f"many-{number}", begin=100) for number in range(20)]
    count = statements(main, many)
    # Of each call only its events are a statement of their own, sent without waiting for the answer.
    assert count - few <= 19 + 6 * 2
    assert few < 45


def statements(main: Exchange, calls: list[list[Signal]]) -> int:
    with CaptureQueriesContext(connection) as captured:
        main.tell(*(signal for call in calls for signal in call))
    return len(captured)
