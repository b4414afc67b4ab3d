"""An organisation, receivers, webhooks and the engine as a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from gongdan.core.staff.grants import grants_of
from gongdan.kernel import reference
from gongdan.kernel.actor import Actor
from gongdan.listeners.webhooks import administration, consumers
from gongdan.listeners.webhooks.administration import NewEndpoint
from gongdan.listeners.webhooks.models import Endpoint
from gongdan.outbox import registry
from gongdan.outbox.relay import Relay
from gongdan.outbox.subscribe import Consumer, Handler
from tests.company import Organisation
from tests.live.process import environment
from tests.outbox import happenings  # noqa: F401  declares the tests' own types
from tests.tickets.conftest import world
from tests.webhooks.receiver import Behaviour, Receiver

__all__ = ["world"]
BACKEND = Path(__file__).parents[2]
LOOPBACK = ["127.0.0.0/8"]
SECONDS = 1.0  # the time limit of a request in these tests
TYPES = ("TestHappened", "TestEnded", "TicketOpened")


@pytest.fixture
def receiver() -> Iterator[Callable[..., Receiver]]:
    """`receiver(behave)` begins one; all are closed at the end."""
    begun: list[Receiver] = []

    def begin(behave: Behaviour | None = None) -> Receiver:
        begun.append(Receiver(behave))
        return begun[-1]

    yield begin
    for one in begun:
        one.close()


@pytest.fixture
def admin(organisation: Organisation) -> Actor:
    staff = organisation.admin
    return Actor(kind="staff", name=grants_of(staff.pk).name, staff_id=staff.pk, via="test")


Hook = Callable[..., Endpoint]


@pytest.fixture
def hook(admin: Actor) -> Hook:
    """`hook(receiver)` sets a webhook up that may be on this machine; `key` keeps what was shown once."""

    def make(receiver: Receiver | str, **settings: Any) -> Endpoint:
        address = receiver if isinstance(receiver, str) else receiver.address
        wanted = {"name": "other system", "allowed_networks": LOOPBACK, **settings}
        made, secret = administration.create(NewEndpoint(address=address, **wanted), actor=admin)
        made.key = secret  # type: ignore[attr-defined]
        return made

    return make


@pytest.fixture
def fan_out(db: None) -> Iterator[Callable[[], None]]:
    """Brings what happened to the webhooks' consumer, as the worker does."""
    alone: tuple[Handler, ...] = (lambda event: consumers.fan_out([event]),)
    types = dict.fromkeys(registry.TYPES, alone)  # the tests' own types too
    relay = Relay(Consumer("webhooks", types, consumers.fan_out))
    owned: list[bool] = []

    def bring() -> None:
        if not owned:
            owned.append(relay.acquire())
        reference.refresh()
        while relay.work():
            pass

    yield bring
    connection.close()


class Engine:
    """The deliver process."""

    def __init__(self, home: Path, **env: str) -> None:
        given = {**environment(home), "GONGDAN_WEBHOOK_SECONDS": str(SECONDS), **env}
        command = [sys.executable, "-m", "gongdan.config.cli", "deliver"]
        self.log = (home / f"deliver-{os.urandom(4).hex()}.log").open("w+b")
        self.process = subprocess.Popen(command, env=given, cwd=BACKEND, stdout=self.log, stderr=self.log)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """Kindly."""
        self.process.terminate()
        self.process.wait(20)

    def close(self) -> str:
        """End it; what it said."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.log.seek(0)
        said = self.log.read().decode()
        self.log.close()
        return said


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Callable[..., Engine]]:
    """`engine()` starts one; all are ended at the end, and none may have stumbled."""
    begun: list[Engine] = []

    def begin(**env: str) -> Engine:
        begun.append(Engine(tmp_path, **env))
        return begun[-1]

    yield begin
    said = [one.close() for one in begun]
    assert not [text for text in said if "Traceback" in text], said
