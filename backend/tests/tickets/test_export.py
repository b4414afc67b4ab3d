"""The spreadsheet: the list's filters, the one permission rule, and text that stays text."""

from __future__ import annotations

import io

import openpyxl

from gongdan.core.staff.models import Staff
from tests.tickets.conftest import World


def _sheet(world: World, who: Staff, query: str = "") -> list[tuple[object, ...]]:
    client = world.by(who)
    raw = client.django.get(f"/api/v1/tickets/export{query}", headers=client.headers).content
    return list(openpyxl.load_workbook(io.BytesIO(raw))["tickets"].iter_rows(values_only=True))


def test_the_sheet_holds_what_one_may_see(world: World) -> None:
    number = world.number("complaint", body="=1+1 网速慢")
    world.number("consultation")
    rows = _sheet(world, world.o.admin, "?kind=complaint")
    assert rows[0][0] == "工单编号"
    assert [row[0] for row in rows[1:]] == [number]
    assert rows[1][3] == "=1+1 网速慢"
    assert rows[1][13] == "核实"
    assert (rows[1][1], rows[1][4], rows[1][5]) == ("投诉", "处理中", "普通")
    assert _sheet(world, world.o.stranger) == [rows[0]]


def test_the_heading_speaks_the_readers_language(world: World) -> None:
    assert _sheet(world, world.o.admin, "?locale=en")[0][0] == "Number"


def test_a_bad_filter_is_refused(world: World) -> None:
    answer = world.by(world.o.admin).get("/tickets/export", priority=9)
    assert (answer.status, answer.code) == (422, "invalid_input")
