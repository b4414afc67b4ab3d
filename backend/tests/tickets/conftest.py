"""A company with categories and flows, and short words for what people do to tickets over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from gongdan.core.catalogue.models import Category, FormVersion
from gongdan.core.customers.models import Customer, CustomerLevel
from gongdan.core.flow import document, stored
from gongdan.core.flow.models import Flow, FlowVersion
from gongdan.core.staff.models import Staff
from tests.client import Answer, Client
from tests.company import Organisation
from tests.tickets import flows


@dataclass
class World:
    """`o` is the organisation. Categories: complaint (with own fields), consultation (never called back),
    sampled, compensation."""

    o: Organisation
    customer: Customer
    clients: Callable[..., Client]
    known: dict[int, Client]

    def by(self, staff: Staff) -> Client:
        if staff.pk not in self.known:
            self.known[staff.pk] = self.clients(staff)
        return self.known[staff.pk]

    def open(self, category: str = "complaint", *, by: Staff | None = None, **more: Any) -> Answer:
        body = {"category": category, "body": "宽带断了三天。没有人上门。", **more}
        return self.by(by or self.o.agent).post("/tickets", body)

    def number(self, category: str = "complaint", **more: Any) -> str:
        answer = self.open(category, **more)
        assert answer.status == 201, answer.body
        return str(answer["number"])

    def do(self, who: Staff, number: str, verb: str, **args: Any) -> Answer:
        return self.by(who).post(f"/tickets/{number}/actions/{verb}", args)

    def done(self, who: Staff, number: str, verb: str, **args: Any) -> Answer:
        answer = self.do(who, number, verb, **args)
        assert answer.status == 200, answer.body
        return answer

    def page(self, who: Staff, number: str) -> Answer:
        return self.by(who).get(f"/tickets/{number}")

    def track(self, number: str, who: Staff | None = None) -> Answer:
        return self.by(who or self.o.admin).get(f"/tickets/{number}/track")

    def events(self, number: str) -> list[str]:
        return [entry["type"] for entry in self.track(number)["entries"]]

    def verbs(self, who: Staff, number: str) -> list[str]:
        return [action["verb"] for action in self.page(who, number)["actions"]]

    def verified(self, number: str) -> str:
        """Through verification: it now rests at handle."""
        self.done(self.o.clerk, number, "accept")
        self.done(self.o.clerk, number, "process", outcome="valid", result="属实", fields={"facts": "光缆断"})
        return number

    def approved(self, number: str) -> str:
        """Handled and approved: it now waits for the callback."""
        self.verified(number)
        self.done(self.o.clerk, number, "accept")
        self.done(self.o.clerk, number, "process", result="已修复")
        self.done(self.o.head, number, "accept")
        self.done(self.o.head, number, "process", outcome="approved")
        return number


def publish(text: str) -> Flow:
    """A flow with one version."""
    definition = document.parse(text)
    flow = Flow.objects.create(code=definition.code, title=dict(definition.title))
    flow.current = FlowVersion.objects.create(
        flow=flow, number=1, document=text, definition=stored.to_json(definition)
    )
    flow.save()
    return flow


@pytest.fixture
def world(organisation: Organisation, client_of: Callable[..., Client]) -> World:
    for text in (flows.COMPLAINT, flows.CONSULTATION, flows.COMPENSATION):
        publish(text)
    categories = {
        "complaint": {"kind": "complaint", "flow_id": "complaint", "callback_mode": "always"},
        "consultation": {"kind": "consultation", "flow_id": "consultation", "callback_mode": "never"},
        "sampled": {"flow_id": "consultation", "callback_mode": "sample", "callback_rate": "1.000"},
        "compensation": {"kind": "repair", "flow_id": "compensation"},
    }
    for code, settings in categories.items():
        made = Category.objects.create(
            code=code, name=code, entry_department=organisation.network, **settings
        )
        made.path = f"{made.pk}."
        made.save()
    fields: dict[str, list[dict[str, Any]]] = {
        "complaint": [
            {"code": "order", "type": "text", "label": {"zh-Hans": "订单号"}, "max_length": 20},
            {"code": "facts", "type": "long_text", "label": {"zh-Hans": "事实"}},
        ],
        "compensation": [{"code": "amount", "type": "number", "label": {"zh-Hans": "金额"}}],
    }
    for code, definitions in fields.items():
        category = Category.objects.get(code=code)
        category.form_version = FormVersion.objects.create(category=category, number=1, fields=definitions)
        category.save()
    CustomerLevel.objects.get_or_create(code="ordinary", defaults={"name": "普通", "rank": 0})
    CustomerLevel.objects.get_or_create(code="vip", defaults={"name": "VIP", "rank": 9})
    customer = Customer.objects.create(name="李建国", level_id="vip")
    return World(organisation, customer, client_of, {})
