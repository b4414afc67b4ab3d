"""The engine and the simulated exchange, in both dialects over TCP: what pages ask moves the phones, calls follow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from gongdan.channels.phone import engine, engine_line
from gongdan.config.simulate.exchange import SECRET, USERNAME
from gongdan.config.simulate.threaded import ThreadedExchange, exchange_thread
from gongdan.core.interactions import commands
from gongdan.core.interactions.models import Call, CallPart, Extension, PhoneCommand, TelephoneSystem
from gongdan.kernel.actor import system as the_system
from gongdan.kernel.sealing import seal
from tests.phone.engine_thread import running
from tests.webhooks.receiver import eventually as at_last

pytestmark = pytest.mark.django_db(transaction=True)


def eventually(found: Callable[[], Any]) -> Any:
    return at_last(found, 15.0)


@pytest.fixture(params=["asterisk", "freeswitch"])
def dialect(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def exchange(dialect: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[ThreadedExchange]:
    monkeypatch.setattr(engine, "POLL", 0.1)
    monkeypatch.setattr(engine_line, "SHORTEST", 0.05)
    with exchange_thread(dialect=dialect) as made:
        yield made


@pytest.fixture
def system(exchange: ThreadedExchange, dialect: str) -> Iterator[TelephoneSystem]:
    """Connected to the exchange."""
    made = TelephoneSystem.objects.create(
        code="try", name="试用", dialect=dialect, host="127.0.0.1", port=exchange.port, username=USERNAME,
        secret=seal(SECRET), settings={"notify": True},
    )  # fmt: skip
    for number in ("8001", "8002", "8003"):
        Extension.objects.create(system=made, number=number)
    with running():
        eventually(lambda: TelephoneSystem.objects.get().health == "connected")
        yield made


def ask(verb: str, **args: str) -> None:
    """Ask for it and see it done."""
    asked = commands.ask(TelephoneSystem.objects.get().pk, verb, args, actor=the_system("test"))
    eventually(lambda: PhoneCommand.objects.get(pk=asked).state in ("done", "failed"))
    assert (PhoneCommand.objects.get(pk=asked).state, PhoneCommand.objects.get(pk=asked).fault) == (
        "done",
        "",
    )


def part(extension: str, **wanted: Any) -> CallPart:
    """Their latest part, once it is as wanted."""
    mine = CallPart.objects.filter(extension=extension, **wanted).order_by("-id")
    found: CallPart = eventually(mine.first)
    return found


def talking_at(extension: str) -> CallPart:
    ringing = part(extension, outcome="ringing")
    ask("answer", leg=ringing.leg)
    return part(extension, outcome="talking")


def phase(wanted: str) -> Call:
    found: Call = eventually(Call.objects.filter(phase=wanted).first)
    return found


def test_answered_held_resumed_and_hung_up(exchange: ThreadedExchange, system: TelephoneSystem) -> None:
    exchange.ring_in("13800138000", menu="2", label="报修", ring="8001")
    leg = talking_at("8001").leg
    ask("hold", leg=leg)
    phase("held")
    ask("resume", leg=leg)
    phase("talking")
    ask("dtmf", leg=leg, digits="1#")
    ask("hang_up", leg=leg)
    call = phase("ended")
    assert (call.caller_id, call.dialled, call.queue, call.outcome, call.ended_by) == (
        "13800138000", "4008001234", "hotline", "answered", "agent",
    )  # fmt: skip
    assert [choice["label"] for choice in call.menu] == ["报修"]


def test_given_to_another_blindly(exchange: ThreadedExchange, system: TelephoneSystem) -> None:
    exchange.ring_in("13800138000", ring="8001")
    ask("transfer", leg=talking_at("8001").leg, to="8002", mode="blind")
    talking_at("8002")
    exchange.hang_up("8002")
    phase("ended")
    first = part("8001", transferred_to="8002")
    assert (first.transfer_mode, first.outcome, Call.objects.count()) == ("blind", "answered", 1)


def test_given_to_another_after_asking(exchange: ThreadedExchange, system: TelephoneSystem) -> None:
    exchange.ring_in("13800138000", ring="8001")
    leg = talking_at("8001").leg
    ask("transfer", leg=leg, to="8002", mode="attended")
    talking_at("8002")
    ask("complete_transfer", leg=leg)
    part("8001", transferred_to="8002", transfer_mode="attended")
    exchange.hang_up("8002")
    call = phase("ended")
    assert (call.outcome, Call.objects.count()) == ("answered", 1)


def test_the_one_asked_aside_is_let_go(exchange: ThreadedExchange, system: TelephoneSystem) -> None:
    exchange.ring_in("13800138000", ring="8001")
    leg = talking_at("8001").leg
    ask("transfer", leg=leg, to="8002", mode="attended")
    talking_at("8002")
    ask("cancel_transfer", leg=leg)
    part("8002", ended_at__isnull=False)
    assert part("8001").outcome == "talking"


def test_a_third_is_asked_along(exchange: ThreadedExchange, system: TelephoneSystem) -> None:
    exchange.ring_in("13800138000", ring="8001")
    ask("conference", leg=talking_at("8001").leg, to="8002")
    talking_at("8002")
    assert part("8001").outcome == "talking"
    exchange.hang_up("8002")
    part("8002", outcome="answered")
    exchange.hang_up("8001")
    phase("ended")
    assert Call.objects.count() == 1


def test_dialled_by_a_click(exchange: ThreadedExchange, system: TelephoneSystem) -> None:
    ask("dial", extension="8001", number="13900139000")
    call = phase("talking")
    assert (call.direction, call.dialled, call.caller_id) == ("outbound", "13900139000", "8001")
    exchange.hang_up("8001")
    assert phase("ended").outcome == "answered"


def test_listened_to_without_a_second_call_and_taken_over(
    exchange: ThreadedExchange, system: TelephoneSystem
) -> None:
    exchange.ring_in("13800138000", ring="8001")
    leg = talking_at("8001").leg
    for how in ("listen", "whisper", "barge"):
        ask(how, leg=leg, extension="8003")
        eventually(lambda: exchange.do(lambda made: made.board.phones["8003"].lines))
        exchange.hang_up("8003")
        eventually(lambda: not exchange.do(lambda made: made.board.phones["8003"].lines))
        eventually(lambda: not CallPart.objects.filter(extension="8003", ended_at=None).exists())
    assert Call.objects.count() == 1
    ask("take_over", leg=leg, extension="8003")
    talking_at("8003")
    assert part("8001").outcome == "answered"


def test_queues_ring_nobody_who_pauses(
    exchange: ThreadedExchange, system: TelephoneSystem, dialect: str
) -> None:
    ask("pause", extension="8001", reason="meal")
    assert exchange.do(lambda made: made.board.phones["8001"].paused) is True
    if dialect == "asterisk":  # FreeSWITCH's queues know no reasons
        assert exchange.do(lambda made: made.board.phones["8001"].reason) == "meal"
    ask("unpause", extension="8001")
    assert exchange.do(lambda made: made.board.phones["8001"].paused) is False


def test_a_lost_connection_in_mid_call(exchange: ThreadedExchange, system: TelephoneSystem) -> None:
    """One call goes on, one was forgotten by the exchange, one came meanwhile."""
    exchange.ring_in("13800138001", ring="8001")
    talking_at("8001")
    forgotten = exchange.ring_in("13800138002", ring="8002")
    talking_at("8002")

    def meanwhile(made: Any) -> None:
        made.drop_connections()
        made.forget_call(forgotten)
        made.ring_in("13800138003", ring="8003")

    exchange.do(meanwhile)
    part("8003", outcome="ringing")
    eventually(lambda: Call.objects.filter(caller_id="13800138002", closed_by_us=True).exists())
    assert Call.objects.get(caller_id="13800138001").phase == "talking"
    exchange.hang_up("8001")
    eventually(
        lambda: Call.objects.filter(caller_id="13800138001", phase="ended", closed_by_us=False).exists()
    )
    assert Call.objects.count() == 3
