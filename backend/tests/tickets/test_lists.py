"""Lists: every filter, pages without gaps or doubles, statements that do not grow with rows, and indexes that are used."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongdan.core.staff.grants import grants_of
from gongdan.core.tickets import selectors, todo
from gongdan.core.tickets.models import Ticket, WorkItem
from tests.tickets import scenes
from tests.tickets.conftest import World

COPY = """
INSERT INTO {table} ({columns}) SELECT {values} FROM {table}, generate_series(1, %s) AS n WHERE id = %s
"""


def multiply(model: Any, pk: int, count: int, changes: dict[str, str]) -> None:
    """`count` copies of a row, `changes` being SQL of n by column. Only for plans, never for behaviour."""
    names = [field.column for field in model._meta.concrete_fields if field.column != "id" or "id" in changes]
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(changes.get(name, f'"{name}"') for name in names)
    with connection.cursor() as cursor:
        cursor.execute(COPY.format(table=model._meta.db_table, columns=columns, values=values), [count, pk])


def numbers(answer: Any) -> list[str]:
    return [row["number"] for row in answer["items"]]


def test_each_filter_finds_its_own(world: World) -> None:
    o = world.o
    one = world.number(
        customer_id=world.customer.pk, priority=4, requester={"name": "李", "phone": "13800138000"}
    )
    other = world.number("consultation", channel="email", external_id="X-1")
    world.done(o.clerk, one, "accept")
    spot = scenes.answered(world)
    client = world.by(o.admin)
    opened = client.get(f"/tickets/{other}")["opened_at"]
    for query, found in (
        ({"state": "open"}, [other, one]),
        ({"state": "closed"}, [spot]),
        ({"state": "living"}, [other, one]),
        ({"state": "ended"}, [spot]),
        ({"kind": "complaint"}, [one]),
        ({"category": "complaint"}, [one]),
        ({"department": o.billing.pk}, []),
        ({"department": o.service.pk}, [spot, other, one]),
        ({"handler": o.clerk.pk}, [one]),
        ({"customer": world.customer.pk}, [one]),
        ({"priority": 4}, [one]),
        ({"channel": "email"}, [other]),
        ({"opened_by": "me"}, []),
        ({"opened_by": o.agent.pk}, [spot, other, one]),
        ({"opened_after": opened}, [spot, other]),
        ({"opened_before": opened}, [one]),
        ({"q": one[-6:]}, [one]),
        ({"q": "X-1"}, [other]),
        ({"q": "138 0013 8000"}, [one]),
        ({"q": "宽带", "state": "open", "kind": "complaint"}, [one]),
    ):
        assert numbers(client.get("/tickets", **query)) == found, query
    assert numbers(world.by(o.stranger).get("/tickets")) == []
    assert numbers(world.by(o.agent_two).get("/tickets")) == []


def test_pages_have_no_gaps_and_no_doubles_while_tickets_are_opened(world: World) -> None:
    made = [world.number() for _ in range(7)]
    for path, who in (("/tickets", world.o.admin), ("/todo/department", world.o.clerk)):
        seen: list[str] = []
        after: str | None = None
        for _ in range(10):
            answer = world.by(who).get(path, limit=2, after=after)
            seen += numbers(answer)
            after = answer["next"]
            if after is None:
                break
            world.number()
        assert len(seen) == len(set(seen))
        assert set(made) <= set(seen)


def statements(ask: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert ask().status == 200
    return len(queries)


def test_statements_do_not_grow_with_rows(world: World) -> None:
    o = world.o
    number = scenes.at_approve(world)
    asked: list[Callable[[], Any]] = [
        lambda: world.by(o.admin).get("/tickets"),
        lambda: world.by(o.clerk).get("/tickets", q="宽带"),
        lambda: world.by(o.clerk).get("/todo/department"),
        lambda: world.by(o.clerk).get("/todo/mine"),
        lambda: world.by(o.reviewer).get("/todo/callbacks"),
        lambda: world.by(o.clerk).get("/todo/counts"),
        lambda: world.by(o.clerk).get("/records/mine"),
        lambda: world.page(o.head, number),
        lambda: world.track(number),
        lambda: world.by(o.clerk).get(f"/tickets/{number}/messages"),
    ]
    for _ in range(3):  # something in every list, so that no statement is left out for want of rows
        world.approved(world.number())
        scenes.accepted(world)
        world.number()
    few = [(ask(), statements(ask))[1] for ask in asked]
    for _ in range(4):
        world.approved(world.number())
        scenes.accepted(world)
        world.done(o.clerk, number, "append", body="补充")
        world.done(o.agent, number, "link", other=world.number())
    assert [statements(ask) for ask in asked] == few
    assert max(few) <= 16, few


def test_the_lists_are_read_by_index(world: World) -> None:
    number = world.number()
    ticket = Ticket.objects.get(number=number)
    item = WorkItem.objects.get(ticket=ticket, state="waiting")
    multiply(Ticket, ticket.pk, 5000, {
        "id": "1000000 + n", "number": "'copy-' || n", "external_id": "NULL",
        "state": "CASE WHEN mod(n, 50) = 0 THEN 'open' ELSE 'closed' END",
    })  # fmt: skip
    done = "CASE WHEN mod(n, 50) = 0 THEN 'waiting' ELSE 'done' END"
    multiply(WorkItem, item.pk, 5000, {"ticket_id": "1000000 + n", "state": done})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE tickets_ticket; ANALYZE tickets_workitem")
    clerk = grants_of(world.o.clerk.pk)
    for name in todo.LISTS:
        plan = todo._items(clerk, name, None).order_by("sort_at", "id")[:51].explain()
        assert "Seq Scan on tickets_workitem" not in plan, plan
        assert "Seq Scan on tickets_ticket" not in plan, plan
    for chosen in (selectors.TicketFilter(), selectors.TicketFilter(state="living")):
        for who in (world.o.admin, world.o.clerk):
            plan = selectors._page(grants_of(who.pk), chosen, None, 51).explain()
            assert "Seq Scan" not in plan, plan
    assert todo.counts(clerk)["department"] == {"count": 100, "more": True}
