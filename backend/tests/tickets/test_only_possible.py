"""The page offers exactly the verbs one may do: each offered one succeeds, each other one is refused."""

from __future__ import annotations

import pytest
from django.db import transaction

from gongdan.core.staff.models import Staff
from gongdan.core.tickets.actions.catalogue import VERBS
from gongdan.core.tickets.models import Ticket
from tests.tickets.arguments import any_arguments, for_action
from tests.tickets.conftest import World
from tests.tickets.scenes import SCENES

PEOPLE = ("agent", "clerk", "clerk_two", "head", "technician", "biller", "reviewer", "admin")


class Undone(Exception):
    """Takes back what was tried."""


def tried(
    world: World, who: Staff, number: str, verb: str, offered: dict[str, object] | None
) -> tuple[int, object]:
    """Status and body of the verb, afterwards undone."""
    result: tuple[int, object] = (0, None)
    try:
        with transaction.atomic():
            if offered is not None:
                answer = world.do(who, number, verb, **for_action(world, who, number, offered))
            else:
                answer = world.do(who, number, verb, **any_arguments(world, who, verb))
            result = (answer.status, answer.body)
            raise Undone
    except Undone:
        return result


@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
def test_offered_is_possible_and_the_rest_is_refused(world: World, scene: object) -> None:
    number = scene(world)  # type: ignore[operator]
    for name in PEOPLE:
        world.by(getattr(world.o, name))  # a token made in what is undone would be gone
    for name in PEOPLE:
        who = getattr(world.o, name)
        page = world.page(who, number)
        if page.status == 404:
            for verb in VERBS:
                assert tried(world, who, number, verb, None)[0] == 404, (name, verb)
            continue
        actions = {action["verb"]: action for action in page["actions"]}
        for verb in VERBS:
            status, body = tried(world, who, number, verb, actions.get(verb))
            if verb in actions:
                assert status == 200, (name, verb, body)
            else:
                assert status in (403, 409), (name, verb, status, body)
    assert Ticket.objects.filter(number=number).exists()


@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
def test_the_items_offered_are_the_ones_it_can_act_on(world: World, scene: object) -> None:
    number = scene(world)  # type: ignore[operator]
    everything = [item["id"] for item in world.track(number)["items"]]
    for name in PEOPLE:
        who = getattr(world.o, name)
        page = world.page(who, number)
        for action in page["actions"] if page.status == 200 else []:
            if not action["items"]:
                continue
            for item in everything:
                if item in action["items"]:
                    continue
                args = {**for_action(world, who, number, {**action, "items": action["items"]}), "item": item}
                answer = world.do(who, number, action["verb"], **args)
                assert answer.status == 409, (name, action["verb"], item, answer.body)
