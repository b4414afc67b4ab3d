"""One request: never to an inner address, however its name resolves; never through a proxy; signed with all keys."""

from __future__ import annotations

import asyncio
import base64
import socket
from collections.abc import Callable
from typing import Any

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from gongdan.kernel import outward
from gongdan.kernel.errors import Invalid
from gongdan.listeners.webhooks import guard
from gongdan.listeners.webhooks.attempt import Attempt, Target
from gongdan.listeners.webhooks.sending import Sender
from tests.webhooks.receiver import Receiver, answering

NewReceiver = Callable[..., Receiver]
BODY = b'{"type":"TestHappened"}'


class Names(AbstractResolver):
    """Answers every name with the next of these addresses, the last one from then on."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.asked = 0

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = self.answers[min(self.asked, len(self.answers) - 1)]
        self.asked += 1
        return [
            ResolveResult(
                hostname=host,
                host=one,
                port=port,
                family=socket.AF_INET6 if ":" in one else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for one in found
        ]

    async def close(self) -> None: ...


def send(
    address: str, *networks: str, names: Names | None = None, seconds: float = 2.0, **more: Any
) -> Attempt:
    async def run() -> Attempt:
        sender = Sender(seconds, names)
        try:
            return await sender.send(Target(address, [b"k" * 32], more, networks), "msg_1_1", BODY)
        finally:
            await sender.close()

    return asyncio.run(run())


@pytest.mark.parametrize("inner", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1"])
def test_a_name_that_leads_inside_is_refused(inner: str, receiver: NewReceiver) -> None:
    there = receiver()
    attempt = send(f"http://hooks.example.com:{there.port}/", names=Names([inner]))
    assert (attempt.error, attempt.status) == ("address_refused", None)
    assert there.messages == []


def test_one_inner_address_among_outer_ones_is_never_connected_to(receiver: NewReceiver) -> None:
    there = receiver()
    names = Names(["127.0.0.1", "203.0.113.9"])
    assert send(f"http://hooks.example.com:{there.port}/", names=names).error == "address_refused"
    assert there.messages == []


def test_a_name_that_moves_inside_later_is_refused_then(receiver: NewReceiver) -> None:
    """The address that was checked is the one connected to: there is no moment between the two."""
    there = receiver()
    names = Names(["127.0.0.1"], ["127.0.0.2"])
    address = f"http://hooks.example.com:{there.port}/"
    assert send(address, "127.0.0.1/32", names=names).succeeded
    assert send(address, "127.0.0.1/32", names=names).error == "address_refused"
    assert len(there.messages) == 1


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1", "0x7f000001", "2130706433", "localhost", "[::1]"])
def test_an_inner_address_is_refused_however_it_is_written(host: str, receiver: NewReceiver) -> None:
    there = receiver()
    assert send(f"http://{host}:{there.port}/").error in {"address_refused", "address", "connection"}
    assert there.messages == []


def test_a_redirect_is_not_followed(receiver: NewReceiver) -> None:
    inside = receiver()
    there = receiver(answering(307, Location=inside.address))
    attempt = send(there.address, "127.0.0.0/8")
    assert (attempt.status, attempt.error) == (307, "redirect")
    assert inside.messages == []


def test_no_proxy_is_taken_from_the_environment(
    receiver: NewReceiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy, there = receiver(), receiver()
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.port}")
    assert send(there.address, "127.0.0.0/8").succeeded
    assert proxy.messages == []


def test_a_small_answer_that_unpacks_into_a_large_one_stays_packed(receiver: NewReceiver) -> None:
    there = receiver(answering(200, b"\x1f\x8bnot really", Content_Encoding="gzip"))
    assert send(there.address, "127.0.0.0/8").succeeded


def test_a_connection_the_other_side_closed_meanwhile_is_no_failure(receiver: NewReceiver) -> None:
    def once(connection: socket.socket, message: Any) -> None:
        answering()(connection, message)
        connection.shutdown(socket.SHUT_RDWR)

    there = receiver(once)

    async def twice() -> list[Attempt]:
        sender = Sender(5)
        target = Target(there.address, [b"k" * 32], {}, ("127.0.0.0/8",))
        try:
            return [await sender.send(target, f"msg_1_{n}", BODY) for n in range(5)]
        finally:
            await sender.close()

    assert [one.error for one in asyncio.run(twice())] == [""] * 5


def test_while_keys_rotate_either_verifies(receiver: NewReceiver) -> None:
    there = receiver()
    keys = [b"n" * 32, b"o" * 32]

    async def run() -> Attempt:
        sender = Sender(2)
        try:
            target = Target(there.address, keys, {}, ("127.0.0.0/8",))
            return await sender.send(target, "msg_1_1", BODY)
        finally:
            await sender.close()

    assert asyncio.run(run()).succeeded
    (message,) = there.messages
    for key in keys:
        Webhook("whsec_" + base64.b64encode(key).decode()).verify(message.body, message.headers)
    with pytest.raises(WebhookVerificationError):
        Webhook("whsec_" + base64.b64encode(b"x" * 32).decode()).verify(message.body, message.headers)
    with pytest.raises(WebhookVerificationError):
        Webhook("whsec_" + base64.b64encode(keys[0]).decode()).verify(message.body + b" ", message.headers)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("ftp://hooks.example.com/", "unusable_address"),
        ("file:///etc/passwd", "unusable_address"),
        ("hooks.example.com", "unusable_address"),
        ("https://hooks.example.com/#part", "unusable_address"),
        ("https://hooks.example.com:99999/", "unusable_address"),
        ("https://中文.example/", "unusable_address"),
        ("https://hooks.example.com/ x", "unusable_address"),
        ("https://me:secret@hooks.example.com/", "credentials_in_address"),
        ("https://hooks.example.com:25/", "port_refused"),
        ("https://127.0.0.1/", "address_refused"),
        ("https://[::ffff:10.0.0.1]/", "address_refused"),
        ("https://0x7f.1/", "address_refused"),
    ],
)
def test_an_address_is_looked_at_when_it_is_saved(address: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        outward.require_usable(address, [])
    assert refused.value.code == code


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        outward.require_usable(text, [])
    except Invalid:
        return
    assert text.startswith(("http://", "https://"))


@pytest.mark.parametrize("name", ["Host", "webhook-id", "Content-Length", "a b", "", "X-Ü", "Cookie"])
def test_headers_that_are_ours_cannot_be_set(name: str) -> None:
    with pytest.raises(Invalid):
        guard.require_headers({name: "x"})


def test_header_values_hold_no_line_breaks() -> None:
    with pytest.raises(Invalid):
        guard.require_headers({"X-A": "b\r\nHost: inside"})
    guard.require_headers({"Authorization": "Bearer abc"})


@pytest.mark.parametrize("network", ["0.0.0.0/0", "nonsense", "::/0", "10.0.0.0/7"])
def test_networks_too_wide_to_be_meant_are_refused(network: str) -> None:
    with pytest.raises(Invalid):
        outward.require_networks([network])
