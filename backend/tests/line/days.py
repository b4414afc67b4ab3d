"""Made-up days of a hotline, told as signals: arrivals, queues, rings, holds, transfers, hang-ups, breaks; seeded."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from gongdan.core.interactions import presence_changes
from gongdan.core.interactions.models import CallPart, CallQueue, Presence
from gongdan.core.interactions.phone_signals import Kind, Signal
from gongdan.core.staff.models import Staff
from gongdan.kernel import reference
from gongdan.kernel.actor import system
from gongdan.kernel.unit import unit
from tests.interactions.telling import Exchange

FIRST = date(2026, 3, 2)
ZONE = "Asia/Shanghai"
QUEUES = ("care", "repair", "vip")
STATES = ("ready", "busy", "break", "wrap_up", "offline", "ready", "ready")


@dataclass
class Days:
    """`people` by extension. Calls begin within `days` local days from FIRST, some shortly before midnight."""

    exchange: Exchange
    people: dict[str, Staff]
    luck: random.Random
    days: int = 2
    told: dict[str, list[Signal]] = field(default_factory=dict)

    def moment(self) -> datetime:
        begin = datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC) - timedelta(hours=8)
        seconds = self.luck.choice(
            [self.luck.uniform(0, 86400), self.luck.uniform(9 * 3600, 10 * 3600), 86390]
        )
        return begin + timedelta(days=self.luck.randrange(self.days), seconds=seconds)

    def play(self, count: int) -> None:
        """So many calls, taken in in one batch, in no order."""
        for number in range(count):
            _Call(self, f"c{number}").play()
        signals = [signal for call in self.told.values() for signal in call]
        self.luck.shuffle(signals)
        self.exchange.tell(*signals)
        for queue, seconds in (("care", 20), ("repair", 30)):
            CallQueue.objects.filter(name=queue).update(service_seconds=seconds)
        reference.forget()
        self.wrap_up()

    def wrap_up(self) -> None:
        """After some talks there was something to write down."""
        for part in CallPart.objects.filter(staff__isnull=False, ended_at__isnull=False).order_by("pk")[::4]:
            assert part.staff_id is not None
            with unit():
                row = Presence.objects.select_for_update().get(staff_id=part.staff_id)
                begin = self.moment()
                presence_changes.change(row, "wrap_up", now=begin, actor=system("test"), part=part.pk)
                end = begin + timedelta(seconds=self.luck.randint(1, 90))
                presence_changes.change(row, "ready", now=end, actor=system("test"))

    def attend(self, changes: int) -> None:
        """People come, take breaks and go."""
        for person in self.people.values():
            Presence.objects.get_or_create(staff=person, defaults={"since": self.moment()})
        for at in sorted(self.moment() for _ in range(changes)):
            person = self.luck.choice(list(self.people.values()))
            with unit():
                row = Presence.objects.select_for_update().get(staff=person)
                presence_changes.change(row, self.luck.choice(STATES), now=at, actor=system("test"))


@dataclass
class _Call:
    """One call's story. `at` is how far it has come."""

    day: Days
    name: str
    at: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.at = self.day.moment()
        self.day.told[self.name] = []

    def say(self, kind: Kind, least: float = 0, most: float = 0, **facts: object) -> None:
        self.at += timedelta(seconds=round(self.day.luck.uniform(least, most), 3))
        told = self.day.told[self.name]
        signal = Signal(
            kind=kind,
            call=self.name,
            key=f"{self.name}-{len(told)}",
            at=self.at,
            order=len(told),
            **facts,  # type: ignore[arg-type]
        )
        told.append(signal)

    def play(self) -> None:
        if self.day.luck.random() < 0.2:
            self.outbound()
        else:
            self.inbound()

    def outbound(self) -> None:
        party = self.somebody()
        self.say(
            Kind.BEGAN,
            direction="outbound",
            party=party,
            caller=party,
            dialled="13800138000",
            leg=f"{party}-l",
        )
        self.say(Kind.RINGING, 0, 2)
        if self.day.luck.random() < 0.7:
            self.say(Kind.ANSWERED, 2, 30)
            self.talk(party, "")
        self.end()

    def inbound(self) -> None:
        self.say(Kind.BEGAN, direction="inbound", caller="13900000000", dialled="95598", line="95598")
        for queue in self.queues():
            self.say(Kind.QUEUED, 0, 10, queue=queue)
            if self.served(queue):
                return
            if self.day.luck.random() < 0.5:
                if self.day.luck.random() < 0.2:
                    return  # still waits
                self.say(Kind.LEFT_QUEUE, 0, self.day.luck.choice([3, 60]), queue=queue, cause="abandoned")
                break
            self.say(Kind.LEFT_QUEUE, 5, 60, queue=queue, cause="overflowed")
        else:
            self.served("")
        self.end()

    def queues(self) -> list[str]:
        return self.day.luck.sample(QUEUES, self.day.luck.choice([0, 1, 1, 1, 2]))

    def served(self, queue: str) -> bool:
        """It rings at somebody, who takes it perhaps; the end is told then, mostly."""
        if self.day.luck.random() < 0.3:
            return False
        party = self.somebody()
        self.say(
            Kind.RINGING, 0, 15, party=party, leg=f"{party}-{len(self.day.told[self.name])}", queue=queue
        )
        leg = self.day.told[self.name][-1].leg
        if self.day.luck.random() < 0.25:
            cause = self.day.luck.choice(["missed", "refused"])
            self.say(Kind.RING_ENDED, 5, 20, party=party, leg=leg, cause=cause)
            return False
        self.say(Kind.ANSWERED, 1, 12, party=party, leg=leg, queue=queue)
        self.talk(party, leg)
        if self.day.luck.random() < 0.9:
            self.end()
        return True

    def talk(self, party: str, leg: str) -> None:
        luck = self.day.luck
        if luck.random() < 0.3:
            self.say(Kind.HELD, 5, 60, party=party, leg=leg)
            self.say(Kind.RESUMED, 5, 90, party=party, leg=leg)
        if luck.random() < 0.2:
            to = self.somebody()
            self.say(Kind.TRANSFERRED, 5, 100, party=party, leg=leg, to=to, mode="blind")
            self.say(Kind.RINGING, 0, 3, party=to, leg=f"{to}-t")
            self.say(Kind.ANSWERED, 1, 20, party=to, leg=f"{to}-t")
        self.at += timedelta(seconds=luck.choice([30, 100, 250, 400, 1000]))

    def end(self) -> None:
        self.say(
            self.day.luck.choice([Kind.ENDED, Kind.ENDED, Kind.ENDED, Kind.VANISHED]),
            0,
            5,
            by=self.day.luck.choice(["customer", "agent", "system"]),
        )

    def somebody(self) -> str:
        return self.day.luck.choice([*self.day.people, "899"])
