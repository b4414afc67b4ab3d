"""What receivers do wrong, with the engine as a process and real sockets: recorded, tried again, nobody else waits."""

from __future__ import annotations

import socket
from collections.abc import Callable

import pytest
from standardwebhooks.webhooks import Webhook

from gongdan.kernel.actor import Actor
from gongdan.listeners.webhooks import administration
from gongdan.listeners.webhooks.models import Delivery, Endpoint
from tests.outbox.happenings import happen
from tests.webhooks.conftest import SECONDS, Engine, Hook
from tests.webhooks.receiver import Message, Receiver, Until, answering, eventually

pytestmark = pytest.mark.django_db(transaction=True)
NewReceiver = Callable[..., Receiver]
Start = Callable[..., Engine]
FanOut = Callable[[], None]


def tried(state: str = "waiting") -> Delivery:
    """The only delivery, once it was tried and is in this state."""
    found = eventually(lambda: Delivery.objects.filter(tries__0__isnull=False, state=state).first())
    assert isinstance(found, Delivery)
    return found


def test_an_event_arrives_signed(receiver: NewReceiver, hook: Hook, fan_out: FanOut, engine: Start) -> None:
    there = receiver()
    made = hook(there, headers={"X-System": "crm"})
    engine()
    happen(1, 5)
    fan_out()
    (message,) = there.wait(lambda all_: any(one.value["type"] == "TestHappened" for one in all_))
    assert Webhook(made.key).verify(message.body, message.headers) == message.value  # type: ignore[attr-defined]
    assert message.value["data"] == {"n": 5}
    assert message.headers["x-system"] == "crm"
    assert message.headers["content-type"] == "application/json"
    delivered = tried("delivered")
    assert (delivered.attempts, delivered.tries[0]["status"], delivered.tries[0]["answer"]) == (1, 200, "ok")


def gigabyte(connection: socket.socket, message: Message) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n")
    block = b"x" * 65536
    for _ in range(16384):
        connection.sendall(block)
    raise AssertionError("All of it was read.")


def breaks_off(connection: socket.socket, message: Message) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf")
    connection.shutdown(socket.SHUT_RDWR)


def nonsense(connection: socket.socket, message: Message) -> None:
    connection.sendall(b"I do not speak this.\r\n\r\n")
    connection.shutdown(socket.SHUT_RDWR)


def closes(connection: socket.socket, message: Message) -> None:
    connection.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize(
    ("behave", "status", "error"),
    [
        (answering(500, b"broken"), 500, "status"),
        (answering(404, b"?"), 404, "status"),
        (answering(302, Location="http://127.0.0.1:1/inside"), 302, "redirect"),
        (breaks_off, None, "broken"),
        (nonsense, None, "broken"),
        (closes, None, "broken"),
    ],
)
def test_a_bad_answer_is_recorded_and_tried_again(
    behave: Callable[[socket.socket, Message], None], status: int | None, error: str,
    receiver: NewReceiver, hook: Hook, fan_out: FanOut, engine: Start, admin: Actor,
) -> None:  # fmt: skip
    there = receiver(behave)
    hook(there, types=["TestHappened"])
    happen(1, 1)
    fan_out()
    engine()
    failed = tried()
    assert (failed.tries[0]["status"], failed.tries[0]["error"]) == (status, error)
    assert 3 < (failed.next_try_at - failed.created_at).total_seconds() < 30
    there.behave = answering()
    administration.send_again(failed.pk, actor=admin)
    assert tried("delivered").attempts == 1
    assert len({one.id for one in there.messages}) == 1


def test_the_retry_comes_by_itself(receiver: NewReceiver, hook: Hook, fan_out: FanOut, engine: Start) -> None:
    there = receiver(answering(503))
    hook(there, types=["TestHappened"])
    happen(1, 1)
    fan_out()
    engine()
    tried()
    there.behave = answering()
    assert tried("delivered").attempts == 2
    first, second = there.messages
    assert (first.id, first.body) == (second.id, second.body)
    assert first.headers["webhook-timestamp"] < second.headers["webhook-timestamp"]


def test_who_hangs_or_answers_late_failed(
    receiver: NewReceiver, hook: Hook, fan_out: FanOut, engine: Start
) -> None:
    there = receiver(hold := Until())
    hook(there, types=["TestHappened"])
    happen(1, 1)
    fan_out()
    engine()
    failed = tried()
    assert failed.tries[0]["error"] == "timeout"
    assert SECONDS * 1000 <= failed.tries[0]["ms"] < SECONDS * 1000 + 3000
    hold.passed.set()


def test_of_a_gigabyte_only_the_beginning_is_read(
    receiver: NewReceiver, hook: Hook, fan_out: FanOut, engine: Start
) -> None:
    there = receiver(gigabyte)
    hook(there, types=["TestHappened"])
    happen(1, 1)
    fan_out()
    engine()
    assert len(tried("delivered").tries[0]["answer"]) == 1000
    eventually(lambda: there.open == 0)


def test_nobody_is_called_inside_unless_it_is_allowed(
    receiver: NewReceiver, hook: Hook, fan_out: FanOut, engine: Start
) -> None:
    there = receiver()
    hook(f"http://localhost:{there.port}/", types=["TestHappened"], allowed_networks=["10.0.0.0/8"])
    happen(1, 1)
    fan_out()
    engine()
    assert tried().tries[0]["error"] == "address_refused"
    assert there.messages == []


def test_one_that_is_gone_is_paused(
    receiver: NewReceiver, hook: Hook, fan_out: FanOut, engine: Start
) -> None:
    there = receiver(answering(410))
    made = hook(there, types=["TestHappened"])
    happen(1, 1)
    fan_out()
    engine()
    eventually(lambda: Endpoint.objects.get(pk=made.pk).paused_why == "gone")
    happen(2, 2)
    fan_out()
    assert Delivery.objects.filter(state="waiting").count() == 2


def test_a_failing_ticket_does_not_hold_up_another(
    receiver: NewReceiver, hook: Hook, fan_out: FanOut, engine: Start
) -> None:
    def picky(connection: socket.socket, message: Message) -> None:
        answering(500 if message.value["subject_id"] == 1 else 200)(connection, message)

    there = receiver(picky)
    hook(there, types=["TestHappened"])
    for n in range(1, 6):
        happen(1, n)
        happen(2, n)
    fan_out()
    engine()
    there.wait(
        lambda all_: (
            [one.value["data"]["n"] for one in all_ if one.value["subject_id"] == 2] == [1, 2, 3, 4, 5]
        )
    )
    assert {one.value["data"]["n"] for one in there.messages if one.value["subject_id"] == 1} == {1}
    there.behave = answering()
    there.wait(lambda all_: len({one.id for one in all_}) == 10)
    ones = [one.value["data"]["n"] for one in there.messages if one.value["subject_id"] == 1]
    assert sorted(ones) == ones
    assert set(ones) == {1, 2, 3, 4, 5}
