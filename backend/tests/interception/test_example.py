"""examples/integration as its reader runs it: a process of its own that intercepts and listens."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from django.db import connections

from gongdan.core.tickets.models import Ticket
from gongdan.kernel import clock, signing
from tests.client import Client
from tests.house.sources import PROJECT
from tests.interception.conftest import LOCAL
from tests.tickets.conftest import World
from tests.webhooks.conftest import Engine, engine, fan_out

__all__ = ["engine", "fan_out"]
pytestmark = pytest.mark.django_db(transaction=True)
SERVER = PROJECT / "examples" / "integration" / "server.py"
PATIENCE = 60  # seconds


class Example:
    """The sample; it takes any free port, and keys of rings made here."""

    def __init__(self, **keys: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(SERVER), "0"],
            env={**os.environ, **keys},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stderr is not None
        self.port = int(self.process.stderr.readline().rsplit(" ", 1)[1])

    def address(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}/{path}"

    def printed(self, count: int) -> list[dict[str, Any]]:
        """The next lines of JSON."""
        out = self.process.stdout
        assert out is not None
        ends = threading.Timer(PATIENCE, self.process.kill)
        ends.start()
        lines = [out.readline() for _ in range(count)]
        ends.cancel()
        return [json.loads(line) for line in lines]

    def stop(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def started() -> Iterator[Callable[..., Example]]:
    made: list[Example] = []

    def start(**keys: str) -> Example:
        made.append(Example(**keys))
        return made[-1]

    yield start
    for one in made:
        one.stop()
    connections.close_all()


def registered(admin: Client, path: str, **body: Any) -> tuple[str, int]:
    """(key, id)"""
    made = admin.post(path, {"allowed_networks": LOCAL, "address": "http://127.0.0.1:9000/", **body})
    assert made.status == 201, made.body
    return made["secret"], made["id"]


def test_the_sample_refuses_tags_and_is_told(
    world: World,
    admin: Client,
    started: Callable[..., Example],
    engine: Callable[..., Engine],
    fan_out: Callable[[], None],
) -> None:
    asked, interceptor = registered(
        admin,
        "/interceptors",
        name="订单检查",
        kind="http",
        verbs=["open"],
        condition="kind is complaint",
        may_change=["tags"],
        on_failure="closed",
        timeout_ms=5_000,
    )
    told, webhook = registered(admin, "/webhooks", name="打印", types=["TicketOpened", "TicketClosed"])
    sample = started(INTERCEPTOR_KEY=asked, WEBHOOK_KEY=told)
    for path in (f"/interceptors/{interceptor}", f"/webhooks/{webhook}"):
        address = sample.address("intercept" if "interceptors" in path else "webhook")
        changed = admin.patch(path, {"address": address})
        assert changed.status == 200, changed.body
    refused = world.open(body="宽带断了三天")
    assert (refused.status, refused.code) == (409, "intercepted")
    assert "订单号" in refused["detail"]
    assert world.open("consultation", body="几点开门").status == 201
    number = world.number(body="订单AB12345678，宽带断了三天", tags=["vip"])
    assert Ticket.objects.get(number=number).tags == ["vip", "有订单"]
    engine()
    fan_out()
    first, second = sample.printed(2)
    assert {first["type"], second["type"]} == {"TicketOpened"}
    assert {first["ticket"]["number"], second["ticket"]["number"]} == set(
        Ticket.objects.values_list("number", flat=True)
    )


@pytest.fixture
def listening(started: Callable[..., Example]) -> tuple[Example, signing.KeyRing]:
    """The sample with two keys, as while one is being rotated."""
    ring, other = signing.new_ring(), signing.new_ring()
    return started(WEBHOOK_KEY=f"{signing.newest(other)} {signing.newest(ring)}"), ring


def post(sample: Example, ring: signing.KeyRing, message: str, body: bytes, **wrong: Any) -> int:
    """The status of a signed message."""
    at = wrong.get("at", clock.now())
    headers = signing.headers(signing.valid(ring, clock.now()), message, at, wrong.get("signed", body))
    answer = httpx.post(sample.address("webhook"), content=body, headers=dict(headers), trust_env=False)
    return answer.status_code


def test_the_sample_prints_what_is_signed_once(listening: tuple[Example, signing.KeyRing]) -> None:
    sample, ring = listening
    for message, body in (("msg_1", b'{"n": 1}'), ("msg_1", b'{"n": 1}'), ("msg_2", b'{"n": 2}')):
        assert post(sample, ring, message, body) == 200
    assert sample.printed(2) == [{"n": 1}, {"n": 2}]


def test_the_sample_believes_nothing_else(listening: tuple[Example, signing.KeyRing]) -> None:
    sample, ring = listening
    assert post(sample, signing.new_ring(), "msg_1", b"{}") == 401
    assert post(sample, ring, "msg_1", b"{}", signed=b"[]") == 401
    assert post(sample, ring, "msg_1", b"{}", at=clock.now() - timedelta(minutes=6)) == 401
    bare = httpx.post(sample.address("webhook"), content=b"{}", trust_env=False)
    assert bare.status_code == 401
    assert httpx.post(sample.address("elsewhere"), trust_env=False).status_code == 404
