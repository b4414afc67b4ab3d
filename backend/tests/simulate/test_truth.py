"""What the exchange knows to have happened is what the product counted, whichever dialect told it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import Count

from gongdan.channels.phone import engine, engine_line
from gongdan.config.simulate.day import busiest_rate, day
from gongdan.config.simulate.exchange import SECRET, USERNAME, Setup
from gongdan.config.simulate.model import Plan
from gongdan.config.simulate.threaded import exchange_thread
from gongdan.core.interactions.models import (
    Call,
    CallPart,
    Extension,
    PhoneSignal,
    QueueEntry,
    Recording,
    TelephoneSystem,
)
from gongdan.kernel.sealing import seal
from tests.phone.engine_thread import running
from tests.webhooks.receiver import eventually

ROBOTS = ("8001", "8002", "8003", "8004", "8005")
HOURS = (9.0, 11.0)
PATIENCE = 60.0
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "POLL", 0.1)
    monkeypatch.setattr(engine_line, "SHORTEST", 0.05)


def plans() -> Iterator[Plan]:
    """More than the phones can bear, so that some give up."""
    return day(1, hours=HOURS, rate=1.1 * busiest_rate(len(ROBOTS)), numbers=["13800138000", "01055501234"])


def setup(dialect: str) -> Setup:
    begin = datetime.now(UTC) - timedelta(hours=4)
    return Setup(dialect=dialect, people=(), robots=ROBOTS, speed=0.0, begin=begin, plans=plans)


def made_system(dialect: str, port: int) -> TelephoneSystem:
    made = TelephoneSystem.objects.create(
        code="played", name="模拟", dialect=dialect, host="127.0.0.1", port=port, username=USERNAME, secret=seal(SECRET)
    )  # fmt: skip
    for number in ROBOTS:
        Extension.objects.create(system=made, number=number)
    return made


def is_connected() -> bool:
    return TelephoneSystem.objects.filter(health="connected").exists()


def counted(model: type[Call | QueueEntry | CallPart]) -> dict[str, int]:
    found = model._default_manager.values_list("outcome").annotate(n=Count("id"))
    return dict(found.values_list("outcome", "n"))


@pytest.mark.parametrize("dialect", ["asterisk", "freeswitch"])
def test_a_days_truth_is_what_was_counted(dialect: str) -> None:
    with exchange_thread(setup(dialect)) as made:
        made_system(dialect, made.port)
        with running():
            eventually(is_connected, PATIENCE)
            made.play()
            made.wait_until_finished(PATIENCE)
            truth = made.truth()
            eventually(lambda: Call.objects.filter(phase="ended").count() >= truth.calls, PATIENCE)
    assert truth.abandoned > 0
    assert truth.transfers > 0
    assert counted(Call) == {"answered": truth.talked, "abandoned": truth.unheard}
    assert counted(QueueEntry) == {"answered": truth.answered, "abandoned": truth.abandoned}
    parts = counted(CallPart)
    assert parts.get("missed", 0) + parts.get("refused", 0) == truth.missed
    assert CallPart.objects.exclude(transferred_to="").count() == truth.transfers
    assert Recording.objects.count() == truth.recordings
    assert not Call.objects.filter(closed_by_us=True).exists()
    assert not PhoneSignal.objects.exclude(fault="").exists()
