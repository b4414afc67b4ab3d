"""The demo company: whole, plainly made up, made through the verbs, and only in an empty database."""

from __future__ import annotations

from collections import Counter

import pytest
from django.contrib.auth.hashers import check_password

from gongdan.config.demo import ensure_demo
from gongdan.core.catalogue import resolve
from gongdan.core.catalogue.field_definition import FIELD_TYPES
from gongdan.core.catalogue.forms import form_of
from gongdan.core.catalogue.models import CallbackMode, Kind
from gongdan.core.customers.models import (
    Account,
    Contact,
    ContactKind,
    Customer,
    CustomerClass,
    CustomerKind,
    Subscriber,
)
from gongdan.core.events import EVENTS
from gongdan.core.flow.models import FlowVersion
from gongdan.core.interactions import recounting
from gongdan.core.interactions.models import Call, CallbackTask, Recording, TelephoneSystem
from gongdan.core.staff.models import Staff
from gongdan.core.staff.rights import CODES
from gongdan.core.tickets.models import OPEN_ITEM, Duty, State, Ticket, WorkItem
from gongdan.kernel import clock, reference
from gongdan.outbox.models import EventRecord
from gongdan.outbox.verify import verify
from tests.client import Client
from tests.demo.conftest import Logins

pytestmark = pytest.mark.usefixtures("demo")
RARE = {
    "TicketLinked",
    "AttachmentsAdded",
    "TicketEdited",
    "TicketIntercepted",
    "PolicyApplied",
    "ClocksCorrected",
}


def test_there_is_a_ticket_in_every_state() -> None:
    assert set(Ticket.objects.values_list("state", flat=True)) == set(State)


def test_every_verb_of_the_daily_work_was_done() -> None:
    happened = set(EventRecord.objects.filter(subject="ticket").values_list("type", flat=True))
    assert {name for name, kind in EVENTS.items() if kind.subject == "ticket"} - happened <= RARE


def test_work_waits_at_every_node_where_people_work() -> None:
    open_nodes = set(
        WorkItem.objects.filter(OPEN_ITEM).values_list("ticket__flow_version__flow__code", "node")
    )
    nodes = {
        (version.flow.code, node["code"])
        for version in FlowVersion.objects.select_related("flow")
        for node in version.definition["nodes"]
        if node["kind"] in {"task", "approval", "countersign", "callback"}
    }
    missing = nodes - open_nodes
    assert len(missing) <= len(nodes) / 3, missing
    assert set(WorkItem.objects.values_list("duty", flat=True)) == set(Duty)


def test_nothing_happened_in_the_future_or_before_its_ticket() -> None:
    now = clock.now()
    assert not EventRecord.objects.filter(at__gt=now).exists()
    opened = dict(Ticket.objects.values_list("id", "opened_at"))
    told = EventRecord.objects.filter(subject="ticket").values_list("subject_id", "at")
    assert all(opened[ticket] <= at for ticket, at in told)


def test_most_of_the_open_work_is_in_time() -> None:
    items = list(WorkItem.objects.filter(OPEN_ITEM, due_at__isnull=False).values_list("due_at", flat=True))
    late = sum(due is not None and due < clock.now() for due in items)
    assert 0 < late < len(items) / 2


def test_the_hotline_has_a_past_and_rests() -> None:
    outcomes = Counter(Call.objects.values_list("outcome", flat=True))
    assert set(outcomes) == {"answered", "abandoned"}
    assert 0.01 < outcomes["abandoned"] / outcomes.total() < 0.2
    assert not Call.objects.filter(closed_by_us=True).exists()
    assert CallbackTask.objects.filter(state="open").exists()
    assert Recording.objects.filter(state="stored").exists()
    assert not Recording.objects.exclude(state="stored").exists()
    assert Call.objects.filter(outcome="answered", disposition="").count() == 3
    assert not TelephoneSystem.objects.filter(active=True).exists()
    assert all(
        recounting.recount(pk) for pk in Call.objects.order_by("-id").values_list("pk", flat=True)[:30]
    )


def test_the_trail_of_the_demo_company_verifies() -> None:
    assert list(verify()) == []


def test_the_catalogue_has_every_kind_of_everything() -> None:
    categories = list(resolve.tree().by_id.values())
    assert len(categories) >= 40
    assert {one.kind for one in categories} == set(Kind.values)
    assert {one.callback_mode for one in categories} == set(CallbackMode.values)
    assert all(one.flow_code and one.entry_department_id for one in categories)
    versions = {one.form_version_id for one in categories if one.form_version_id}
    assert {field.type for version in versions for field in form_of(version).fields} == set(FIELD_TYPES)


def test_customers_are_of_all_kinds_and_plainly_made_up() -> None:
    assert Customer.objects.count() == 60
    assert set(Customer.objects.values_list("kind", flat=True)) == set(CustomerKind)
    assert set(Customer.objects.values_list("customer_class", flat=True)) == set(CustomerClass)
    assert set(Contact.objects.values_list("kind", flat=True)) == set(ContactKind)
    numbers = Contact.objects.filter(kind="phone").values_list("e164", flat=True)
    assert all(number.startswith(("+861990000", "+86105550")) for number in numbers if number)
    assert None not in numbers
    assert Account.objects.count() >= 60
    assert Subscriber.objects.count() >= 60


def test_every_login_shown_signs_in_and_has_something_to_do(demo: Logins) -> None:
    assert [login for login, _, _ in demo] == [
        "admin",
        "agent",
        "clerk",
        "supervisor",
        "head",
        "callback",
        "billing",
    ]
    for login, password, _ in demo:
        answer = Client().post("/session", {"username": login, "password": password})
        assert answer.status == 200, (login, answer.body)
    assert Client.of(Staff.objects.get(username="clerk")).get("/todo/mine")["items"]
    assert Client.of(Staff.objects.get(username="clerk")).get("/todo/department")["items"]
    assert Client.of(Staff.objects.get(username="callback")).get("/todo/callbacks")["items"]
    assert Client.of(Staff.objects.get(username="agent")).get("/tickets")["items"]


def test_the_administrator_may_everything() -> None:
    me = Client.of(Staff.objects.get(username="admin")).get("/session")
    assert set(me["rights"]) == CODES


def test_making_it_again_makes_nothing(demo: Logins) -> None:
    before = (Ticket.objects.count(), EventRecord.objects.count(), Staff.objects.count())
    assert ensure_demo() == demo
    assert before == (Ticket.objects.count(), EventRecord.objects.count(), Staff.objects.count())


def test_a_login_whose_password_was_changed_is_not_shown(demo: Logins) -> None:
    clerk = Staff.objects.get(username="clerk")
    old = clerk.password
    assert check_password(demo[0][1], old)
    Staff.objects.filter(pk=clerk.pk).update(password="!")
    shown = [login for login, _, _ in ensure_demo()]
    Staff.objects.filter(pk=clerk.pk).update(password=old)
    assert shown == [login for login, _, _ in demo if login != "clerk"]


def test_every_category_can_be_opened_by_an_agent() -> None:
    reference.forget()
    agent = Client.of(Staff.objects.get(username="agent"))
    address = {"province": "演示省", "city": "示例市", "district": "东区", "detail": "莲花路1号"}
    for one in resolve.tree().by_id.values():
        needed = {field.code for field in form_of(one.form_version_id or 0).fields if field.required}
        values = {"address": address, "account_number": "D9000001"}
        fields = {code: value for code, value in values.items() if code in needed}
        answer = agent.post("/tickets", {"category": one.code, "body": "试开", "fields": fields})
        assert answer.status == 201, (one.code, answer.body)
