"""Lists of callback tasks (回访任务): whom nobody answered and who is to be called. Paged by key, in few statements."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from gongdan.core.interactions import line_words, phone_page, shown
from gongdan.core.interactions.models import CallbackTask, CallbackTaskCall
from gongdan.core.staff.grants import StaffGrants
from gongdan.kernel import clock
from gongdan.kernel.errors import NotFound

Row = dict[str, Any]
Key = tuple[datetime, int]
OVER = ["done", "given_up"]
PLAIN = (
    *("id", "calls", "first_call_at", "last_call_at", "state", "tries", "not_before", "result", "note"),
    *("taken_at", "done_at", "version"),
)
COLUMNS = (*PLAIN, "number", "queue", "line", "taken_by_id", "taken_by__name", *shown.CUSTOMER)


def page(grants: StaffGrants, state: str, *, after: Key | None, limit: int) -> list[Row]:
    """At most `limit` tasks. open: whose time has come, who waits longest first; later: to be tried again another time;
    mine: what I have taken; done: what is over, newest first. Two statements."""
    tasks = CallbackTask.objects.filter(_of(state, grants))
    if state == "done":
        older = tasks.filter(pk__lt=after[1]) if after else tasks
        return _rows(older.order_by("-id")[:limit], grants)
    if after is not None:
        at, identity = after
        tasks = tasks.filter(Q(last_call_at__gte=at), Q(last_call_at__gt=at) | Q(id__gt=identity))
    return _rows(tasks.order_by("last_call_at", "id")[:limit], grants)


def _of(state: str, grants: StaffGrants) -> Q:
    now = clock.now()
    if state == "mine":
        return Q(state="taken", taken_by_id=grants.staff_id)
    if state == "done":
        return Q(state__in=OVER)
    if state == "later":
        return Q(state="open", not_before__gt=now)
    return Q(state="open") & (Q(not_before__isnull=True) | Q(not_before__lte=now))


def one(task_id: int, grants: StaffGrants) -> Row:
    """One task. Raises unknown_task."""
    found = _rows(CallbackTask.objects.filter(pk=task_id), grants)
    if not found:
        raise unknown_task()
    return found[0]


def unknown_task() -> NotFound:
    return NotFound("unknown_task", "There is no such callback task.")


def _rows(tasks: QuerySet[CallbackTask], grants: StaffGrants) -> list[Row]:
    found = list(tasks.values(*COLUMNS))
    calls = _calls([row["id"] for row in found])
    return [_row(row, calls.get(row["id"], []), grants) for row in found]


def _calls(task_ids: Collection[int]) -> dict[int, list[Row]]:
    grouped: dict[int, list[Row]] = {}
    if task_ids:
        rows = CallbackTaskCall.objects.filter(task_id__in=task_ids).order_by("call_id")
        for row in rows.values("task_id", "call_id", "how", "call__began_at", "call__outcome"):
            grouped.setdefault(row["task_id"], []).append(dict(row))
    return grouped


def _row(row: Row, calls: list[Row], grants: StaffGrants) -> Row:
    mine = row["state"] == "taken" and row["taken_by_id"] == grants.staff_id
    clear = mine or shown.may_reveal(grants, row["customer__level_id"])
    return {
        **{name: row[name] for name in PLAIN},
        "number": shown.number(row["number"], clear=clear),
        "customer": shown.customer(row, grants),
        "queue_title": line_words.queue_title_anywhere(row["queue"]) if row["queue"] else "",
        "line_label": line_words.line_label(row["line"]) or row["line"],
        "taken_by": shown.person(row["taken_by_id"], row["taken_by__name"]),
        "missed": [_call(one) for one in calls if one["how"] == "missed"],
        "tried": [_call(one) for one in calls if one["how"] == "tried"],
    }


def _call(one: Row) -> Row:
    return {"call_id": one["call_id"], "at": one["call__began_at"], "outcome": one["call__outcome"]}


def open_count() -> int:
    """How many wait to be taken; counts up to a hundred."""
    return phone_page.callbacks_open(clock.now())
