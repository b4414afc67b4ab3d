"""A request sent twice with one Idempotency-Key is done once and answered twice alike."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, connections
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from gongdan.core.staff.grants import grants_of
from gongdan.core.staff.models import Department
from gongdan.web import idempotency
from gongdan.web.models import IdempotencyKey
from tests.client import Answer, Client
from tests.company import Organisation, found

NORTH = {"code": "north", "name": "North"}


def test_a_repeated_request_is_replayed(organisation: Organisation) -> None:
    admin = Client.of(organisation.admin)
    first = admin.post("/departments", NORTH, key="k1")
    again = admin.post("/departments", NORTH, key="k1")
    assert first.status == again.status == 201
    assert first.body == again.body
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert Department.objects.filter(code="north").count() == 1


def test_the_same_key_with_another_body_is_refused(organisation: Organisation) -> None:
    admin = Client.of(organisation.admin)
    admin.post("/departments", NORTH, key="k1")
    answer = admin.post("/departments", {"code": "south", "name": "South"}, key="k1")
    assert (answer.status, answer.code) == (422, "idempotency_key_reused")
    assert not Department.objects.filter(code="south").exists()


def test_the_same_key_at_another_address_is_refused(organisation: Organisation) -> None:
    admin = Client.of(organisation.admin)
    admin.post("/departments", NORTH, key="k1")
    assert admin.post("/teams", NORTH | {"department_id": 1}, key="k1").code == "idempotency_key_reused"


def test_keys_belong_to_a_person(organisation: Organisation) -> None:
    organisation.head.role_grants.create(role=organisation.roles["administrator"])
    assert Client.of(organisation.admin).post("/departments", NORTH, key="k1").status == 201
    south = {"code": "south", "name": "South"}
    assert Client.of(organisation.head).post("/departments", south, key="k1").status == 201


def test_a_refusal_leaves_no_key_behind(organisation: Organisation) -> None:
    admin = Client.of(organisation.admin)
    assert admin.post("/departments", {"code": "field", "name": "Again"}, key="k1").code == "code_taken"
    assert IdempotencyKey.objects.count() == 0
    assert admin.post("/departments", NORTH, key="k1").status == 201


def test_it_costs_one_statement(organisation: Organisation) -> None:
    admin = Client.of(organisation.admin)
    admin.get("/departments")
    with CaptureQueriesContext(connection) as caught:
        admin.post("/departments", NORTH, key="k1")
    assert sum("web_idempotencykey" in query["sql"] for query in caught) == 1


@pytest.mark.parametrize("key", ["", " ", "a b", "é", "x" * 201])
def test_an_unusable_key_is_refused(organisation: Organisation, key: str) -> None:
    admin = Client.of(organisation.admin)
    answer = admin.send("POST", "/departments", NORTH, headers={"Idempotency-Key": key})
    assert (answer.status, answer.code) == (422, "invalid_idempotency_key")


def test_keys_are_forgotten_after_two_days(organisation: Organisation) -> None:
    with time_machine.travel(datetime(2026, 11, 22, 9, tzinfo=UTC), tick=False) as time:
        Client.of(organisation.admin).post("/departments", NORTH, key="k1")
        time.shift(timedelta(hours=48))
        assert idempotency.forget_old_keys() == 0
        time.shift(timedelta(seconds=1))
        assert idempotency.forget_old_keys() == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_done_once_and_answered_alike() -> None:
    admin = found().admin
    client = Client.of(admin)
    start = threading.Barrier(4)
    answers: list[Answer] = []

    def ask() -> None:
        mine = Client(dict(client.headers))
        start.wait()
        answers.append(mine.post("/departments", NORTH, key="k1"))
        connections.close_all()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status for answer in answers} == {201}, [answer.body for answer in answers]
    assert len({answer["id"] for answer in answers}) == 1
    assert sum("Idempotency-Replayed" in answer.headers for answer in answers) == 3


def test_what_only_the_database_refuses_is_replayed_too(organisation: Organisation) -> None:
    """Two at once: a unique index refuses the second before its key is looked at."""

    def request() -> Any:
        asked: Any = RequestFactory().post("/x", b"{}", "application/json", headers={"Idempotency-Key": "k1"})
        asked.grants = grants_of(organisation.admin.pk)
        return asked

    def again() -> Any:
        return Department.objects.create(code=organisation.network.code, name="North")

    first = idempotency.idempotent(request(), lambda: {"id": 7})
    second = idempotency.idempotent(request(), again)
    assert (second.status_code, second.content) == (201, first.content)
    assert second["Idempotency-Replayed"] == "true"
