"""What goes wrong: garbage, floods, defects, mad clocks, signals of calls long over. Nothing is lost, nobody is held up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from gongdan.core.interactions.actions.close_silent import close_silent
from gongdan.core.interactions.actions.forget_old_signals import forget_old_signals
from gongdan.core.interactions.contracts import RawSignal
from gongdan.core.interactions.models import (
    Call,
    CallPart,
    PhoneSignal,
    QueueEntry,
    Recording,
)
from gongdan.core.interactions.phone_signals import Kind
from gongdan.core.interactions.recounting import recount
from gongdan.kernel import clock
from tests.interactions.telling import (
    Exchange,
    answered_call,
    at,
    inbound,
    raw,
    told,
)


def test_garbage_is_kept_and_harmless(main: Exchange) -> None:
    odd = replace(
        inbound("c\0d", "13800\0138000"),
        label="\ud800",
        leg="x" * 5000,
        queue="q" * 500,
        at=datetime(1, 1, 1),
    )
    batch = [
        RawSignal(key="k" * 900, raw="\0\ud800" * 9000, received_at=at(0), fault="unreadable " * 99),
        RawSignal(
            key="odd", raw="odd", received_at=at(0), signals=(odd, replace(odd, kind=Kind.QUEUED, key="q"))
        ),
        *raw(*answered_call()),
    ]
    taken = main.tell_all(batch)
    assert len(taken.calls) == 2
    assert PhoneSignal.objects.filter(fault__startswith="unreadable").count() == 1
    assert main.tell_all(batch).repeated == len(batch)


def test_a_call_that_cannot_be_reckoned_holds_up_no_other(main: Exchange) -> None:
    PhoneSignal.objects.create(
        system=main.system,
        key="old",
        call="bad",
        received_at=at(0),
        raw="",
        reading=[{"kind": "no such kind"}],
    )
    taken = main.tell(*answered_call(call="good"), told("queued", 5, call="bad", queue="service"))
    assert [call.key for call in Call.objects.all()] == ["good"]
    assert len(taken.calls) == 1
    faulty = PhoneSignal.objects.exclude(fault="")
    assert [(one.call, "no such kind" in one.fault) for one in faulty] == [("bad", True)]


def test_a_system_whose_clock_is_mad_is_taken_in_all_the_same(main: Exchange) -> None:
    first, last = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
    begins, ends = answered_call()[0], answered_call()[-1]
    main.tell(replace(begins, at=first), *answered_call()[1:-1], replace(ends, at=last))
    call = Call.objects.get()
    assert (call.outcome, call.began_at, call.ended_at) == ("answered", first, last)
    assert recount(call.pk) is True


def test_a_late_signal_of_a_call_long_over_changes_nothing(main: Exchange) -> None:
    old = datetime(2020, 1, 1, tzinfo=UTC)
    main.tell(*(replace(one, at=old + (one.at - at(0))) for one in answered_call()))
    forget_old_signals()
    assert PhoneSignal.objects.count() == 0
    call = Call.objects.get()
    assert recount(call.pk) is None
    main.tell(replace(told("held", 30, party="801"), at=old))
    assert Call.objects.get().talk_seconds == call.talk_seconds
    assert CallPart.objects.count() == 1


def test_signals_of_calls_under_way_are_never_forgotten(main: Exchange) -> None:
    old = datetime(2020, 1, 1, tzinfo=UTC)
    main.tell(replace(inbound(), at=old), replace(told("queued", 1, queue="service"), at=old))
    assert forget_old_signals() == 0
    close_silent(clock.now())
    call = Call.objects.get()
    assert (call.outcome, call.closed_by_us) == ("lost", True)
    assert (call.ended_at or old) - old < timedelta(seconds=1)
    assert close_silent(clock.now()) == frozenset()


def test_calls_of_a_system_that_is_switched_off_do_not_stand_for_hours(main: Exchange) -> None:
    now = clock.now()
    main.tell(replace(inbound(), at=now), replace(told("queued", 1, queue="service"), at=now))
    main.system.active = False
    main.system.save()
    close_silent(now + timedelta(minutes=1))
    assert Call.objects.get().phase == "waiting"
    close_silent(now + timedelta(minutes=3))
    call = Call.objects.get()
    assert (call.phase, call.closed_by_us) == ("ended", True)
    assert QueueEntry.objects.get().left_at is not None


def test_many_silent_calls_are_closed_at_once(main: Exchange, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongdan.core.interactions.actions.close_silent.MOST", 2)
    main.tell(*(inbound(call=f"c{number}") for number in range(5)))
    close_silent(clock.now())
    assert set(Call.objects.values_list("phase", flat=True)) == {"ended"}
    assert Call.objects.count() == 5


def test_a_call_that_speaks_again_after_silence_lives(main: Exchange) -> None:
    signals = answered_call()
    main.tell(*signals[:6])
    assert close_silent(clock.now()) == frozenset()
    assert Call.objects.get().outcome == "answered"
    main.tell(*signals[6:])
    call = Call.objects.get()
    assert (call.outcome, call.ended_at, call.closed_by_us) == ("answered", at(74), False)


def test_one_call_that_cannot_be_written_holds_up_no_other(main: Exchange) -> None:
    main.tell(*answered_call(call="bad")[:3], *answered_call(call="good")[:3])
    Call.objects.filter(key="bad").update(event_seq=0, head_hash=b"")  # its chain of events cannot go on so
    rest = [*answered_call(call="bad")[3:], *answered_call(call="good")[3:]]
    taken = main.tell(*rest)
    good, bad = Call.objects.get(key="good"), Call.objects.get(key="bad")
    assert taken.calls == {good.pk}
    assert (good.outcome, bad.phase) == ("answered", "waiting")
    assert PhoneSignal.objects.filter(call="bad", fault__contains="IntegrityError").count() == 5
    assert not PhoneSignal.objects.filter(call="good").exclude(fault="").exists()


def test_a_flooded_call_is_reckoned_by_its_beginning_and_its_end(main: Exchange) -> None:
    signals = answered_call()
    flood = [
        told("held" if number % 2 else "resumed", 20, party="801", key=f"f{number}") for number in range(2500)
    ]
    main.tell(*signals[:6], *flood)
    main.tell(*signals[6:])
    assert PhoneSignal.objects.count() == 2508
    assert (Call.objects.get().outcome, Call.objects.get().ended_at) == ("answered", at(74))
    assert recount(Call.objects.get().pk) is True


def test_a_recording_alone_is_no_call(main: Exchange) -> None:
    main.tell(told("recorded", 90, ref="a.wav", seconds=60))
    assert not Call.objects.exists()
    main.tell(*answered_call())
    assert Recording.objects.get().call_id == Call.objects.get().pk
