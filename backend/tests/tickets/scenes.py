"""Situations a ticket can be in, each reached by verbs over HTTP. A scene takes the world and gives the number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine

from gongdan.core.tickets.firing import Sweeper
from gongdan.core.tickets.models import Card
from tests.tickets.conftest import World

Scene = Callable[[World], str]


def soon(days: int = 5) -> str:
    """A moment after today, as JSON."""
    return (datetime.now(UTC).replace(microsecond=0) + timedelta(days=days)).isoformat()


def draft(world: World) -> str:
    return world.number(draft=True)


def waiting(world: World) -> str:
    """At verify, taken by nobody."""
    return world.number()


def accepted(world: World) -> str:
    """At verify, the clerk has it."""
    number = world.number()
    world.done(world.o.clerk, number, "accept")
    return number


def refused_as_not_ours(world: World) -> str:
    """Back at the intake by the flow itself."""
    number = accepted(world)
    world.done(
        world.o.clerk, number, "process", outcome="not_ours", result="非本部门", fields={"facts": "无"}
    )
    return number


def at_handle(world: World) -> str:
    """At handle, the clerk has it."""
    number = world.verified(world.number())
    world.done(world.o.clerk, number, "accept")
    return number


def at_approve(world: World) -> str:
    """At approve, the head has it."""
    number = at_handle(world)
    world.done(world.o.clerk, number, "process", result="已修复")
    world.done(world.o.head, number, "accept")
    return number


def passed_on(world: World) -> str:
    """The clerk has handled it, nobody has begun to approve."""
    number = at_handle(world)
    world.done(world.o.clerk, number, "process", result="已修复")
    return number


def resolved(world: World) -> str:
    """Waits for the callback."""
    return world.approved(world.number())


def calling(world: World) -> str:
    """The reviewer has the callback."""
    number = resolved(world)
    world.done(world.o.reviewer, number, "accept")
    return number


def closed(world: World) -> str:
    number = calling(world)
    world.done(world.o.reviewer, number, "call_back", result="satisfied", score=4)
    return number


def paused(world: World) -> str:
    number = accepted(world)
    world.done(world.o.head, number, "pause", reason="等备件")
    return number


def cancelled(world: World) -> str:
    number = accepted(world)
    world.done(world.o.admin, number, "cancel", reason="客户撤诉")
    return number


def force_ended(world: World) -> str:
    number = accepted(world)
    world.done(world.o.admin, number, "force_end", reason="无法继续")
    return number


def consulted(world: World) -> str:
    """The clerk has it and asked the biller."""
    number = accepted(world)
    world.done(world.o.clerk, number, "consult", people=[world.o.biller.pk], question="账单对吗")
    return number


def helped(world: World) -> str:
    """The clerk asked a colleague and the billing department to help."""
    number = accepted(world)
    people, departments = [world.o.clerk_two.pk], [world.o.billing.pk]
    world.done(world.o.clerk, number, "co_handle", people=people, departments=departments, question="帮忙")
    return number


def signing(world: World) -> str:
    """The clerk asked three people, two of whom must agree."""
    number = accepted(world)
    people = [world.o.clerk_two.pk, world.o.head.pk, world.o.biller.pk]
    world.done(world.o.clerk, number, "countersign", people=people, needed=2, question="同意吗")
    return number


def extension_asked(world: World) -> str:
    number = accepted(world)
    world.done(world.o.clerk, number, "extend", until=soon(), reason="等备件")
    return number


def two_branches(world: World) -> str:
    """Repair and a countersign of three side by side."""
    return world.number("compensation", fields={"amount": 50})


def repairing(world: World) -> str:
    """As two_branches, the technician has the repair."""
    number = two_branches(world)
    items = world.page(world.o.admin, number)["present"]
    repair = next(item["item_id"] for item in items if item["node"] == "repair")
    world.done(world.o.technician, number, "accept", item=repair)
    return number


def finishing(world: World) -> str:
    """Both branches have met; the clerk has the last task."""
    number = repairing(world)
    world.done(world.o.technician, number, "process", result="已修")
    for person in (world.o.clerk, world.o.clerk_two):
        world.done(person, number, "accept")
        world.done(person, number, "process", outcome="agree")
    world.done(world.o.clerk, number, "accept")
    return number


def returned_to_handle(world: World) -> str:
    """The head sent it back to whoever handled it."""
    number = at_approve(world)
    target = return_targets(world, world.o.head, number)["handle"]
    world.done(world.o.head, number, "return", target=target, mode="redo", reason="说明不清")
    return number


def returned_to_intake(world: World) -> str:
    number = at_handle(world)
    target = return_targets(world, world.o.clerk, number)["intake"]
    world.done(world.o.clerk, number, "return", target=target, mode="redo", reason="缺订单号")
    return number


def answered(world: World) -> str:
    return str(world.open("consultation", answered_on_spot=True, answer="九点开门")["number"])


def return_targets(world: World, who: Any, number: str) -> dict[str, int]:
    """Node code to the seq of its visit, as the page offers them."""
    action = next(one for one in world.page(who, number)["actions"] if one["verb"] == "return")
    return {target["node"]: target["seq"] for target in action["return_targets"]}


def carded(world: World) -> str:
    """At verify, which the clerk has had for longer than its limit: a red card, and the head is told."""
    with time_machine.travel(datetime.now(UTC) - timedelta(days=1), tick=False):
        number = accepted(world)
    sweep_all()
    return number


def appealed(world: World) -> str:
    """The clerk has appealed against the red card."""
    number = carded(world)
    world.done(world.o.clerk, number, "appeal_card", card=card_of(number), reason="备件缺货")
    return number


def card_of(number: str) -> int:
    return Card.objects.filter(ticket__number=number).latest("pk").pk


def sweep_all() -> int:
    """Let every clock fire whose moment has come; answers how many stages fired."""
    sweeper, count = Sweeper(), 0
    while fired := sweeper.sweep():
        count += fired
    return count


SCENES: dict[str, Scene] = {
    scene.__name__: scene
    for scene in (
        *(draft, waiting, accepted, refused_as_not_ours, at_handle, at_approve, passed_on, resolved, calling),
        *(closed, paused, cancelled, force_ended, consulted, helped, signing, extension_asked, two_branches),
        *(repairing, finishing, returned_to_handle, returned_to_intake, answered, carded, appealed),
    )
}
