"""A lost connection in mid-call, an exchange that forgets, garbage: the product comes to the same state again."""

from __future__ import annotations

from typing import Any

import pytest

from gongdan.channels.phone import engine, engine_line
from gongdan.config.simulate.exchange import Exchange
from gongdan.config.simulate.threaded import exchange_thread
from gongdan.core.interactions.models import Call
from tests.phone.engine_thread import running
from tests.simulate.test_truth import is_connected, made_system
from tests.webhooks.receiver import eventually

pytestmark = pytest.mark.django_db(transaction=True)
DIALECTS = pytest.mark.parametrize("dialect", ["asterisk", "freeswitch"])
STAYS, GOES, NEW = "13800138001", "13800138002", "13800138003"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "POLL", 0.1)
    monkeypatch.setattr(engine_line, "SHORTEST", 0.05)
    monkeypatch.setattr(engine_line, "LONGEST", 0.2)


def now(caller: str) -> dict[str, Any]:
    """How the call of this number stands."""
    wanted = ("phase", "outcome", "closed_by_us", "ended_by")
    return Call.objects.filter(caller_id=caller).values(*wanted).first() or dict.fromkeys(wanted)


def talks(caller: str) -> bool:
    return bool(now(caller)["phase"] == "talking")


def is_over(caller: str) -> bool:
    return bool(now(caller)["phase"] == "ended")


@DIALECTS
def test_what_happened_while_nobody_listened_is_found_out(dialect: str) -> None:
    def in_the_dark(x: Exchange) -> None:
        x.drop_connections()
        x.hang_up("8002")
        x.ring_in(NEW, ring="8003")
        x.answer("8003")

    with exchange_thread(dialect=dialect, people=("8001", "8002", "8003")) as played:
        made_system(dialect, played.port)
        with running():
            eventually(is_connected)
            for caller, extension in ((STAYS, "8001"), (GOES, "8002")):
                played.ring_in(caller, ring=extension)
                played.answer(extension)
            eventually(lambda: talks(STAYS) and talks(GOES))
            played.do(in_the_dark)
            eventually(lambda: is_over(GOES))
            eventually(lambda: talks(NEW))
            assert (now(GOES)["outcome"], now(GOES)["closed_by_us"]) == ("answered", True)
            assert talks(STAYS)
            for extension in ("8001", "8003"):
                played.hang_up(extension)
            eventually(lambda: is_over(STAYS) and is_over(NEW))
    assert [now(one)["ended_by"] for one in (STAYS, NEW)] == ["agent", "agent"]
    assert [now(one)["closed_by_us"] for one in (STAYS, NEW)] == [False, False]


@DIALECTS
def test_a_restart_that_forgot_everything_and_garbage_end_sensibly(dialect: str) -> None:
    with exchange_thread(dialect=dialect, people=("8001", "8002", "8003")) as played:
        made_system(dialect, played.port)
        with running():
            eventually(is_connected)
            call = played.ring_in(GOES, ring="8001")
            played.answer("8001")
            eventually(lambda: talks(GOES))
            played.garbage(b"\x00\xfe what is this\r\n\r\n")
            played.ring_in(NEW, ring="8002")
            eventually(lambda: now(NEW)["phase"] == "ringing")
            played.forget_call(call)
            played.drop_connections()
            eventually(lambda: is_over(GOES))
            played.answer("8002")
            eventually(lambda: talks(NEW))
    assert now(GOES)["closed_by_us"]
