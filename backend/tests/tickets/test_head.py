"""What an agent cannot solve goes up: a node that the head of a department handles."""

from __future__ import annotations

from gongdan.core.catalogue.models import Category
from tests.tickets.conftest import World, publish

ESCALATION = """
flow: escalation
title: {zh-Hans: 上报, en: Escalation}
nodes:
  intake: {kind: start}
  head: {kind: task, handled_by: head of department of category}
  done: {kind: end}
edges:
  - intake -> head -> done
"""


def _category(world: World) -> None:
    flow = publish(ESCALATION)
    made = Category.objects.create(code="up", name="上报", flow=flow, entry_department=world.o.network)
    made.path = f"{made.pk}."
    made.save()


def test_the_head_of_the_department_gets_it(world: World) -> None:
    _category(world)
    world.o.network.head = world.o.head
    world.o.network.save()
    number = world.number("up")
    assert world.page(world.o.head, number)["present"][0]["handler"]["name"] == "赵强"
    world.done(world.o.head, number, "accept")


def test_without_a_head_the_department_gets_it(world: World) -> None:
    _category(world)
    present = world.page(world.o.clerk, world.number("up"))["present"][0]
    assert present["handler"] is None
    assert present["department"]["id"] == world.o.network.pk
