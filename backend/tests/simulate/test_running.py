"""`gongdan simulate calls`: whose phone is whose, what is switched on, the day's time, the command itself."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from itertools import islice
from types import SimpleNamespace

import pytest

from gongdan.config.simulate.company import Company, Desk
from gongdan.config.simulate.exchange import Exchange, Setup
from gongdan.config.simulate.running import FIRST_CALL, LAST_TALKS, Wish, began, plans_of, seat
from gongdan.config.simulate.timeline import Timeline
from gongdan.core.interactions.models import CallQueue, Extension, Presence, TelephoneSystem
from gongdan.core.staff.models import Staff
from gongdan.kernel import clock
from gongdan.kernel.sealing import seal
from tests.company import Organisation

DESKS = [Desk("8101", owned=True), Desk("8102", owned=True), Desk("8105"), Desk("8106")]


def seated(desks: list[Desk], robots: int) -> dict[str, tuple[bool, bool]]:
    made = Exchange(Setup())
    made.board.phones.clear()
    seat(made, desks, robots)
    return {phone.extension: (phone.robot, phone.member) for phone in made.board.phones.values()}


def test_robots_take_the_phones_that_are_nobodys_first() -> None:
    assert seated(DESKS, 3) == {
        "8101": (True, True),
        "8102": (False, False),
        "8105": (True, True),
        "8106": (True, True),
    }
    assert seated(DESKS, 0)["8105"] == (False, False)
    assert len(seated(DESKS, 9)) == 9


def test_who_is_signed_in_has_the_phone_and_is_rung_when_ready() -> None:
    away = [Desk("8105", staffed=True), Desk("8106")]
    assert seated(away, 4)["8105"] == (False, False)
    ready = [Desk("8105", staffed=True, ready=True), Desk("8106")]
    assert seated(ready, 4)["8105"] == (False, True)


def test_a_day_in_faster_time_ends_now() -> None:
    begin = began((9, 18), 60)
    end = begin + timedelta(hours=9, seconds=LAST_TALKS)  # 570 minutes, played in nine and a half
    assert abs(end - timedelta(minutes=9, seconds=30) - datetime.now(UTC)) < timedelta(seconds=5)
    assert datetime.now(UTC) - began(None, 1) < timedelta(seconds=5)


def test_waiting_until_somebody_listens_takes_nothing_of_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = [100.0]
    monkeypatch.setattr(
        "gongdan.config.simulate.timeline.time", SimpleNamespace(monotonic=lambda: seconds[0])
    )
    begin = datetime(2026, 3, 2, 9, tzinfo=UTC)
    timeline = Timeline(begin, speed=600)
    timeline.stand_still()
    seconds[0] += 3
    assert timeline.now() == begin
    timeline.go_on()
    seconds[0] += 6
    assert timeline.now() == begin + timedelta(hours=1)


def test_in_real_time_the_clock_is_everybodys_also_after_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongdan.config.simulate.timeline.time", SimpleNamespace(monotonic=lambda: 100.0))
    begin = datetime(2026, 3, 2, 9, tzinfo=UTC)
    timeline = Timeline(begin)
    timeline.stand_still()
    timeline.go_on(begin + timedelta(seconds=12))
    assert timeline.now() == begin + timedelta(seconds=12)


def test_an_endless_noon_begins_at_once() -> None:
    plans = list(islice(plans_of(Wish(setup=Setup()), 4), 50))
    assert plans[0].after == pytest.approx(FIRST_CALL)
    assert plans == sorted(plans, key=lambda plan: plan.after)


@pytest.mark.django_db
def test_the_company_is_looked_at_and_its_system_switched(organisation: Organisation) -> None:
    system = TelephoneSystem.objects.create(
        code="played",
        name="模拟",
        dialect="asterisk",
        host="127.0.0.1",
        port=15038,
        secret=seal("x"),
        active=False,
    )
    CallQueue.objects.create(system=system, name="hotline")
    who = Staff.objects.first()
    assert who is not None
    Extension.objects.create(system=system, number="8101", staff=who)
    free = Extension.objects.create(system=system, number="8105")
    Extension.objects.create(system=system, number="8190", kind="softphone")
    Presence.objects.create(staff=who, state="ready", since=clock.now(), extension=free)
    company = Company("played", "", "x")
    assert company.desks() == [Desk("8101", owned=True), Desk("8105", staffed=True, ready=True)]
    assert company.queues() == ["hotline"]
    company.switch(active=True)
    assert TelephoneSystem.objects.get().active
    company.switch(active=False)
    assert not TelephoneSystem.objects.get().active


def test_the_command_obeys_a_script_and_ends_with_it() -> None:
    lines = [{"call": {"from": "13800138000", "ring": "8101"}}, {"answer": "8101"}, {"hang_up": 1}]
    words = ["simulate", "calls", "--alone", "--port", "0", "--script", "-"]
    done = subprocess.run(
        [sys.executable, "-m", "gongdan.config.cli", *words],
        input="".join(json.dumps(line) + "\n" for line in lines),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        {"ok": True, "call": 1},
        {"ok": True},
        {"ok": True},
    ]
    assert "calls over 1: answered 1, abandoned 0" in done.stderr


@pytest.mark.parametrize(
    "wrong", [["--dialect", "h323"], ["--hours", "18-9"], ["--hours", "x"], ["--speed", "-1"]]
)
def test_wrong_use_is_told(wrong: list[str]) -> None:
    words = [sys.executable, "-m", "gongdan.config.cli", "simulate", "calls", *wrong]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
