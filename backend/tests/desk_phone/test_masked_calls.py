"""Who sees a call without the right to see numbers sees no number of a customer in it, wherever it stands."""

from __future__ import annotations

import json
from typing import Any

from gongdan.core.customers.models import Customer
from gongdan.core.interactions.models import Call
from gongdan.core.interactions.phone_signals import Kind
from gongdan.core.staff.models import Scope
from gongdan.outbox.models import EventRecord
from tests.desk_phone.conftest import NUMBER, Hotline, grant

ELSEWHERE = "13900139000"


def our_call(hotline: Hotline, **more: Any) -> int:
    """The agent calls the customer, and gives the call to a number outside."""
    hotline.sign_in(hotline.w.o.agent)
    leg: dict[str, Any] = {"party": "801", "leg": "SIP/801-out"}
    hotline.tell("out", Kind.BEGAN, direction="outbound", caller="801", dialled=NUMBER, **more)
    hotline.tell("out", Kind.RINGING, **leg)
    hotline.tell("out", Kind.ANSWERED, **leg)
    hotline.tell("out", Kind.TRANSFERRED, to=ELSEWHERE, mode="blind", **leg)
    hotline.tell("out", Kind.ENDED, by="customer")
    return Call.objects.get(key="out").pk


def told(text: str) -> set[str]:
    """Which of the two numbers stand in a text, in any way they are written."""
    plain = "".join(char for char in text if char.isdigit() or char == '"')
    return {one for one in (NUMBER, ELSEWHERE) if one in plain}


def test_the_number_we_dialled_is_no_line_and_stays_masked(hotline: Hotline, known: Customer) -> None:
    call_id = our_call(hotline)
    for who in (hotline.w.o.agent, hotline.w.o.head):
        for path in ("/calls", f"/calls/{call_id}"):
            assert told(json.dumps(hotline.by(who).get(path).body)) == set(), (who, path)
    page = hotline.by(hotline.w.o.head).get(f"/calls/{call_id}")
    assert (page["dialled"], page["line_label"], page["parts"][0]["transferred_to"]) == (
        "138****8000", "", "139****9000",
    )  # fmt: skip
    assert page["parts"][0]["extension"] == "801"
    popped = hotline.by(hotline.w.o.agent).get(f"/phone/calls/{call_id}/pop")
    assert popped.status == 200
    assert told(json.dumps(popped.body)) == set()


def test_who_may_see_numbers_sees_them(hotline: Hotline, known: Customer) -> None:
    call_id = our_call(hotline)
    grant(hotline.w.o.head, "reveals", ["customer.view", "customer.reveal"], Scope.ALL)
    page = hotline.by(hotline.w.o.head).get(f"/calls/{call_id}")
    assert told(json.dumps(page.body)) == {NUMBER, ELSEWHERE}


def test_a_ticket_does_not_name_the_number_either(hotline: Hotline, known: Customer) -> None:
    call_id = our_call(hotline)
    w = hotline.w
    number = w.number(call_id=call_id)
    (noted,) = EventRecord.objects.filter(type="CallNoted")
    assert told(json.dumps(noted.data)) == set()
    assert told(json.dumps(w.by(w.o.clerk).get(f"/tickets/{number}").body)) == set()


def test_no_event_of_a_call_names_a_number(hotline: Hotline, known: Customer) -> None:
    our_call(hotline)
    hotline.end(hotline.ring())
    told_events = EventRecord.objects.filter(subject__in=["call", "callback_task"])
    assert {"CallBegan", "CallTransferred", "CallbackTaskMade"} <= {one.type for one in told_events}
    assert told(json.dumps([one.data for one in told_events])) == set()
    ours, theirs = [one.data for one in told_events if one.type == "CallBegan"]
    assert (ours["caller_id"], ours["dialled"]) == ("801", "138****8000")
    assert (theirs["caller_id"], theirs["dialled"]) == ("138****8000", "4008001234")
