"""A person who sees few tickets finds them by the index on parties, however many there are."""

from __future__ import annotations

from django.db import connection

from gongdan.core.staff.grants import grants_of
from gongdan.core.tickets.access import TicketFacts, visible_q
from gongdan.core.tickets.models import Ticket
from tests.access.rows import category, flow_version, insert
from tests.company import Organisation

OTHERS, MINE = 6_000, 20


def test_a_narrow_scope_uses_the_index_on_parties(organisation: Organisation) -> None:
    where = category("any").pk
    some = [TicketFacts([f"p:{1_000_000 + number % 500}", "d:999"], where, "") for number in range(OTHERS)]
    own = [TicketFacts([f"p:{organisation.agent.pk}"], where, "")] * MINE
    insert([*some[: OTHERS // 2], *own, *some[OTHERS // 2 :]], flow_version())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE tickets_ticket")
    page = Ticket.objects.filter(visible_q(grants_of(organisation.agent.pk))).order_by("-id")[:50]
    assert len(page) == MINE
    plan = page.explain()
    assert "ticket_parties" in plan, plan
    assert "Seq Scan" not in plan
