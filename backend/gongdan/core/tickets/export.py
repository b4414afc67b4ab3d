"""A list of tickets as a spreadsheet: the same filter and the same permission rule as the list on the screen.

Rows are read page by page, so a long export keeps little in memory. What a customer wrote is text in the sheet, never a
formula; characters that no sheet can hold are shown as �.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from gongdan.core.staff.grants import StaffGrants
from gongdan.core.tickets import selectors, words
from gongdan.core.tickets.rows import Row
from gongdan.core.tickets.selectors import TicketFilter

PAGE = 500
MOST_ROWS = 50_000
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # for XML


def spreadsheet(grants: StaffGrants, chosen: TicketFilter, locale: str) -> bytes:
    """An XLSX file with a heading and at most `MOST_ROWS` tickets, newest first. Times are local."""
    rows = _rows(grants, chosen)
    rows = chain(list(islice(rows, 1)), rows)  # a filter is refused before anything is begun
    book = Workbook(write_only=True)
    sheet = book.create_sheet("tickets")
    sheet.append(list(words.HEADINGS[locale]))
    for row in rows:
        sheet.append([_cell(sheet, value) for value in _values(row, locale)])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _rows(grants: StaffGrants, chosen: TicketFilter) -> Iterator[Row]:
    before_id: int | None = None
    for _ in range(MOST_ROWS // PAGE):
        page = selectors.ticket_list(grants, chosen, before_id=before_id, limit=PAGE)
        yield from page
        if len(page) < PAGE:
            return
        before_id = page[-1]["id"]


def _values(row: Row, locale: str) -> list[Any]:
    customer = row["customer"] or {}
    present = row["present"]
    say = words.CODES[locale]
    return [
        row["number"],
        say[row["kind"]],
        " › ".join(row["category"]["path"]),
        row["subject"],
        say[row["state"]],
        words.priority(row["priority"], locale),
        say[row["channel"]],
        customer.get("name", ""),
        customer.get("level", ""),
        row["requester_name"],
        _local(row["opened_at"]),
        _local(row["required_end"]),
        _local(row["actual_end"]),
        "、".join(dict.fromkeys(_title(item["node_title"], locale) for item in present)),
        "、".join(dict.fromkeys(item["handler"]["name"] for item in present if item["handler"])),
    ]


def _title(titles: dict[str, str], locale: str) -> str:
    return titles.get(locale) or next(iter(titles.values()), "")


def _local(moment: Any) -> Any:
    return timezone.localtime(moment).replace(tzinfo=None) if moment else None


def _cell(sheet: Any, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=UNFIT.sub("\ufffd", value))
    cell.data_type = "s"
    return cell
