"""Tickets' world, with receivers on real sockets and interception as the web process has it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from gongdan.core.ports import NobodyAsks, ports
from gongdan.modules.interception import asking, client
from tests.client import Answer, Client
from tests.interception.receiver import Handler, Receiver
from tests.tickets.conftest import World, world

__all__ = ["world"]
LOCAL = ["127.0.0.0/8"]


@pytest.fixture(autouse=True)
def installed() -> Iterator[asking.Asking]:
    """What wsgi.py installs."""
    asking.install()
    made = ports.interception
    assert isinstance(made, asking.Asking)
    yield made
    ports.interception = NobodyAsks()
    client.close()


@pytest.fixture
def receivers() -> Iterator[Callable[[], Receiver]]:
    """Makes receivers that allow, until told otherwise; stops them at the end."""
    made: list[Receiver] = []

    def make() -> Receiver:
        receiver = Receiver(allow)
        receiver.start()
        made.append(receiver)
        return receiver

    yield make
    client.close()
    for one in made:
        one.stop()


def allow(handler: Handler, _question: dict[str, Any]) -> None:
    handler.answer({"decision": "allow"})


@pytest.fixture
def receiver(receivers: Callable[[], Receiver]) -> Receiver:
    return receivers()


@pytest.fixture
def admin(world: World) -> Client:
    return world.by(world.o.admin)


Register = Callable[..., Answer]


@pytest.fixture
def register(admin: Client) -> Register:
    """Register a receiver, or with `entry_point=` a function; what is not said is as simple as can be."""

    def do(receiver: Receiver | None = None, name: str = "订单检查", **more: Any) -> Answer:
        body: dict[str, Any] = {"name": name, "kind": "python" if receiver is None else "http", **more}
        if receiver is not None:
            body = {"address": receiver.address, "allowed_networks": LOCAL, **body}
        made = admin.post("/interceptors", body)
        assert made.status == 201, made.body
        return made

    return do


def logged(admin: Client, **query: Any) -> list[dict[str, Any]]:
    """The log, oldest first."""
    found = admin.get("/interceptors/log", **query)
    assert found.status == 200, found.body
    return list(reversed(found["items"]))


def intercepted(world: World, number: str) -> list[dict[str, Any]]:
    """The decisions in a ticket's track, oldest first."""
    entries = world.track(number)["entries"]
    found = [entry for entry in entries if entry["type"] == "TicketIntercepted"]
    return [one for entry in found for one in entry["data"]["decisions"]]
