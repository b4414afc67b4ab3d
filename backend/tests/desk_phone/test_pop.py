"""The screen pop: who it is, their tickets, what was before, and never anything of a stranger."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongdan.core.customers.models import Customer
from gongdan.core.interactions.models import Call
from gongdan.core.staff.models import Role
from gongdan.desk import phone_shapes
from gongdan.kernel import reference
from gongdan.outbox.models import EventRecord
from tests.client import Answer
from tests.desk_phone.conftest import NUMBER, Hotline, add_number

MOST_STATEMENTS = 9  # of a pop with candidates of a mobile number, the check of who asks included


def pop(hotline: Hotline, call_id: int, who: Any = None) -> Answer:
    answer = hotline.by(who or hotline.w.o.agent).get(f"/phone/calls/{call_id}/pop")
    if answer.status == 200:
        phone_shapes.Pop.model_validate(answer.body)
    return answer


def test_a_known_caller_with_open_tickets(hotline: Hotline, known: Customer) -> None:
    o = hotline.w.o
    hotline.sign_in(o.agent)
    number = hotline.w.number(customer_id=known.pk)
    closed = hotline.w.number("consultation", customer_id=known.pk, answered_on_spot=True, answer="已告知")
    shown = pop(hotline, hotline.ring(o.agent, digits="2"))
    assert shown["customer"] == {
        "id": known.pk, "name": "李建国", "kind": "person", "level": "vip", "level_name": "VIP",
    }  # fmt: skip
    assert shown["candidates"] == []
    (ticket,) = shown["open_tickets"]
    assert (ticket["number"], ticket["may_append"], ticket["may_urge"]) == (number, True, True)
    assert ticket["node"] == ticket["node_title"]["zh-Hans"]
    assert [one["number"] for one in shown["last_contacts"]] == [closed, number]
    assert shown["suggested"] == {"category": "complaint", "category_name": "complaint", "because": "menu"}


def test_several_customers_with_one_number_are_candidates(hotline: Hotline, known: Customer) -> None:
    o = hotline.w.o
    hotline.sign_in(o.agent)
    other = Customer.objects.create(name="李建军", level_id="ordinary")
    add_number(other, NUMBER, "手机")
    hotline.w.number(customer_id=known.pk)
    call_id = hotline.ring(o.agent)
    shown = pop(hotline, call_id)
    assert shown["customer"] is None
    assert [(one["customer"]["name"], one["how"], one["open_tickets"]) for one in shown["candidates"]] == [
        ("李建国", "same", 1),
        ("李建军", "same", 0),
    ]
    assert shown["call"]["candidates_count"] == 2
    assert shown["open_tickets"] == []
    chosen = hotline.by(o.agent).post(f"/phone/calls/{call_id}/customer", {"customer_id": known.pk})
    assert chosen["customer"]["id"] == known.pk
    assert len(chosen["open_tickets"]) == 1
    nobody = hotline.by(o.agent).post(f"/phone/calls/{call_id}/customer", {"customer_id": None})
    assert (nobody["customer"], nobody["call"]["chosen"]) == (None, True)
    told = EventRecord.objects.filter(type="CallIdentified", subject_id=call_id).order_by("seq")
    assert [one.data for one in told] == [{"old": None, "new": known.pk}, {"old": known.pk, "new": None}]


def test_nobody_known_is_a_new_customer(hotline: Hotline) -> None:
    hotline.sign_in(hotline.w.o.agent)
    shown = pop(hotline, hotline.ring(hotline.w.o.agent, number="+1 650-253-0000"))
    assert (shown["customer"], shown["candidates"], shown["last_contacts"]) == (None, [], [])
    assert shown["suggested"]["because"] == "line"


@pytest.mark.parametrize("number", ["", "anonymous", "unknown", "Restricted", "Private", "0000000"])
def test_a_withheld_number_is_nobodys(hotline: Hotline, known: Customer, number: str) -> None:
    """Also when it called before: there is no telling whether it was the same person."""
    agent = hotline.w.o.agent
    hotline.sign_in(agent)
    hotline.talk(agent, number=number)
    hotline.talk(agent, number=number)
    shown = pop(hotline, hotline.ring(agent, number=number))
    assert (shown["customer"], shown["candidates"], shown["last_contacts"]) == (None, [], [])
    assert (shown["repeat"]["calls"], shown["repeat"]["warn"]) == (0, False)
    assert shown["call"]["number"] == {"shown": "", "masked": False, "digits": None}


def test_who_calls_again_is_warned_of(hotline: Hotline, known: Customer) -> None:
    agent = hotline.w.o.agent
    hotline.sign_in(agent)
    hotline.talk(agent)
    once = pop(hotline, hotline.ring(agent))
    assert (once["repeat"]["calls"], once["repeat"]["warn"]) == (1, False)
    again = pop(hotline, hotline.ring(agent))
    assert (again["repeat"]["calls"], again["repeat"]["warn"]) == (2, True)
    assert [one["kind"] for one in again["last_contacts"]] == ["call", "call"]


def test_calls_of_others_are_counted_but_not_shown(hotline: Hotline, known: Customer) -> None:
    o = hotline.w.o
    hotline.sign_in(o.agent)
    hotline.sign_in(o.agent_two)
    hotline.talk(o.agent_two)
    shown = pop(hotline, hotline.ring(o.agent))
    assert (shown["repeat"]["calls"], shown["last_contacts"]) == (1, [])


def test_a_pop_is_for_whom_it_rings_at(hotline: Hotline, known: Customer) -> None:
    o = hotline.w.o
    hotline.sign_in(o.agent)
    call_id = hotline.ring(o.agent)
    assert pop(hotline, call_id, o.agent_two).code == "unknown_call"
    assert pop(hotline, call_id, o.clerk).code == "right_missing"
    path = f"/phone/calls/{call_id}/customer"
    assert hotline.by(o.agent_two).post(path, {"customer_id": known.pk}).code == "unknown_call"
    assert hotline.by(o.agent).post(path, {"customer_id": 99999}).code == "unknown_customer"


def test_customers_out_of_reach_are_not_shown(hotline: Hotline, known: Customer) -> None:
    """An agent whose roles reach only ordinary customers is told nothing of a VIP who calls."""
    Role.objects.filter(code="agent").update(customer_levels=["ordinary"])
    reference.forget()
    agent = hotline.w.o.agent
    hotline.sign_in(agent)
    call_id = hotline.ring(agent)
    shown = pop(hotline, call_id)
    assert Call.objects.get(pk=call_id).customer_id == known.pk
    assert (shown["customer"], shown["candidates"], shown["open_tickets"]) == (None, [], [])


def test_the_number_is_masked_once_the_call_is_over(hotline: Hotline, known: Customer) -> None:
    agent = hotline.w.o.agent
    hotline.sign_in(agent)
    call_id = hotline.talk(agent)
    shown = pop(hotline, call_id)
    assert shown["call"]["mine"] == "ended"
    assert shown["call"]["number"] == {"shown": "138****8000", "masked": True, "digits": None}


def test_a_pop_takes_few_statements(hotline: Hotline, known: Customer) -> None:
    agent = hotline.w.o.agent
    hotline.sign_in(agent)
    for _ in range(3):
        hotline.w.number(customer_id=known.pk)
        hotline.talk(agent)
    of_one = hotline.ring(agent)
    pop(hotline, of_one)
    with CaptureQueriesContext(connection) as seen:
        pop(hotline, of_one)
    assert len(seen) <= 7, [one["sql"][:80] for one in seen]
    for name in ("李建军", "李建民"):
        add_number(Customer.objects.create(name=name, level_id="ordinary"), "13900139000")
    of_two = hotline.ring(agent, number="13900139000")
    pop(hotline, of_two)
    with CaptureQueriesContext(connection) as seen:
        pop(hotline, of_two)
    assert len(seen) <= MOST_STATEMENTS, [one["sql"][:80] for one in seen]
