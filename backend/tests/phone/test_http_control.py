"""Commands to systems that speak HTTP: signed, to no address that is refused, and what their answers mean; and the
example that does both sides of it.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from gongdan.channels.phone.contract import CommandFailed, KnownCall, SystemSettings
from gongdan.channels.phone.providers.http import USUAL, HttpConnection
from gongdan.core.interactions.models import Call, TelephoneSystem
from gongdan.kernel import clock, signing
from tests.client import Client
from tests.company import Organisation
from tests.phone.freeswitch_listening import Heard
from tests.webhooks.receiver import Behaviour, Receiver, answering

EXAMPLE = Path(__file__).parents[3] / "examples" / "phone-http"
RING = signing.new_ring()
LOOPBACK = ("127.0.0.0/8",)
LEG = {"leg": "c-1/801"}


@pytest.fixture
def receiver() -> Iterator[Callable[..., Receiver]]:
    begun: list[Receiver] = []

    def begin(behave: Behaviour | None = None) -> Receiver:
        begun.append(Receiver(behave))
        return begun[-1]

    yield begin
    for one in begun:
        one.close()


def settings(address: str, allowed: tuple[str, ...] = LOOPBACK, **words: Any) -> SystemSettings:
    return SystemSettings(
        1, "other", "http", "", 0, "", "", words, control_address=address, allowed_networks=allowed, keys=RING
    )


async def nothing() -> Mapping[str, KnownCall]:
    """The calls under way."""
    return {}


def ask(one: SystemSettings, verb: str, args: Mapping[str, Any]) -> None:
    """One command over a connection that is ready."""

    async def inside() -> None:
        ready = asyncio.Event()
        connection = HttpConnection(one, Heard(), ready.set, nothing)
        running = asyncio.create_task(connection.run())
        await asyncio.wait_for(ready.wait(), 5)
        try:
            await connection.command(verb, args)
        finally:
            await connection.close()
            await running

    asyncio.run(inside())


def test_a_command_is_a_signed_request(receiver: Callable[..., Receiver]) -> None:
    there = receiver(answering(200, b'{"ok": true}'))
    ask(settings(there.address), "transfer", {**LEG, "to": "802", "mode": "blind"})
    [message] = there.messages
    said = message.value
    assert said == {"id": message.id, "command": "transfer", **LEG, "to": "802", "mode": "blind"}
    keys = signing.valid(RING, clock.now())
    assert signing.verify(keys, message.headers, message.body, clock.now()) == message.id


@pytest.mark.parametrize(
    ("behave", "words"),
    [
        (answering(200, b'{"ok": false, "error": "no such leg"}'), "no such leg"),
        (answering(409, b'{"error": "busy"}'), "409: busy"),
        (answering(500, b"oops"), "answered 500"),
        (answering(302, b"", Location="http://127.0.0.1/elsewhere"), "redirects are not followed"),
    ],
)
def test_a_refusal_says_why(receiver: Callable[..., Receiver], behave: Behaviour, words: str) -> None:
    there = receiver(behave)
    with pytest.raises(CommandFailed, match=words):
        ask(settings(there.address), "hold", LEG)
    assert len(there.messages) == 1


def test_an_inner_address_is_called_only_where_it_is_allowed(receiver: Callable[..., Receiver]) -> None:
    there = receiver()
    with pytest.raises(CommandFailed, match="private network"):
        ask(settings(there.address, allowed=()), "hold", LEG)
    assert there.messages == []


def test_nobody_there(receiver: Callable[..., Receiver]) -> None:
    there = receiver()
    there.close()
    with pytest.raises(CommandFailed, match="no connection"):
        ask(settings(there.address), "hold", LEG)


def test_what_a_system_can_do_is_what_it_was_said_to(receiver: Callable[..., Receiver]) -> None:
    def can(one: SystemSettings) -> frozenset[str]:
        return HttpConnection(one, Heard(), lambda: None, nothing).capabilities

    assert can(settings("")) == frozenset()
    assert can(settings("http://pbx.example/")) == USUAL
    assert can(settings("http://pbx.example/", commands=["dtmf", "fly"])) == {"dtmf"}
    there = receiver()
    with pytest.raises(CommandFailed, match="cannot"):
        ask(settings(there.address, commands=["dtmf"]), "hold", LEG)
    assert there.messages == []


def example(*arguments: str, key: str, **more: Any) -> subprocess.Popen[str]:
    environment = {**os.environ, "GONGDAN_PHONE_KEY": key, "no_proxy": "127.0.0.1"}
    program = [sys.executable, str(EXAMPLE / "exchange.py"), *arguments]
    return subprocess.Popen(program, env=environment, stdout=subprocess.PIPE, text=True, **more)


def test_the_example_obeys_commands() -> None:
    process = example("listen", "0", key=signing.newest(RING))
    assert process.stdout is not None
    try:
        port = process.stdout.readline().split()[-1]
        one = settings(f"http://127.0.0.1:{port}/")
        ask(one, "answer", LEG)
        assert json.loads(process.stdout.readline())["command"] == "answer"
        with pytest.raises(CommandFailed, match="cannot be held"):
            ask(one, "hold", LEG)
        strangers = SystemSettings(
            1, "o", "http", "", 0, "", "", {}, control_address=one.control_address, allowed_networks=LOOPBACK,
            keys=signing.new_ring(),
        )  # fmt: skip
        with pytest.raises(CommandFailed, match="401: not signed"):
            ask(strangers, "answer", LEG)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.mark.django_db
def test_the_examples_signals_make_a_call(
    organisation: Organisation, receiver: Callable[..., Receiver]
) -> None:
    admin = Client.of(organisation.admin)
    key = admin.post("/phone/systems", {"code": "other", "dialect": "http", "name": "别的系统"})["key"]
    assert TelephoneSystem.objects.get().keys
    there = receiver(answering(200, b'{"accepted": 1, "repeated": 0, "faults": []}'))
    with (EXAMPLE / "signals.jsonl").open() as lines:
        process = example("send", there.address, key=key, stdin=lines)
        said, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert len(said.splitlines()) == len(there.messages) == 7
    for message in there.messages:
        sent = {name: message.headers[name] for name in message.headers if name.startswith("webhook-")}
        answer = Client().raw("POST", "/phone/systems/other/signals", message.body, headers=sent)
        assert (answer.status, answer["accepted"], answer["faults"]) == (200, 1, [])
    call = Call.objects.get()
    assert (call.phase, call.outcome, call.recordings.count()) == ("ended", "answered", 1)
