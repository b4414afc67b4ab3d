"""Interceptors that fail in every way a program can: always within the limit, always with a reason, open or closed."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from gongdan.core.tickets.models import Ticket
from gongdan.kernel.addresses import AddressRefused
from gongdan.modules.interception import network
from tests.client import Client
from tests.interception.conftest import LOCAL, Register, intercepted, logged
from tests.interception.receiver import Handler, Receiver
from tests.tickets import scenes
from tests.tickets.conftest import World

LIMIT = 1_000  # ms
Misbehaviour = Callable[[Receiver], None]
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def raw(*pieces: bytes) -> Misbehaviour:
    """Bytes as they are, then closes."""

    def set_up(receiver: Receiver) -> None:
        def behave(handler: Handler, _question: dict[str, Any]) -> None:
            for piece in pieces:
                handler.wfile.write(piece)
            handler.hang_up()

        receiver.behaviour = behave

    return set_up


def says(body: Any, status: int = 200) -> Misbehaviour:
    return lambda receiver: receiver.says(body, status)


def gigabyte(receiver: Receiver) -> None:
    """As much as the other side takes."""

    def behave(handler: Handler, _question: dict[str, Any]) -> None:
        handler.wfile.write(HEAD + b"Content-Length: 1073741824\r\n\r\n")
        block = b" " * 1_000_000
        for _ in range(1074):
            if receiver.released.is_set():
                return
            handler.wfile.write(block)

    receiver.behaviour = behave


def dripping(receiver: Receiver) -> None:
    """A right answer, one byte at a time: no single step is ever late."""
    answer = b'{"decision": "allow"}'

    def behave(handler: Handler, _question: dict[str, Any]) -> None:
        handler.wfile.write(HEAD + b"Content-Length: %d\r\n\r\n" % len(answer))
        for place in range(len(answer)):
            handler.wfile.write(answer[place : place + 1])
            if receiver.released.wait(0.1):
                return

    receiver.behaviour = behave


def late(receiver: Receiver) -> None:
    """A right answer, after the limit."""

    def behave(handler: Handler, _question: dict[str, Any]) -> None:
        receiver.released.wait(LIMIT / 1000 + 0.1)
        handler.answer({"decision": "refuse", "sentence": "太晚"})

    receiver.behaviour = behave


def redirecting(receiver: Receiver) -> None:
    receiver.behaviour = lambda handler, _question: handler.answer(
        b"", 302, {"Location": receiver.address.replace("/ask", "/inside")}
    )


NONSENSE: dict[str, tuple[Misbehaviour, str]] = {
    "500": (says({"decision": "allow"}, 500), "it answered 500"),
    "204": (lambda r: setattr(r, "behaviour", lambda h, q: h.answer(b"", 204)), "it answered 204"),
    "hangs": (Receiver.hangs, f"no answer within {LIMIT} ms"),
    "drips": (dripping, f"no answer within {LIMIT} ms"),
    "late": (late, f"no answer within {LIMIT} ms"),
    "closes": (raw(), "no HTTP answer"),
    "closes in the middle": (raw(HEAD + b"Content-Length: 50\r\n\r\n{"), "no HTTP answer"),
    "no HTTP": (raw(b"220 mail.example.com ESMTP\r\n"), "no HTTP answer"),
    "endless headers": (raw(HEAD, *[b"X-A: " + b"a" * 4000 + b"\r\n"] * 60), "no HTTP answer"),
    "a gigabyte": (gigabyte, "the answer is larger than 64 KiB"),
    "redirects": (redirecting, "it answered 302; redirects are not followed"),
    "no JSON": (says(b"<html>allow</html>"), "the answer is not JSON"),
    "no UTF-8": (says(b'{"decision": "\xff"}'), "the answer is not JSON"),
    "deep": (says(b"[" * 60_000), "the answer is not JSON"),
    "null": (says(b"null"), "the answer is no object"),
    "empty": (says(b""), "the answer is not JSON"),
    "a list": (says(["allow"]), "the answer is no object"),
    "a word": (says("allow"), "the answer is no object"),
    "no decision": (says({}), "the decision is not given as text"),
    "unknown decision": (says({"decision": "perhaps"}), "the decision is 'perhaps'"),
    "a decision of another type": (says({"decision": True}), "the decision is not given as text"),
    "no text as sentence": (says({"decision": "refuse", "sentence": 5}), "the sentence is no text"),
    "changes nothing": (says({"decision": "change"}), "the changes are no object"),
    "changes a list": (says({"decision": "change", "changes": [1]}), "the changes are no object"),
    "fields a list": (
        says({"decision": "change", "changes": {"fields": [1]}}),
        "the changed fields are no object",
    ),
}


@pytest.mark.parametrize("name", NONSENSE)
def test_what_cannot_be_used_is_a_failure_with_its_reason(
    world: World, receiver: Receiver, register: Register, admin: Client, name: str
) -> None:
    misbehave, why = NONSENSE[name]
    misbehave(receiver)
    identity = register(receiver, timeout_ms=LIMIT, on_failure="closed", may_change=["priority"])["id"]
    world.by(world.o.agent)
    begin = time.monotonic()
    refused = world.open()
    assert time.monotonic() - begin < LIMIT / 1000 + 5
    assert (refused.status, refused.code) == (409, "interceptor_unavailable")
    assert refused["params"] == {"interceptor": "订单检查"}
    assert not Ticket.objects.exists()
    (line,) = logged(admin)
    assert (line["decision"], line["passed"]) == ("failed", False)
    assert why in line["sentence"]
    assert len(receiver.questions) == 1
    health = admin.get(f"/interceptors/{identity}")["health"]
    assert (health["state"], why in health["last_failure"]["reason"]) == ("active", True)
    assert admin.patch(f"/interceptors/{identity}", {"on_failure": "open"}).status == 200
    number = world.number()
    (decision,) = intercepted(world, number)
    assert decision["decision"] == "failed"
    assert why in decision["sentence"]
    assert [one["passed"] for one in logged(admin)] == [False, True]


def test_closed_on_failure_says_so_in_the_track(world: World, receiver: Receiver, register: Register) -> None:
    number = scenes.accepted(world)
    register(receiver, verbs=["append"], on_failure="closed")
    receiver.says({}, 503)
    assert world.do(world.o.clerk, number, "append", body="x").code == "interceptor_unavailable"
    assert [one["decision"] for one in intercepted(world, number)] == ["failed"]
    assert "TicketAppended" not in world.events(number)


def test_nobody_listens_there(world: World, receiver: Receiver, register: Register, admin: Client) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    register(receiver, address=f"http://127.0.0.1:{port}/")
    world.number()
    assert "the connection failed" in logged(admin)[0]["sentence"]


def test_what_came_is_kept_for_whoever_mends_it(
    world: World, receiver: Receiver, register: Register, admin: Client
) -> None:
    register(receiver)
    receiver.says(b"<h1>Bad\0 gateway</h1>", 502)
    world.number()
    (line,) = logged(admin, decision="failed")
    assert line["excerpt"] == "<h1>Bad� gateway</h1>"


def named(receiver: Receiver) -> str:
    """Its address by name: what is written as an inner address is refused when it is saved."""
    return receiver.address.replace("127.0.0.1", "localhost")


@pytest.mark.parametrize("networks", [[], ["10.0.0.0/8"]])
def test_it_is_not_asked_inside_a_network_that_is_not_allowed(
    world: World, receiver: Receiver, register: Register, admin: Client, networks: list[str]
) -> None:
    register(receiver, address=named(receiver), allowed_networks=networks)
    world.number()
    for line in logged(admin):
        assert line["decision"] == "failed"
        assert "inside a network that is not allowed" in line["sentence"]
    assert receiver.connections == 0


def test_a_connection_of_one_serves_no_other_that_may_not_have_it(
    world: World, receiver: Receiver, register: Register
) -> None:
    register(receiver, "allowed", address=named(receiver), allowed_networks=LOCAL)
    register(receiver, "not allowed", address=named(receiver), allowed_networks=[])
    decisions = intercepted(world, world.number())
    assert [(one["interceptor"], one["decision"]) for one in decisions] == [
        ("allowed", "allow"),
        ("not allowed", "failed"),
    ]


def test_the_address_that_was_looked_at_is_the_one_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that answers another address each time: the second answer is never asked for."""
    asked: list[str] = []

    def resolve(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with network.until(time.monotonic() + 5), pytest.raises(AddressRefused, match=r"127\.0\.0\.1"):
        network.GuardedBackend(()).connect_tcp("rebinding.example", 80)
    assert asked == ["rebinding.example"]


def test_a_resolver_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: ended.wait(20))
    begin = time.monotonic()
    with network.until(begin + 0.1), pytest.raises(TimeoutError):
        network.GuardedBackend(()).connect_tcp("slow.example", 80)
    assert time.monotonic() - begin < 5
    ended.set()


def test_a_proxy_of_the_environment_is_not_used(
    world: World, receivers: Callable[[], Receiver], register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver, proxy = receivers(), receivers()
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, proxy.address)
    register(receiver)
    world.number()
    assert (len(receiver.questions), proxy.connections) == (1, 0)


def test_a_sentence_is_cleaned_and_cut(world: World, receiver: Receiver, register: Register) -> None:
    register(receiver)
    receiver.says(json.dumps({"decision": "refuse", "sentence": " 不\0行" + "！" * 600}).encode())
    detail = world.open()["detail"]
    assert detail.startswith("不行！")
    assert len(detail) == 500
