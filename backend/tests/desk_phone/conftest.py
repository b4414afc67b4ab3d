"""A hotline to test with: a system with extensions, agents signed in, and calls made of the signals a system sends."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from gongdan.core.customers.models import Contact, Customer
from gongdan.core.interactions.actions.take_in import take_in
from gongdan.core.interactions.contracts import RawSignal
from gongdan.core.interactions.models import Call, Extension, Health, Line, TelephoneSystem
from gongdan.core.interactions.phone_signals import Kind, Signal
from gongdan.core.staff.models import RoleGrant, Scope, Staff
from gongdan.kernel import clock, reference
from tests.client import Answer, Client
from tests.company import role
from tests.tickets.conftest import World, world

__all__ = ["World", "world"]

CAN = (
    "answer hold resume hang_up transfer complete_transfer cancel_transfer conference dtmf dial "
    "listen whisper barge take_over pause unpause"
).split()
NUMBER = "13800138000"
_count = itertools.count(1)


@dataclass
class Hotline:
    """`w` is the company. agent and agent_two take calls (their own scope), head supervises all, clerk has no telephone."""

    w: World
    system: TelephoneSystem
    seats: dict[int, Extension]
    at: datetime = field(default_factory=clock.now)

    def by(self, staff: Staff) -> Client:
        return self.w.by(staff)

    def seat(self, staff: Staff) -> Extension:
        return self.seats[staff.pk]

    def sign_in(self, staff: Staff, state: str = "ready") -> Answer:
        answer = self.by(staff).post("/phone/sign-in", {"extension_id": self.seat(staff).pk})
        assert answer.status == 200, answer.body
        return self.by(staff).post("/phone/presence", {"state": state})

    def me(self, staff: Staff) -> Answer:
        answer = self.by(staff).get("/phone/me")
        assert answer.status == 200, answer.body
        return answer

    # -- what the system says -----------------------------------------------------------------------------------

    def tell(self, call: str, kind: Kind, *, after: int = 1, **more: Any) -> None:
        """One signal, `after` seconds after the one before."""
        self.at += timedelta(seconds=after)
        signal = Signal(kind=kind, call=call, key=f"k{next(_count)}", at=self.at, **more)
        take_in(
            self.system.pk,
            [RawSignal(key=signal.key, raw="{}", received_at=self.at, call=call, signals=(signal,))],
        )

    def ring(self, *staff: Staff, number: str = NUMBER, queue: str = "care", digits: str = "") -> int:
        """A customer calls, waits ten seconds, and it rings at these people."""
        call = f"c{next(_count)}"
        self.tell(
            call, Kind.BEGAN, direction="inbound", caller=number, dialled="4008001234", line="4008001234"
        )
        if digits:
            self.tell(call, Kind.MENU, digits=digits)
        self.tell(call, Kind.QUEUED, queue=queue)
        for one in staff:
            self.tell(
                call,
                Kind.RINGING,
                after=10,
                party=self.seat(one).number,
                leg=f"SIP/{one.pk}-{call}",
                queue=queue,
            )
        return Call.objects.get(key=call).pk

    def answer(self, call_id: int, staff: Staff, *, after: int = 5) -> int:
        call = self.key(call_id)
        leg = f"SIP/{staff.pk}-{call}"
        self.tell(call, Kind.ANSWERED, after=after, party=self.seat(staff).number, leg=leg)
        return call_id

    def end(self, call_id: int, *, by: str = "customer", after: int = 60) -> int:
        self.tell(self.key(call_id), Kind.ENDED, after=after, by=by)
        return call_id

    def talk(self, staff: Staff, **more: Any) -> int:
        """A call from ringing to its end, answered by one person."""
        return self.end(self.answer(self.ring(staff, **more), staff))

    def key(self, call_id: int) -> str:
        return Call.objects.values_list("key", flat=True).get(pk=call_id)


def grant(staff: Staff, code: str, rights: list[str], scope: Scope) -> None:
    RoleGrant.objects.create(staff=staff, role=role(code, rights, scope))
    reference.forget()


@pytest.fixture
def hotline(world: World) -> Hotline:
    system = TelephoneSystem.objects.create(
        code="pbx", name="PBX", dialect="asterisk", health=Health.CONNECTED, capabilities=CAN
    )
    o = world.o
    agents = role("phone_agent", ["call.take", "call.listen"], Scope.OWN)
    for staff in (o.agent, o.agent_two):
        RoleGrant.objects.create(staff=staff, role=agents)
    grant(
        o.head,
        "phone_head",
        ["call.take", "call.view", "call.listen", "call.download", "call.supervise", "report.view"],
        Scope.ALL,
    )
    seats = {
        staff.pk: Extension.objects.create(system=system, number=str(801 + place), kind="desk_phone")
        for place, staff in enumerate((o.agent, o.agent_two, o.head))
    }
    Line.objects.create(
        number="4008001234",
        label="服务热线",
        category="consultation",
        choices={"2": {"label": "投诉", "category": "complaint"}},
    )
    reference.forget()
    return Hotline(world, system, seats)


@pytest.fixture
def known(hotline: Hotline) -> Customer:
    """The company's customer has the usual number."""
    add_number(hotline.w.customer, NUMBER)
    return hotline.w.customer


def add_number(customer: Customer, number: str, label: str = "") -> None:
    """A telephone number of a customer."""
    from gongdan.core.customers.contacts import contacts_of

    Contact.objects.bulk_create(contacts_of({"kind": "phone", "value": number, "label": label}, customer.pk))


Made = Callable[..., int]
