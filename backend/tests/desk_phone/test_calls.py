"""Calls on the desk: the list by the one rule, one call, what it was about, and the tickets it belongs to."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongdan.core.catalogue.models import Category
from gongdan.core.customers.models import Customer
from gongdan.core.interactions.phone_signals import Kind
from gongdan.core.staff.models import Scope
from gongdan.core.tickets.models import TicketCall
from gongdan.desk import call_shapes
from gongdan.kernel import reference
from gongdan.outbox.models import EventRecord
from tests.client import Answer
from tests.desk_phone.conftest import NUMBER, Hotline, grant


def listed(hotline: Hotline, who: Any, **query: Any) -> list[int]:
    answer = hotline.by(who).get("/calls", **query)
    assert answer.status == 200, answer.body
    call_shapes.CallList.model_validate(answer.body)
    return [row["id"] for row in answer["items"]]


def page(hotline: Hotline, who: Any, call_id: int) -> Answer:
    answer = hotline.by(who).get(f"/calls/{call_id}")
    if answer.status == 200:
        call_shapes.CallPage.model_validate(answer.body)
    return answer


def test_one_sees_ones_own_calls_and_a_supervisor_all(hotline: Hotline) -> None:
    o = hotline.w.o
    hotline.sign_in(o.agent)
    hotline.sign_in(o.agent_two)
    mine, theirs = hotline.talk(o.agent), hotline.talk(o.agent_two)
    assert listed(hotline, o.agent) == [mine]
    assert listed(hotline, o.agent_two) == [theirs]
    assert listed(hotline, o.head) == [theirs, mine]
    assert hotline.by(o.clerk).get("/calls").code == "right_missing"
    assert page(hotline, o.agent, mine).status == 200
    refused = page(hotline, o.agent, theirs)
    assert (refused.status, refused.code) == (404, "unknown_call")


def test_the_list_is_narrowed(hotline: Hotline, known: Customer) -> None:
    o = hotline.w.o
    hotline.sign_in(o.agent)
    first = hotline.talk(o.agent)
    second = hotline.end(hotline.ring(o.agent, number="13900139000", queue="sales"), after=30)
    assert listed(hotline, o.head, outcome="answered") == [first]
    assert listed(hotline, o.head, queue="sales") == [second]
    assert listed(hotline, o.head, number="139-0013-9000") == [second]
    assert listed(hotline, o.head, number="???") == []
    assert listed(hotline, o.head, customer=known.pk) == [first]
    assert listed(hotline, o.head, staff=o.agent.pk) == [second, first]
    assert listed(hotline, o.head, mine=1) == []
    assert listed(hotline, o.head, direction="outbound") == []
    assert listed(hotline, o.agent, undisposed=1) == [first]
    began = page(hotline, o.head, second)["began_at"]
    assert listed(hotline, o.head, **{"from": began}) == [second]
    assert listed(hotline, o.head, to=began) == [first]


def test_pages_follow_each_other_and_cost_the_same(hotline: Hotline) -> None:
    o = hotline.w.o
    hotline.sign_in(o.agent)
    made = [hotline.talk(o.agent) for _ in range(5)]
    seen: list[int] = []
    after = None
    costs = set()
    hotline.by(o.head).get("/calls", limit=2)
    while True:
        with CaptureQueriesContext(connection) as asked:
            answer = hotline.by(o.head).get("/calls", limit=2, after=after)
        costs.add(len(asked))
        seen += [row["id"] for row in answer["items"]]
        after = answer["next"]
        if after is None:
            break
    assert seen == made[::-1]
    assert len(costs) == 1
    assert max(costs) <= 5


def test_a_call_shows_its_stays_parts_and_what_one_may_do(hotline: Hotline, known: Customer) -> None:
    o = hotline.w.o
    hotline.sign_in(o.agent)
    hotline.sign_in(o.agent_two)
    call_id = hotline.answer(hotline.ring(o.agent, digits="2"), o.agent)
    key = hotline.key(call_id)
    hotline.tell(key, Kind.TRANSFERRED, party="801", to="802", mode="blind", after=20)
    hotline.tell(key, Kind.RINGING, party="802", leg="SIP/802")
    hotline.tell(key, Kind.ANSWERED, party="802", leg="SIP/802")
    hotline.end(call_id)
    shown = page(hotline, o.agent, call_id)
    assert [(one["person"]["id"], one["transferred_to"]) for one in shown["parts"]] == [
        (o.agent.pk, "802"),
        (o.agent_two.pk, ""),
    ]
    assert [(one["queue"], one["outcome"]) for one in shown["stays"]] == [("care", "answered")]
    assert shown["menu"] == [{"digits": "2", "label": "投诉"}]
    assert shown["number"]["masked"] is True
    assert shown["may"] == {"dispose": True, "listen": True, "download": False, "dial": True}
    by_head = page(hotline, o.head, call_id)["may"]
    assert by_head == {"dispose": True, "listen": True, "download": True, "dial": True}
    assert page(hotline, o.admin, call_id)["number"]["digits"] == "+8613800138000"


def test_what_a_call_was_about_is_written_down_and_changed(hotline: Hotline) -> None:
    o = hotline.w.o
    hotline.sign_in(o.agent)
    hotline.sign_in(o.agent_two)
    call_id = hotline.talk(o.agent)
    path = f"/calls/{call_id}/disposition"
    done = hotline.by(o.agent).post(path, {"category": "consultation", "note": "问资费"})
    call_shapes.CallPage.model_validate(done.body)
    assert done["disposition"] == {"code": "consultation", "name": "consultation"}
    assert (done["note"], done["disposed_by"]["id"]) == ("问资费", o.agent.pk)
    assert hotline.me(o.agent)["undisposed"] == []
    stale = hotline.by(o.head).post(path, {"category": "complaint", "version": done["version"] - 1})
    assert stale.code == "stale_version"
    changed = hotline.by(o.head).post(path, {"category": "complaint", "version": done["version"]})
    assert changed["disposition"]["code"] == "complaint"
    told = EventRecord.objects.filter(type="CallDisposed", subject_id=call_id).order_by("seq")
    assert [one.data for one in told] == [
        {"disposition": "consultation", "note": "问资费"},
        {"disposition": "complaint", "old": {"disposition": "consultation", "note": "问资费"}},
    ]


def test_a_disposition_is_a_leaf_in_use_of_a_call_one_talked_in(hotline: Hotline) -> None:
    o = hotline.w.o
    hotline.sign_in(o.agent)
    hotline.sign_in(o.agent_two)
    call_id = hotline.talk(o.agent)
    parent = Category.objects.get(code="complaint")
    below = Category.objects.create(code="below", name="below", parent=parent)
    Category.objects.filter(pk=below.pk).update(path=f"{parent.path}{below.pk}.")
    Category.objects.filter(code="sampled").update(active=False)
    reference.forget()

    def refused(who: Any, category: str, call: int = call_id) -> str | None:
        return hotline.by(who).post(f"/calls/{call}/disposition", {"category": category}).code

    assert refused(o.agent, "complaint") == "category_not_leaf"
    assert refused(o.agent, "nothing") == "unknown_category"
    assert refused(o.agent, "sampled") == "inactive_category"
    assert refused(o.agent_two, "below") == "unknown_call"
    missed = hotline.end(hotline.ring(o.agent), after=30)
    assert refused(o.agent, "below", missed) == "not_your_call"
    assert refused(o.head, "below", missed) == "nothing_to_dispose"


def test_a_ticket_is_opened_from_a_call(hotline: Hotline, known: Customer) -> None:
    o = hotline.w.o
    hotline.sign_in(o.agent)
    call_id = hotline.answer(hotline.ring(o.agent, digits="2"), o.agent)
    number = hotline.w.number(call_id=call_id)
    ticket = hotline.w.page(o.agent, number)
    assert (ticket["channel"], ticket["customer"]["id"]) == ("phone", known.pk)
    assert ticket["requester_phone"] == "138****8000"
    hotline.tell(hotline.key(call_id), Kind.RECORDED, ref="r1", seconds=60)
    hotline.end(call_id)
    (call,) = hotline.w.page(o.agent, number)["calls"]
    assert (call["id"], call["how"], call["may_listen"]) == (call_id, "opened", True)
    assert (call["line_label"], call["menu"]) == ("服务热线", [{"digits": "2", "label": "投诉"}])
    assert [one["state"] for one in call["recordings"]] == ["awaited"]
    assert hotline.w.events(number)[:2] == ["TicketOpened", "CallNoted"]
    told = EventRecord.objects.get(type="CallNoted")
    assert told.data["call_id"] == call_id
    assert told.data["caller"] == "138****8000"
    assert NUMBER not in str(told.data)
    assert page(hotline, o.agent, call_id)["tickets"] == [
        {"number": number, "subject": "宽带断了三天。没有人上门。", "how": "opened"}
    ]
    assert hotline.by(o.agent).get("/calls")["items"][0]["tickets"] == [number]


def test_others_see_the_call_on_the_ticket_but_hear_only_by_right(hotline: Hotline, known: Customer) -> None:
    o = hotline.w.o
    hotline.sign_in(o.agent)
    number = hotline.w.number(call_id=hotline.talk(o.agent))
    (call,) = hotline.w.page(o.clerk, number)["calls"]
    assert (call["may_listen"], call["may_view"], call["number"]["masked"]) == (False, False, True)


def test_a_call_appends_and_urges_and_is_noted_once_in_each_ticket(hotline: Hotline, known: Customer) -> None:
    o = hotline.w.o
    hotline.sign_in(o.agent)
    one, two = hotline.w.number(), hotline.w.number()
    call_id = hotline.answer(hotline.ring(o.agent), o.agent)
    appended = hotline.w.done(o.agent, one, "append", body="又来电", from_customer=True, call_id=call_id)
    assert appended["sentence"]["code"] == "TicketAppended"
    hotline.w.done(o.agent, one, "urge", reason="急", call_id=call_id)
    hotline.w.done(o.agent, two, "urge", call_id=call_id)
    noted = TicketCall.objects.order_by("id").values_list("ticket__number", "how")
    assert list(noted) == [(one, "appended"), (two, "urged")]
    assert hotline.w.events(one).count("CallNoted") == 1


def test_a_call_is_linked_by_hand(hotline: Hotline) -> None:
    o = hotline.w.o
    hotline.sign_in(o.agent)
    hotline.sign_in(o.agent_two)
    call_id = hotline.talk(o.agent)
    number = hotline.w.number()
    version = hotline.w.page(o.agent, number)["version"]
    path = f"/calls/{call_id}/tickets"
    for _ in range(2):
        linked = hotline.by(o.agent).post(path, {"number": number, "how": "linked"})
        assert [one["how"] for one in linked["tickets"]] == ["linked"]
    assert hotline.w.page(o.agent, number)["version"] == version
    assert hotline.w.events(number).count("CallNoted") == 1
    assert hotline.by(o.agent).post(path, {"number": "T-1"}).code == "ticket_not_found"
    of_other = hotline.w.number(by=o.agent_two)
    assert hotline.by(o.agent).post(path, {"number": of_other}).code == "ticket_not_found"
    theirs = hotline.talk(o.agent_two)
    refused = hotline.by(o.agent).post(f"/calls/{theirs}/tickets", {"number": number})
    assert refused.code == "unknown_call"


def test_a_call_one_may_not_see_opens_nothing(hotline: Hotline) -> None:
    o = hotline.w.o
    hotline.sign_in(o.agent)
    call_id = hotline.talk(o.agent)
    refused = hotline.w.open(by=o.agent_two, call_id=call_id)
    assert (refused.status, refused.code) == (404, "unknown_call")
    assert hotline.w.open(call_id=99999).code == "unknown_call"
    assert TicketCall.objects.count() == 0


def test_scopes_reach_as_far_as_they_say(hotline: Hotline) -> None:
    """A head of the service department sees what its people talked about; one of another department does not."""
    o = hotline.w.o
    hotline.sign_in(o.agent)
    call_id = hotline.talk(o.agent)
    grant(o.reviewer, "service_lead", ["call.view"], Scope.DEPARTMENT)
    grant(o.biller, "billing_lead", ["call.view"], Scope.DEPARTMENT_BELOW)
    assert listed(hotline, o.reviewer) == [call_id]
    assert listed(hotline, o.biller) == []
    assert page(hotline, o.biller, call_id).code == "unknown_call"
