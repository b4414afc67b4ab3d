"""A world whose time only the test moves, with a calendar and policies made as an administrator makes them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine

from gongdan.core.calendar.actions import create_calendar
from gongdan.core.staff.models import Department
from gongdan.core.tickets.models import Card, Clock, Ticket, WorkItem
from gongdan.kernel import reference
from gongdan.kernel.actor import system
from tests.calendar.samples import at
from tests.tickets.conftest import World, world
from tests.tickets.scenes import sweep_all

__all__ = ["World", "world"]

MONDAY = at("2026-03-02 09:00")  # of an ordinary week
Row = dict[str, Any]


def hours(amount: int, **more: Any) -> Row:
    """A limit in plain hours."""
    return {"amount": amount, "unit": "hours", "working": False, **more}


def working(amount: int, unit: str = "hours", **more: Any) -> Row:
    """A limit in working time."""
    return {"amount": amount, "unit": unit, "working": True, **more}


def at_node(node: str, limit: Row, flow: str = "complaint") -> Row:
    """The limit of a node, which wins over the flow's own (`verify` has four hours)."""
    return {"flow": flow, "node": node, **limit}


def yellow(*minutes: int) -> list[Row]:
    return [{"amount": one, "unit": "minutes"} for one in minutes]


def rung(when: str, minutes: int, *do: str) -> Row:
    """A step of the ladder; "notify head" names whom."""
    acts = [dict(zip(("what", "whom"), one.split(), strict=False)) for one in do]
    return {"when": when, "amount": minutes, "unit": "minutes", "do": acts}


class Days:
    """The frozen time, and what it does to tickets."""

    def __init__(self, world: World, frozen: time_machine.Traveller) -> None:
        self.world = world
        self.frozen = frozen
        self.now = MONDAY

    def go(self, **passed: float) -> datetime:
        """Time passes (or jumps back); nothing fires."""
        self.now += timedelta(**passed)
        self.frozen.move_to(self.now)
        return self.now

    def to(self, moment: datetime) -> None:
        self.now = moment
        self.frozen.move_to(moment)

    def live(self, **passed: float) -> int:
        """Time passes, and what is due by then fires; how many stages did."""
        self.go(**passed)
        return sweep_all()

    def after(self, **passed: float) -> datetime:
        """A moment counted from Monday nine o'clock."""
        return MONDAY + timedelta(**passed)

    def policy(self, code: str = "all", **terms: Any) -> None:
        self.publish(code, new=True, **terms)

    def publish(self, code: str = "all", *, new: bool = False, **terms: Any) -> int:
        """A policy, or a further version of it; its number."""
        by = self.world.by(self.world.o.admin)
        sent: Row = {"code": code, "names": {"zh-Hans": code, "en": code}, "terms": terms}
        path, sent = ("", sent) if new else (f"/{code}/versions", {"terms": terms})
        answer = by.post(f"/policies{path}", sent)
        assert answer.status == 201, answer.body
        reference.forget()
        return int(answer["number"])

    def calendar(self, code: str = "office", *, is_default: bool = True, **changes: Any) -> int:
        """09:00-12:00 and 13:30-18:00 on weekdays, by weekday only, unless said otherwise; its version's id."""
        definition = {
            "time_zone": "Asia/Shanghai",
            "week": [[["09:00", "12:00"], ["13:30", "18:00"]]] * 5 + [[], []],
            "holidays": "",
            "makeup": None,
            "exceptions": [],
            "day_minutes": None,
            **changes,
        }
        made = create_calendar(
            code, {"zh-Hans": code, "en": code}, definition, actor=system("test"), is_default=is_default
        )
        reference.forget()
        return made


@pytest.fixture
def days(world: World) -> Iterator[Days]:
    with time_machine.travel(MONDAY, tick=False) as frozen:
        yield Days(world, frozen)


def clock_of(number: str, kind: str = "process", node: str = "") -> Clock:
    """The latest clock of that kind."""
    found = Clock.objects.filter(ticket__number=number, kind=kind)
    return (found.filter(node=node) if node else found).latest("pk")


def clocks_of(number: str) -> list[tuple[str, str, str]]:
    """(kind, node, state) of every clock, in the order they started."""
    return list(
        Clock.objects.filter(ticket__number=number).order_by("pk").values_list("kind", "node", "state")
    )


def cards_of(number: str | None = None) -> list[tuple[str, str, datetime]]:
    """(colour, kind or node, due) in the order they were made out."""
    found = Card.objects.filter(ticket__number=number) if number else Card.objects.all()
    rows = found.order_by("pk").values_list("colour", "node", "clock_kind", "due_at")
    return [(colour, node or kind, due) for colour, node, kind, due in rows]


def ticket_of(number: str) -> Ticket:
    return Ticket.objects.get(number=number)


def open_item(number: str) -> WorkItem:
    return WorkItem.objects.get(ticket__number=number, state__in=["waiting", "accepted"], parent=None)


def heads(world: World) -> None:
    """The network department is led by `head`, the company above it by `admin`."""
    Department.objects.filter(pk=world.o.network.pk).update(head=world.o.head)
    Department.objects.filter(pk=world.o.company.pk).update(head=world.o.admin)
    reference.forget()
