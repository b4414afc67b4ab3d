"""Bad input made from the schema: no operation fails, and each answers only what the schema says it may.

Made-up input alone gets no further than the first check, so every other value is one that exists.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import APIOperation, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance

from gongdan.config.api import api
from gongdan.config.wsgi import application
from gongdan.kernel import reference
from tests.client import Client
from tests.tickets.conftest import World, world

__all__ = ["world"]
CHECKS = [not_a_server_error, content_type_conformance, status_code_conformance]
EXAMPLES = int(os.environ.get("GONGDAN_EXAMPLES") or 5)  # of each operation
Known = dict[str, list[Any]]
Operation = APIOperation[Any, Any, Any, Any]


def operations() -> dict[str, list[Operation]]:
    """All of them, by tag."""
    document = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    schema = schemathesis.openapi.from_dict(document)
    schema.app = application
    found: dict[str, list[Operation]] = {}
    for one in schema.get_all_operations():
        assert isinstance(one, Ok)
        found.setdefault((one.ok().tags or ["?"])[0], []).append(one.ok())
    return found


OPERATIONS = operations()


@pytest.fixture
def known(world: World) -> Known:
    """What exists, by the names that operations call it by: tickets at every stage, people, categories."""
    o = world.o
    tickets = [world.number(), world.verified(world.number()), world.approved(world.number())]
    tickets += [world.number("consultation", draft=True), world.number("compensation", fields={"amount": 50})]
    world.done(o.clerk, tickets[0], "accept")
    items = [item["item_id"] for number in tickets for item in world.page(o.admin, number)["present"]]
    people = [o.agent.pk, o.clerk.pk, o.reviewer.pk, o.technician.pk]
    departments = [o.service.pk, o.network.pk, o.field.pk]
    codes = ["complaint", "consultation", "clerk", "vip", "order", "valid", "approved", "handle"]
    return {
        "number": tickets, "other": tickets, "ticket": tickets, "item": items, "of": items, "version": [1, 2, 3],
        "people": [people[:2], people[2:]], "handler": people, "staff_id": people, "staff": people,
        "departments": [departments], "department": departments, "department_id": departments, "parent_id": departments,
        "team": [o.crew.pk], "team_id": [o.crew.pk], "target": [1, 2], "category": codes[:2], "code": codes,
        "outcome": codes, "node": codes, "name": ["mine", "callbacks"], "customer_id": [world.customer.pk],
        "fields": [{"facts": "属实"}, {"amount": "1e400"}, {"order": None}, {}], "state": ["living", "ended"],
        "until": ["2199-01-01T00:00:00Z"], "flow": codes, "flow_code": codes, "level": ["vip"],
    }  # fmt: skip


@pytest.fixture
def known_and_kept(known: Known) -> Iterator[Known]:
    """And a transaction that outlives a request, as with Django's own test client (which undoes this each time)."""
    signals = (request_started, request_finished)
    for one in signals:
        one.disconnect(close_old_connections)
    yield known
    for one in signals:
        one.connect(close_old_connections)


def mixed(case: Any, known: Known, choose: Any) -> Any:
    """The case with some of its values replaced by known ones."""
    parts = [case.path_parameters, case.query, case.body]
    for part in parts:
        for name in part if isinstance(part, dict) else ():
            if name in known and choose(st.booleans()):
                part[name] = choose(st.sampled_from(known[name]))
    return case


@pytest.mark.parametrize("tag", OPERATIONS)
def test_whatever_is_sent_is_answered_as_documented(tag: str, world: World, known_and_kept: Known) -> None:
    people = [Client.of(world.o.admin).headers] * 2 + [Client.of(world.o.agent).headers]
    statuses: Counter[int] = Counter()
    for operation in OPERATIONS[tag]:
        ask_often(operation, people, known_and_kept, statuses)
    assert any(status < 300 for status in statuses), statuses
    if os.environ.get("GONGDAN_EXAMPLES"):
        sys.stderr.write(f"{tag} {sorted(statuses.items())}\n")


def ask_often(
    operation: Operation, people: list[dict[str, str]], known: Known, statuses: Counter[int]
) -> None:
    made = [operation.as_strategy(generation_mode=mode) for mode in GenerationMode]

    @given(data=st.data())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(data: st.DataObject) -> None:
        case = mixed(data.draw(st.one_of(made)), known, data.draw)
        reference.forget()
        with transaction.atomic():
            response = case.call(headers=data.draw(st.sampled_from(people)))
            transaction.set_rollback(True)
        statuses[response.status_code] += 1
        case.validate_response(response, checks=CHECKS)

    ask()
