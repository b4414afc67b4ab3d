"""The demo hotline's last two weeks: calls, taken in as if they had just been signalled. Agents take turns, fewer work
at the weekend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from django.utils import timezone

from gongdan.config.demo.customers import demo_customers
from gongdan.config.demo.phone import ASTERISK, OWNERS
from gongdan.config.demo.phone_signals import as_message, played
from gongdan.config.simulate.day import day
from gongdan.config.simulate.model import Plan
from gongdan.core.interactions.actions.take_in import take_in
from gongdan.core.interactions.models import TelephoneSystem

DAYS = 14
OPENS, SHUTS = time(8, 30), time(18, 30)
CALLS_A_SECOND = 0.0031  # in the busiest hour: some eighty a day
AT_WEEKENDS = 0.45
TURNS = (("agent", "agent2"), ("agent", "agent3"), ("agent2", "agent4"), ("agent3", "agent4"))
RECORDED_EVERY = 5  # of yesterday's calls, one in so many has a recording


def make_past(now: datetime) -> int:
    """Answers how many calls there were."""
    system = TelephoneSystem.objects.get(code=ASTERISK)
    calls = 0
    for back in range(DAYS, 0, -1):
        begin = morning(now, back)
        signals = played(begin, _extensions(on_duty(begin)), _plans(begin, recorded=back == 1))
        take_in(system.pk, [as_message(one) for one in signals])
        calls += len({one.call for one in signals})
    return calls


def morning(now: datetime, back: int) -> datetime:
    """When the hotline opened so many days ago."""
    local = timezone.localtime(now) - timedelta(days=back)
    return timezone.make_aware(datetime.combine(local.date(), OPENS))


def on_duty(begin: datetime) -> tuple[str, ...]:
    """Who worked that day."""
    return TURNS[begin.toordinal() % len(TURNS)]


def _extensions(people: Sequence[str]) -> list[str]:
    return [number for number, username in OWNERS.items() if username in people]


def _plans(begin: datetime, *, recorded: bool) -> Iterator[Plan]:
    rate = CALLS_A_SECOND * (AT_WEEKENDS if begin.weekday() >= 5 else 1)
    numbers = [one.mobile for one in demo_customers()]
    hours = (_hours(OPENS), _hours(SHUTS))
    for nth, plan in enumerate(day(begin.toordinal() % 1000, hours=hours, rate=rate, numbers=numbers)):
        yield replace(plan, recorded=recorded and nth % RECORDED_EVERY == 0)


def _hours(at: time) -> float:
    return at.hour + at.minute / 60
