"""What tests of the engine share: a scripted Asterisk, a system set up for it, quick clocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from gongdan.channels.phone import engine, engine_line
from gongdan.core.interactions import commands
from gongdan.core.interactions.models import (
    Call,
    Extension,
    PhoneCommand,
    TelephoneSystem,
)
from gongdan.kernel.actor import system as the_system
from gongdan.kernel.sealing import seal
from tests.phone.asterisk_peer import SECRET, USER, Peer, peer
from tests.webhooks.receiver import eventually as at_last

PATIENCE = 12.0


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same conduct in a shorter time."""
    monkeypatch.setattr(engine, "POLL", 0.1)
    monkeypatch.setattr(engine_line, "SHORTEST", 0.05)
    monkeypatch.setattr(engine_line, "LONGEST", 0.2)
    monkeypatch.setattr(engine_line, "REFUSED", 0.2)
    monkeypatch.setattr(engine_line, "HEARD_EVERY", 0.1)


@pytest.fixture
def asterisk() -> Iterator[Peer]:
    with peer() as made:
        yield made


def eventually(found: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    return at_last(found, seconds)


def made_system(asterisk: Peer, **more: Any) -> TelephoneSystem:
    made = TelephoneSystem.objects.create(
        code="main", name="总机", dialect="asterisk", host="127.0.0.1", port=asterisk.port, username=USER,
        secret=seal(SECRET), settings={"trunks": ["PJSIP/trunk"]}, **more,
    )  # fmt: skip
    for number in ("801", "802"):
        Extension.objects.create(system=made, number=number)
    return made


def health(one: TelephoneSystem) -> str:
    one.refresh_from_db()
    return one.health


def is_connected(one: TelephoneSystem) -> bool:
    return health(one) == "connected"


def call(key: str = "1700000000.1") -> Call | None:
    return Call.objects.filter(key=key).first()


def phase_is(phase: str, key: str = "1700000000.1") -> bool:
    found = call(key)
    return found is not None and found.phase == phase


def ask(one: TelephoneSystem, verb: str, **args: str) -> int:
    return commands.ask(one.pk, verb, args, actor=the_system("test"))


def state_of(command_id: int) -> tuple[str, str]:
    return PhoneCommand.objects.values_list("state", "fault").get(pk=command_id)
