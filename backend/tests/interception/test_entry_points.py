"""Interceptors as installed Python packages: found by their entry point, called in a thread, limited like any other."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gongdan.core.tickets.models import Ticket
from gongdan.modules.interception import entry_points, threads
from tests.client import Client
from tests.interception.conftest import Register, intercepted, logged
from tests.tickets.conftest import World

SOURCE = """
import threading
from django.db import connection

ended = threading.Event()
questions = []

def check(question):
    questions.append(question)
    if "订单" not in question["args"]["body"]:
        return {"decision": "refuse", "sentence": "没有订单"}
    question["args"]["body"] = "改在它自己的那一份里"

def tag(question):
    return {"decision": "change", "changes": {"tags": [*question["args"].get("tags", []), "checked"]}}

def count(question):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {"decision": "allow"}

def fail(question):
    raise ValueError("secret of \\0 somebody")

def leave(question):
    raise SystemExit(3)

def odd(question):
    return {"decision": object(), "changes": question}

def circular(question):
    question["self"] = question
    return question

def hang(question):
    ended.wait(20)

number = 5
"""
POINTS = """[gongdan.interceptors]
check = acme_checks:check
tag = acme_checks:tag
count = acme_checks:count
fail = acme_checks:fail
leave = acme_checks:leave
odd = acme_checks:odd
circular = acme_checks:circular
hang = acme_checks:hang
number = acme_checks:number
gone = acme_checks:gone
elsewhere = acme_nowhere:check
"""


@pytest.fixture(autouse=True)
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A package with metadata on the path, as pip would have installed it."""
    (tmp_path / "acme_checks.py").write_text(SOURCE)
    metadata = tmp_path / "acme_checks-1.2.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-checks\nVersion: 1.2\n")
    (metadata / "entry_points.txt").write_text(POINTS)
    monkeypatch.syspath_prepend(tmp_path)
    yield
    module = sys.modules.pop("acme_checks", None)
    if module is not None:
        module.ended.set()
    entry_points._loaded.clear()


def test_the_installed_ones_are_offered(admin: Client) -> None:
    found = {one["name"]: one for one in admin.get("/interceptors/entry-points")["items"]}
    assert found["check"] == {
        "name": "check", "target": "acme_checks:check", "package": "acme-checks", "package_version": "1.2",
    }  # fmt: skip
    unknown = admin.post("/interceptors", {"name": "x", "kind": "python", "entry_point": "no-such"})
    assert (unknown.status, unknown.code) == (422, "unknown_entry_point")


def test_they_allow_refuse_and_change(world: World, register: Register) -> None:
    assert register(name="check", entry_point="check")["secret"] == ""
    register(name="tag", entry_point="tag", may_change=["tags"])
    refused = world.open()
    assert (refused.code, refused["detail"]) == ("intercepted", "没有订单")
    number = world.number(body="订单 A1 断网", tags=["a"])
    ticket = Ticket.objects.get(number=number)
    assert (ticket.body, ticket.tags) == ("订单 A1 断网", ["a", "checked"])
    assert [one["decision"] for one in intercepted(world, number)] == ["allow", "change"]
    (question, _) = sys.modules["acme_checks"].questions
    assert question["args"]["category"] == "complaint"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("fail", "it failed: ValueError"),
        ("leave", "it failed: RuntimeError"),
        ("odd", "the decision is"),
        ("circular", "the answer cannot be said in JSON"),
        ("number", "names nothing that can be called"),
        ("gone", "it failed: AttributeError"),
        ("elsewhere", "it failed: ModuleNotFoundError"),
    ],
)
def test_what_they_do_wrong_is_a_failure(
    world: World, register: Register, admin: Client, name: str, why: str
) -> None:
    register(entry_point=name, on_failure="closed")
    assert world.open().code == "interceptor_unavailable"
    (line,) = logged(admin)
    assert why in line["sentence"]
    if name == "fail":
        assert line["excerpt"] == "secret of � somebody"
        assert "secret" not in line["sentence"]


def test_what_hangs_is_left_behind_and_costs_a_few_threads(
    world: World, register: Register, admin: Client
) -> None:
    register(entry_point="hang", timeout_ms=50)
    before = threading.active_count()
    for _ in range(threads.MOST_LATE):
        world.number("consultation")
    assert threading.active_count() <= before + threads.MOST_LATE
    world.number("consultation")
    reasons = [line["sentence"] for line in logged(admin)]
    assert reasons[0] == "no answer within 50 ms"
    assert reasons[-1] == f"{threads.MOST_LATE} earlier calls have not ended yet"


@pytest.mark.django_db(transaction=True)
def test_it_may_use_the_database_in_its_own_thread(world: World, register: Register) -> None:
    register(entry_point="count")
    assert [one["decision"] for one in intercepted(world, world.number())] == ["allow"]


def test_one_that_was_taken_away_is_missing(
    world: World, register: Register, admin: Client, tmp_path: Path
) -> None:
    identity = register(entry_point="check")["id"]
    (tmp_path / "acme_checks-1.2.dist-info" / "entry_points.txt").write_text("")
    assert admin.get(f"/interceptors/{identity}")["health"]["state"] == "missing"
    assert admin.patch(f"/interceptors/{identity}", {"timeout_ms": 2_000}).status == 200
    world.number()
    assert "is not installed" in logged(admin)[0]["sentence"]
    rotated: Any = admin.post(f"/interceptors/{identity}/rotate", {})
    assert (rotated.status, rotated.code) == (409, "no_key")
