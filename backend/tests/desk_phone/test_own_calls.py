"""Calls at one's own extension: what the page shows while it rings, and what one may ask of the system."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongdan.core.customers.models import Customer
from gongdan.core.interactions.models import Extension, PhoneCommand, TelephoneSystem
from gongdan.core.interactions.phone_signals import Kind
from gongdan.desk import phone_shapes
from gongdan.outbox.models import EventRecord
from tests.client import Answer
from tests.desk_phone.conftest import NUMBER, Hotline


def calls_of(hotline: Hotline, who: Any) -> list[dict[str, Any]]:
    answer = hotline.me(who)
    phone_shapes.Me.model_validate(answer.body)
    return list(answer["calls"])


def control(hotline: Hotline, who: Any, call_id: int, verb: str, **more: Any) -> Answer:
    return hotline.by(who).post(f"/phone/calls/{call_id}/control", {"verb": verb, **more})


def test_a_ringing_call_is_on_the_page_of_whom_it_rings_at_only(hotline: Hotline, known: Customer) -> None:
    o = hotline.w.o
    hotline.sign_in(o.agent)
    hotline.sign_in(o.agent_two)
    call_id = hotline.ring(o.agent, digits="2")
    (call,) = calls_of(hotline, o.agent)
    assert calls_of(hotline, o.agent_two) == []
    assert (call["id"], call["mine"], call["direction"]) == (call_id, "ringing", "inbound")
    assert call["number"] == {"shown": "138 0013 8000", "masked": False, "digits": "+8613800138000"}
    assert call["customer"]["name"] == "李建国"
    assert (call["line_label"], call["queue_title"]) == ("服务热线", "care")
    assert call["menu"] == [{"digits": "2", "label": "投诉"}]
    assert call["leg_known"] is True


def test_answered_held_and_over(hotline: Hotline) -> None:
    o = hotline.w.o
    hotline.sign_in(o.agent)
    call_id = hotline.answer(hotline.ring(o.agent), o.agent)
    assert calls_of(hotline, o.agent)[0]["mine"] == "talking"
    key, party = hotline.key(call_id), "801"
    hotline.tell(key, Kind.HELD, party=party)
    assert calls_of(hotline, o.agent)[0]["mine"] == "held"
    hotline.tell(key, Kind.RESUMED, party=party)
    assert calls_of(hotline, o.agent)[0]["mine"] == "talking"
    hotline.end(call_id)
    page = hotline.me(o.agent)
    assert page["calls"] == []
    assert page["answered_today"] == 1
    assert page["presence"]["state"] == "wrap_up"
    assert (page["wrap_up"]["call_id"], page["wrap_up"]["disposed"]) == (call_id, False)
    assert [one["call_id"] for one in page["undisposed"]] == [call_id]


def test_two_calls_at_once_stand_side_by_side(hotline: Hotline) -> None:
    o = hotline.w.o
    hotline.sign_in(o.agent)
    first = hotline.answer(hotline.ring(o.agent), o.agent)
    second = hotline.ring(o.agent, number="13900139000")
    found = {call["id"]: call["mine"] for call in calls_of(hotline, o.agent)}
    assert found == {first: "talking", second: "ringing"}
    assert control(hotline, o.agent, first, "hold").status == 202
    assert control(hotline, o.agent, second, "answer").status == 202
    legs = PhoneCommand.objects.filter(call__isnull=False).order_by("id").values_list("call_id", "args")
    assert list(legs) == [
        (first, {"leg": f"SIP/{o.agent.pk}-{hotline.key(first)}"}),
        (second, {"leg": f"SIP/{o.agent.pk}-{hotline.key(second)}"}),
    ]


def test_a_command_can_be_followed_by_who_asked_for_it(hotline: Hotline) -> None:
    o = hotline.w.o
    hotline.sign_in(o.agent)
    call_id = hotline.answer(hotline.ring(o.agent), o.agent)
    asked = control(hotline, o.agent, call_id, "transfer", to="802", mode="attended")
    phone_shapes.Asked.model_validate(asked.body)
    path = f"/phone/commands/{asked['command']}"
    state = hotline.by(o.agent).get(path)
    phone_shapes.CommandState.model_validate(state.body)
    assert state.body == {"id": asked["command"], "verb": "transfer", "state": "asked", "fault": ""}
    assert hotline.by(o.agent_two).get(path).code == "unknown_command"
    assert calls_of(hotline, o.agent)[0]["transferring"] == {"to": "802"}
    control(hotline, o.agent, call_id, "cancel_transfer")
    assert calls_of(hotline, o.agent)[0]["transferring"] is None


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"verb": "transfer"}, "nothing_to_dial"),
        ({"verb": "transfer", "to": "abc\r\nAction: x"}, "nothing_to_dial"),
        ({"verb": "dtmf"}, "nothing_to_dial"),
        ({"verb": "answer"}, "call_answered_already"),
    ],
)
def test_what_makes_no_sense_is_refused(hotline: Hotline, given: dict[str, str], code: str) -> None:
    o = hotline.w.o
    hotline.sign_in(o.agent)
    call_id = hotline.answer(hotline.ring(o.agent), o.agent)
    assert control(hotline, o.agent, call_id, **given).code == code


def test_only_ones_own_live_call_is_controlled(hotline: Hotline) -> None:
    o = hotline.w.o
    hotline.sign_in(o.agent)
    hotline.sign_in(o.agent_two)
    call_id = hotline.ring(o.agent)
    assert control(hotline, o.agent, call_id, "hold").code == "call_not_answered"
    assert control(hotline, o.agent_two, call_id, "answer").code == "unknown_call"
    hotline.end(hotline.answer(call_id, o.agent))
    assert (control(hotline, o.agent, call_id, "hang_up").status) == 404


def test_a_system_that_is_away_or_cannot_says_so(hotline: Hotline) -> None:
    o = hotline.w.o
    hotline.sign_in(o.agent)
    call_id = hotline.answer(hotline.ring(o.agent), o.agent)
    TelephoneSystem.objects.update(capabilities=["hold"])
    assert control(hotline, o.agent, call_id, "conference", to="802").code == "not_possible_here"
    TelephoneSystem.objects.update(health="connecting")
    assert control(hotline, o.agent, call_id, "hold").code == "phone_system_away"
    assert hotline.me(o.agent)["connected"] is False


def test_dialling_goes_by_the_system_or_by_the_softphone(hotline: Hotline, known: Customer) -> None:
    o = hotline.w.o
    assert hotline.by(o.agent).post("/phone/dial", {"number": NUMBER}).code == "not_signed_in"
    hotline.sign_in(o.agent)
    asked = hotline.by(o.agent).post("/phone/dial", {"number": "138-0013-8000", "customer_id": known.pk})
    assert (asked.status, asked["digits"]) == (202, None)
    made = PhoneCommand.objects.get(pk=asked["command"])
    assert made.args == {"extension": "801", "number": NUMBER, "customer_id": known.pk}
    Extension.objects.filter(number="801").update(kind="softphone")
    by_page = hotline.by(o.agent).post("/phone/dial", {"number": "010-6554 1234"})
    assert by_page["digits"] == "01065541234"
    assert PhoneCommand.objects.get(pk=by_page["command"]).state == "done"
    assert hotline.me(o.agent)["softphone"]["user"] == "801"
    assert hotline.by(o.agent).post("/phone/dial", {"number": "801"}).code == "own_extension"
    TelephoneSystem.objects.update(active=False)
    assert hotline.me(o.agent)["softphone"] is None
    TelephoneSystem.objects.update(active=True)
    assert hotline.by(o.agent).post("/phone/dial", {"number": "???"}).code == "nothing_to_dial"


def test_a_masked_number_is_dialled_by_naming_whose_it_is(hotline: Hotline, known: Customer) -> None:
    o = hotline.w.o
    hotline.sign_in(o.agent)
    contact = known.contacts.get()
    body = {"number": "138****8000", "customer_id": known.pk, "contact_id": contact.pk}
    asked = hotline.by(o.agent).post("/phone/dial", body)
    assert PhoneCommand.objects.get(pk=asked["command"]).args["number"] == NUMBER
    call_id = hotline.talk(o.agent)
    hotline.by(o.agent).post("/phone/dial", {"call_id": call_id})
    assert PhoneCommand.objects.order_by("-id")[0].args["number"] == NUMBER
    number = hotline.w.number(requester={"phone": "13700137000"})
    hotline.by(o.agent).post("/phone/dial", {"ticket": number})
    assert PhoneCommand.objects.order_by("-id")[0].args["number"] == "13700137000"
    hotline.sign_in(o.agent_two)
    assert hotline.by(o.agent_two).post("/phone/dial", {"call_id": call_id}).code == "unknown_call"
    assert hotline.by(o.agent_two).post("/phone/dial", {"ticket": number}).code == "ticket_not_found"


def test_one_changes_places_but_not_during_a_call(hotline: Hotline) -> None:
    o = hotline.w.o
    hotline.sign_in(o.agent)
    hotline.answer(hotline.ring(o.agent), o.agent)
    other = {"extension_id": hotline.seat(o.agent_two).pk}
    assert hotline.by(o.agent).post("/phone/sign-in", other).code == "call_under_way"
    refused = hotline.by(o.agent).post("/phone/sign-out", {})
    assert (refused.status, refused.code) == (409, "call_under_way")


def test_after_call_work_ends_when_the_disposition_is_there(hotline: Hotline) -> None:
    o = hotline.w.o
    hotline.sign_in(o.agent)
    call_id = hotline.talk(o.agent)
    ready = {"state": "ready"}
    assert hotline.by(o.agent).post("/phone/presence", ready).code == "disposition_owed"
    until = hotline.me(o.agent)["wrap_up"]["until"]
    longer = hotline.by(o.agent).post("/phone/wrap-up", {"more": 60})
    assert longer["wrap_up"]["until"] > until
    done = hotline.by(o.agent).post(f"/calls/{call_id}/disposition", {"category": "consultation"})
    assert done.status == 200, done.body
    assert hotline.by(o.agent).post("/phone/presence", ready)["presence"]["state"] == "ready"
    assert hotline.by(o.agent).post("/phone/wrap-up", {"more": 60}).code == "not_in_wrap_up"


def test_a_closed_page_loses_nothing(hotline: Hotline) -> None:
    """Nobody looked while it rang, was answered at the phone and ended: the call is there, and owed."""
    o = hotline.w.o
    hotline.sign_in(o.agent)
    call_id = hotline.talk(o.agent)
    later = hotline.me(o.agent)
    assert [one["call_id"] for one in later["undisposed"]] == [call_id]


def test_a_supervisor_listens_and_it_stands_in_the_track(hotline: Hotline) -> None:
    o = hotline.w.o
    hotline.sign_in(o.agent)
    call_id = hotline.ring(o.agent)
    path = f"/phone/calls/{call_id}/supervise"
    assert hotline.by(o.head).post(path, {"how": "listen"}).code == "not_signed_in"
    hotline.sign_in(o.head)
    assert hotline.by(o.head).post(path, {"how": "listen"}).code == "nobody_talks"
    hotline.answer(call_id, o.agent)
    asked = hotline.by(o.head).post(path, {"how": "listen"})
    assert asked.status == 202, asked.body
    args = PhoneCommand.objects.get(pk=asked["command"]).args
    assert args == {"leg": f"SIP/{o.agent.pk}-{hotline.key(call_id)}", "extension": "803", "target": "801"}
    told = EventRecord.objects.get(type="CallSupervised", subject_id=call_id)
    assert told.data == {"how": "listen", "extension": "801"}
    assert hotline.by(o.agent).post(path, {"how": "barge"}).code == "right_missing"


def test_the_page_costs_the_same_whatever_the_day_was_like(hotline: Hotline) -> None:
    o = hotline.w.o
    hotline.sign_in(o.agent)

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            hotline.me(o.agent)
        return len(seen)

    hotline.talk(o.agent)
    hotline.me(o.agent)
    before = cost()
    for _ in range(3):
        hotline.talk(o.agent)
    assert cost() == before
    hotline.ring(o.agent)
    hotline.ring(o.agent, number="13900139000")
    assert cost() <= before + 2


def test_a_click_that_is_sent_twice_dials_once(hotline: Hotline) -> None:
    o = hotline.w.o
    hotline.sign_in(o.agent)
    first, again = (hotline.by(o.agent).post("/phone/dial", {"number": NUMBER}, key="k1") for _ in range(2))
    assert first.status == again.status == 202
    assert first.body == again.body
    assert PhoneCommand.objects.filter(verb="dial").count() == 1


@pytest.mark.django_db(transaction=True)
def test_other_windows_and_the_telephone_system_are_told(hotline: Hotline) -> None:
    o = hotline.w.o
    hotline.sign_in(o.agent)
    dsn = connection.get_connection_params()
    wanted = {name: dsn[name] for name in ("host", "port", "dbname", "user", "password") if name in dsn}
    with psycopg.connect(**wanted, autocommit=True) as listening:
        listening.execute("LISTEN gongdan_phone")
        listening.execute("LISTEN gongdan_phone_command")
        hotline.by(o.agent).post("/phone/presence", {"state": "busy"})
        heard = {(one.channel, one.payload) for one in listening.notifies(timeout=10, stop_after=2)}
    assert heard == {
        ("gongdan_phone", str(o.agent.pk)),
        ("gongdan_phone_command", str(hotline.system.pk)),
    }
