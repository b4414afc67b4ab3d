"""After-call work follows a talk by itself, ends by itself, and is counted; whoever does it is left alone meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine

from gongdan.core.interactions.actions.end_wrap_ups import end_wrap_ups
from gongdan.core.interactions.models import (
    CallPart,
    Extension,
    LineSettings,
    PhoneCommand,
    Presence,
    PresenceSpan,
)
from gongdan.core.interactions.presence_changes import change
from gongdan.core.staff.models import Staff
from gongdan.kernel import clock
from gongdan.kernel.actor import system
from gongdan.outbox.models import EventRecord
from tests.company import Organisation
from tests.interactions.telling import NINE, Exchange, answered_call, at, inbound, told

NOW = NINE + timedelta(hours=1)


def presence_of(staff: Staff) -> Presence:
    return Presence.objects.get(staff=staff)


def changes_of(staff: Staff) -> list[tuple[str, str]]:
    told_of = EventRecord.objects.filter(
        subject="staff", subject_id=staff.pk, type="PresenceChanged"
    ).order_by("seq")
    return [(event.data["old"], event.data["new"]) for event in told_of]


@pytest.mark.parametrize("state", ["ready", "busy", "break"])
def test_after_a_talk_comes_after_call_work_and_then_what_was_before(
    main: Exchange, organisation: Organisation, state: str
) -> None:
    main.sit("801", organisation.agent, state)
    Presence.objects.update(reason="meal" if state == "break" else "")
    with time_machine.travel(NOW, tick=False):
        main.tell(*answered_call())
    part, presence = CallPart.objects.get(), presence_of(organisation.agent)
    assert (presence.state, presence.after, presence.wrap_up_part) == ("wrap_up", state, part.pk)
    assert (presence.since, presence.until) == (NOW, NOW + timedelta(seconds=30))
    assert end_wrap_ups(NOW + timedelta(seconds=29)) == frozenset()
    assert end_wrap_ups(NOW + timedelta(seconds=30)) == {organisation.agent.pk}
    presence = presence_of(organisation.agent)
    assert (presence.state, presence.until, presence.wrap_up_part) == (state, None, None)
    assert presence.reason == ("meal" if state == "break" else "")
    part.refresh_from_db()
    assert part.wrap_up_seconds == 30
    assert changes_of(organisation.agent) == [(state, "wrap_up"), ("wrap_up", state)]
    spans = PresenceSpan.objects.order_by("began_at").values_list("state", "began_at", "ended_at")
    ends = NOW + timedelta(seconds=30)
    assert list(spans) == [("wrap_up", NOW, ends), (state, ends, None)]


def test_a_missed_ring_makes_no_after_call_work(main: Exchange, organisation: Organisation) -> None:
    main.sit("801", organisation.agent)
    main.tell(inbound(), told("ringing", 1, party="801"), told("ring_ended", 9, party="801", cause="missed"))
    main.tell(told("ended", 9, by="customer"))
    assert presence_of(organisation.agent).state == "ready"


def test_who_is_offline_stays_so(main: Exchange, organisation: Organisation) -> None:
    main.sit("801", organisation.agent, "offline")
    main.tell(*answered_call())
    assert presence_of(organisation.agent).state == "offline"


def test_who_still_talks_goes_on_talking(main: Exchange, organisation: Organisation) -> None:
    main.sit("801", organisation.agent)
    main.tell(*answered_call(call="long", begin=10)[:6])
    main.tell(*answered_call(call="short"))
    assert presence_of(organisation.agent).state == "ready"
    main.tell(*answered_call(call="long", begin=10)[6:])
    assert presence_of(organisation.agent).state == "wrap_up"


def test_a_talk_among_colleagues_makes_no_after_call_work(main: Exchange, organisation: Organisation) -> None:
    main.sit("801", organisation.agent)
    began = told("began", 0, direction="internal", caller="801", dialled="802", party="801")
    main.tell(began, told("ringing", 1, party="802"), told("answered", 2, party="802"), told("ended", 60))
    assert CallPart.objects.get(extension="801").talk_seconds == 58
    assert presence_of(organisation.agent).state == "ready"


def test_without_seconds_there_is_no_after_call_work(main: Exchange, organisation: Organisation) -> None:
    LineSettings.objects.create(pk=1, wrap_up_seconds=0)
    main.sit("801", organisation.agent)
    main.tell(*answered_call())
    assert presence_of(organisation.agent).state == "ready"


def test_a_call_during_after_call_work_begins_it_anew(main: Exchange, organisation: Organisation) -> None:
    main.sit("801", organisation.agent)
    with time_machine.travel(NOW, tick=False):
        main.tell(*answered_call(call="first"))
    with time_machine.travel(NOW + timedelta(seconds=10), tick=False):
        main.tell(*answered_call(call="second"))
    first, second = CallPart.objects.order_by("id")
    presence = presence_of(organisation.agent)
    assert (presence.after, presence.wrap_up_part) == ("ready", second.pk)
    assert presence.until == NOW + timedelta(seconds=40)
    end_wrap_ups(NOW + timedelta(seconds=50))
    seconds = dict(CallPart.objects.values_list("pk", "wrap_up_seconds"))
    assert seconds == {first.pk: 10, second.pk: 40}
    assert changes_of(organisation.agent) == [("ready", "wrap_up"), ("wrap_up", "ready")]


def test_the_same_end_told_again_makes_no_second_after_call_work(
    main: Exchange, organisation: Organisation
) -> None:
    main.sit("801", organisation.agent)
    main.tell(*answered_call())
    end_wrap_ups(clock.now() + timedelta(minutes=5))
    main.tell(told("party_left", 74, party="801", key="again"), told("ended", 75, by="customer"))
    assert presence_of(organisation.agent).state == "ready"


def test_the_exchange_is_told_to_ring_nobody_in_after_call_work(
    main: Exchange, organisation: Organisation
) -> None:
    main.system.capabilities = ["pause", "unpause"]
    main.system.save()
    main.sit("801", organisation.agent)
    main.sit("802", organisation.clerk, "busy")
    Extension.objects.filter(number="801").update(channel="PJSIP/desk-801")  # dialled in a way of its own
    phone = {"extension": "801", "channel": "PJSIP/desk-801"}
    main.tell(*answered_call("801", call="c1"), *answered_call("802", call="c2"))
    asked = PhoneCommand.objects.order_by("id").values_list("verb", "args")
    assert list(asked.all()) == [("pause", {**phone, "reason": "wrap_up"})]
    end_wrap_ups(clock.now() + timedelta(minutes=5))
    assert list(asked.all())[1:] == [("unpause", phone)]


def test_changing_to_the_same_writes_no_span_and_no_event(main: Exchange, organisation: Organisation) -> None:
    presence = main.sit("801", organisation.agent)
    for second, state in ((0, "busy"), (5, "busy"), (9, "ready")):
        change(presence, state, now=at(second), actor=system("test"))
    spans = PresenceSpan.objects.order_by("began_at").values_list("state", "began_at", "ended_at")
    wanted: list[tuple[str, datetime, datetime | None]] = [("busy", at(0), at(9)), ("ready", at(9), None)]
    assert list(spans) == wanted
    assert changes_of(organisation.agent) == [("ready", "busy"), ("busy", "ready")]
