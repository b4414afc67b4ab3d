"""What goes into the database, and what comes about by the clock: bounded, whole, and without a page."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from gongdan.channels.phone import intake, sweeps
from gongdan.channels.phone.engine_database import DatabaseThread
from gongdan.channels.phone.intake import Door, Writer, storable, unreadable
from gongdan.channels.phone.sweeps import SWEEPS, Sweep
from gongdan.core.interactions.actions.absent import sign_out_absent
from gongdan.core.interactions.contracts import RawSignal
from gongdan.core.interactions.models import (
    Call,
    Extension,
    PhoneSignal,
    Presence,
    PresenceState,
    TelephoneSystem,
)
from gongdan.core.interactions.phone_signals import Kind, Signal
from gongdan.kernel import clock
from tests.company import Organisation
from tests.phone.engine_stage import eventually
from tests.phone.engine_thread import running

NOW = clock.now()


def message(number: int, **words: Any) -> RawSignal:
    call = f"1700000000.{number}"
    signal = Signal(kind=Kind.BEGAN, call=call, key=call, at=NOW, direction="inbound", **words)
    return RawSignal(key=call, raw="raw", received_at=NOW, call=call, signals=(signal,))


def test_a_sender_faster_than_the_database_waits() -> None:
    async def work() -> None:
        door = Door(1, asyncio.Event())
        giving = asyncio.create_task(
            door.take([message(number) for number in range(intake.MOST_WAITING + 500)])
        )
        await asyncio.wait_for(door.arrived.wait(), 10)
        assert (len(door.waiting), giving.done()) == (intake.MOST_WAITING, False)
        await door.done(500)
        await asyncio.wait_for(giving, 10)
        assert len(door.waiting) == intake.MOST_WAITING

    asyncio.run(work())


def test_what_is_too_long_is_cut_and_what_cannot_be_stored_replaced() -> None:
    kept = storable(replace(message(1), raw="\0\udcff" + "x" * 100_000, key="k" * 500))
    assert (len(kept.raw), len(kept.key), kept.raw[:2]) == (intake.MOST_RAW, intake.MOST_KEY, "\ufffd?")
    assert unreadable(b"\xff" * 100_000, NOW, "why").key == unreadable(b"\xff" * 100_000, NOW, "why").key


@pytest.mark.django_db(transaction=True)
def test_a_bad_message_among_good_ones_is_kept_as_a_fault_and_stops_none() -> None:
    """As a defect of a dialect would make one."""
    system = TelephoneSystem.objects.create(code="main", name="x", dialect="asterisk")

    async def work() -> None:
        database = DatabaseThread("test")
        writer = Writer(database)
        await writer.door(system.pk).take([message(1), message(2, caller=object()), message(3)])
        await writer.round()
        assert writer.waiting == 0
        await database.close()

    asyncio.run(work())
    assert sorted(Call.objects.values_list("key", flat=True)) == ["1700000000.1", "1700000000.3"]
    assert PhoneSignal.objects.exclude(fault="").get().key == "1700000000.2"


@pytest.mark.django_db
def test_whose_page_is_long_closed_is_signed_out_of_a_softphone_only(organisation: Organisation) -> None:
    system = TelephoneSystem.objects.create(code="main", name="x", dialect="asterisk")
    long_ago = clock.now() - timedelta(minutes=4)

    def sit(staff_id: int, number: str, kind: str, **more: Any) -> Presence:
        extension = Extension.objects.create(system=system, number=number, kind=kind)
        words = {"state": PresenceState.READY, "since": long_ago, "seen_at": long_ago, **more}
        return Presence.objects.create(staff_id=staff_id, extension=extension, **words)

    gone = sit(organisation.admin.pk, "801", "softphone")
    others = [
        sit(organisation.agent.pk, "802", "desk_phone"),
        sit(organisation.clerk.pk, "803", "softphone", seen_at=clock.now()),
    ]
    assert sign_out_absent(clock.now()) == {gone.staff_id}
    gone.refresh_from_db()
    assert (gone.state, gone.extension_id) == (PresenceState.OFFLINE, None)
    for other in others:
        other.refresh_from_db()
        assert other.state == PresenceState.READY
    assert sign_out_absent(clock.now()) == set()


@pytest.mark.django_db(transaction=True)
def test_sweeps_go_on_after_one_that_fails() -> None:
    done: list[str] = []

    def fail() -> list[int]:
        done.append("failed")
        raise RuntimeError("as it may be")

    def sweep() -> list[int]:
        done.append("done")
        return []

    with running((Sweep("failing", 0.01, fail), Sweep("working", 0.01, sweep), *SWEEPS)):
        eventually(lambda: done.count("failed") > 2 and done.count("done") > 2)
    assert {one.name for one in sweeps.SWEEPS} == {"wrap-ups", "absent", "silent", "recordings"}
