"""A system that speaks HTTP, as the engine keeps it: ready at once, its commands carried out, a new key used."""

from __future__ import annotations

import pytest

from gongdan.channels.phone import engine
from gongdan.core.interactions.models import PhoneCommand, TelephoneSystem
from gongdan.kernel import clock, signing
from gongdan.kernel.errors import GongdanError
from tests.client import Client
from tests.company import Organisation, found
from tests.phone.engine_thread import running
from tests.webhooks.receiver import Receiver, answering, eventually

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "POLL", 0.1)


def health() -> tuple[str, list[str]]:
    one = TelephoneSystem.objects.get()
    return one.health, sorted(one.capabilities)


def ask(leg: str) -> PhoneCommand:
    return PhoneCommand.objects.create(
        system=TelephoneSystem.objects.get(), verb="hold", args={"leg": leg}, asked_at=clock.now()
    )


def state(command: PhoneCommand) -> str:
    return str(PhoneCommand.objects.values_list("state", flat=True).get(pk=command.pk))


def test_the_engine_keeps_a_system_that_speaks_http(quick: None) -> None:
    organisation: Organisation = found()
    admin = Client.of(organisation.admin)
    there = Receiver(answering(200, b'{"ok": true}'))
    try:
        made = admin.post(
            "/phone/systems",
            {
                "code": "other", "name": "别的系统", "dialect": "http", "control_address": there.address,
                "allowed_networks": ["127.0.0.0/8"], "settings": {"commands": ["hold", "answer"]},
            },
        )  # fmt: skip
        assert made.status == 201
        with running():
            eventually(lambda: health() == ("connected", ["answer", "hold"]), 20)
            first = ask("c-1/801")
            eventually(lambda: state(first) == "done", 20)
            before = signing.valid(TelephoneSystem.objects.get().keys, clock.now())
            admin.post("/phone/systems/other/key?overlap_hours=0")
            after = signing.valid(TelephoneSystem.objects.get().keys, clock.now())

            def signed_anew() -> bool:
                command = ask("c-1/801")
                eventually(lambda: state(command) in ("done", "failed"), 20)
                try:
                    signing.verify(after, there.messages[-1].headers, there.messages[-1].body, clock.now())
                except GongdanError:
                    return False
                return True

            eventually(signed_anew, 20)
            assert before != after
            admin.patch("/phone/systems/other", {"active": False})
            eventually(lambda: health()[0] == "off", 20)
        assert there.messages[0].value["leg"] == "c-1/801"
    finally:
        there.close()
