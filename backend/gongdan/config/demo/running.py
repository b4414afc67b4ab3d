"""Plays the lives of demo tickets through the verbs, all in one order of time, as they would have happened."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from gongdan.config.demo.moments import forward
from gongdan.config.demo.steps import Step
from gongdan.config.demo.turns import Living, Turns
from gongdan.core.tickets.actions.catalogue import VERBS
from gongdan.core.tickets.actions.open_ticket import open_ticket
from gongdan.core.tickets.actions.shape import perform
from gongdan.core.tickets.contracts import OpenTicket
from gongdan.core.tickets.firing import relive
from gongdan.core.tickets.models import ENDED, ItemState, WorkItem

INSTEAD = "service2"  # asked in place of oneself
# What only the holder does: where an escalation has handed the item to a head meanwhile, they accept it first.
HOLDING = ("process", "resolve", "consult", "co_handle", "countersign", "extend")


@dataclass(frozen=True, slots=True)
class Life:
    """A ticket to be: who opens what and when, and the steps after it; `by_day`: nobody works at night."""

    at: datetime
    agent: str
    request: OpenTicket
    steps: Sequence[Step]
    by_day: bool = True


def play(lives: Iterable[Life], now: datetime) -> list[str]:
    """Open every ticket and do its steps in the order of time; what lies after `now` is left undone.

    Answers the numbers, oldest first.
    """
    turns = Turns()
    due: list[tuple[datetime, int, Life, int]] = [
        (life.at, place, life, -1) for place, life in enumerate(lives)
    ]
    heapq.heapify(due)
    made: dict[int, Living] = {}
    while due:
        at, place, life, done = heapq.heappop(due)
        if place in made:
            relive(made[place].id, at)
        if done < 0:
            opened = open_ticket(life.request, actor=turns.actor(life.agent), at=at)
            made[place] = Living(opened.id, opened.number, life.agent, opened.state)
        elif not _do(turns, made[place], life.steps[done], at):
            continue
        following = done + 1
        if following < len(life.steps):
            then = at + timedelta(minutes=life.steps[following].after)
            then = forward(then) if life.by_day else then
            if then <= now:
                heapq.heappush(due, (then, place, life, following))
    for one in made.values():
        relive(one.id, now)
    return [one.number for one in made.values()]


def _do(turns: Turns, ticket: Living, step: Step, at: datetime) -> bool:
    """One step; False when the ticket has ended before it (a repair that was not sampled for a callback)."""
    if ticket.state in ENDED and step.verb != "reopen":
        return False
    verb = VERBS[step.verb]
    item = turns.item(ticket, step)
    username = turns.who(ticket, item, step)
    if item is not None and item.state == ItemState.WAITING and step.verb in HOLDING and item.handler_id:
        perform("accept", ticket.number, VERBS["accept"].args(), actor=turns.actor(username), at=at)
    args = _args(turns, ticket, step, username, at)
    if item is not None and verb.uses is not None:
        args["item"] = item.pk
    done = perform(step.verb, ticket.number, verb.args(**args), actor=turns.actor(username), at=at)
    ticket.state = done.state
    return True


def _args(turns: Turns, ticket: Living, step: Step, username: str, at: datetime) -> dict[str, Any]:
    args: dict[str, Any] = {}
    for name, value in step.args.items():
        match name:
            case "@people":
                args["people"] = [turns.ids[INSTEAD if one == username else one] for one in value]
            case "@departments":
                args["departments"] = [turns.departments[code] for code in value]
            case "@department":
                args["department"] = turns.departments[value]
            case "@handler":
                args["handler"] = turns.ids[value]
            case "@target":
                left = WorkItem.objects.filter(ticket_id=ticket.id, node=value, left_at__isnull=False)
                args["target"] = left.order_by("seq").values_list("token", flat=True).last()
            case "@until_days":
                args["until"] = at + timedelta(days=value)
            case "@next_try_days":
                args["next_try_at"] = at + timedelta(days=value)
            case _:
                args[name] = value
    return args
