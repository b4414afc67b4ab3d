"""Calls that nobody answered become callback tasks (回访任务), one per number; who gets through needs none any more.

Runs inside `take_in`'s transaction. A number's lock keeps two processes from making two tasks of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain

from gongdan.core.customers.phone import mask
from gongdan.core.interactions import readings, rows
from gongdan.core.interactions.models import Call, CallbackTask, CallbackTaskCall, LineSettings
from gongdan.core.interactions.taken_call import TakenCall
from gongdan.kernel import sql
from gongdan.kernel.actor import Actor
from gongdan.outbox.log import NewEvent, append_to_each

MISSED = frozenset({"abandoned", "missed", "refused", "lost"})
_OPEN = "number = ANY(%s::text[]) AND state IN ('open', 'taken') ORDER BY id FOR NO KEY UPDATE"
_NOTED = "SELECT call_id FROM interactions_callbacktaskcall WHERE call_id = ANY(%s::bigint[])"
_COLUMNS = (
    "customer_id",
    "queue",
    "line",
    "calls",
    "first_call_at",
    "last_call_at",
    "state",
    "result",
    "done_at",
    "version",
)


def to_call_back(call: Call, settings: LineSettings) -> bool:
    """Whether somebody should call back: nobody answered, and the caller can be called and did not hang up at once."""
    if call.direction != "inbound" or call.outcome not in MISSED or not call.customer_number:
        return False
    return not (call.outcome == "abandoned" and call.waiting_seconds < settings.short_abandon_seconds)


@dataclass(slots=True)
class _Book:
    """The open tasks of the numbers of a batch, and what becomes of them."""

    now: datetime
    merge: timedelta
    open: dict[str, CallbackTask]
    made: list[CallbackTask] = field(default_factory=list)
    changed: list[CallbackTask] = field(default_factory=list)
    links: list[CallbackTaskCall] = field(default_factory=list)
    ended: list[CallbackTask] = field(default_factory=list)
    made_for: list[tuple[CallbackTask, Call]] = field(default_factory=list)

    def miss(self, call: Call) -> None:
        at = call.ended_at or call.began_at
        task = self.open.get(call.customer_number)
        if task is not None and task.state == "open" and at - task.last_call_at > self.merge:
            self._end(task, "given_up", "")
            task = None
        if task is None:
            task = self._make(call, at)
        else:
            self._join(task, call, at)
        self.links.append(CallbackTaskCall(task=task, call=call))

    def _make(self, call: Call, at: datetime) -> CallbackTask:
        number = call.customer_number
        task = CallbackTask(number=number, customer_id=call.customer_id, queue=call.queue, line=_line(call))
        task.first_call_at = task.last_call_at = at
        self.open[number] = task
        self.made.append(task)
        self.made_for.append((task, call))
        return task

    def _join(self, task: CallbackTask, call: Call, at: datetime) -> None:
        task.calls += 1
        task.first_call_at, task.last_call_at = min(task.first_call_at, at), max(task.last_call_at, at)
        task.customer_id = task.customer_id or call.customer_id
        task.queue, task.line = call.queue or task.queue, _line(call) or task.line
        self._note(task)

    def reach(self, call: Call) -> None:
        """They talked: a task that nobody has taken yet is done."""
        task = self.open.get(call.customer_number)
        if (
            task is None
            or task.state != "open"
            or call.answered_at is None
            or task.last_call_at > call.answered_at
        ):
            return
        self._end(task, "done", "called_again" if call.direction == "inbound" else "reached")

    def _end(self, task: CallbackTask, state: str, result: str) -> None:
        task.state, task.result, task.done_at = state, result, self.now
        del self.open[task.number]
        self.ended.append(task)
        self._note(task)

    def _note(self, task: CallbackTask) -> None:
        if task not in self.made and task not in self.changed:
            task.version += 1
            self.changed.append(task)


def follow(calls: Sequence[TakenCall], settings: LineSettings, *, now: datetime, actor: Actor) -> None:
    """Make, join and end tasks after the calls of a batch, which are written. At most a handful of statements."""
    # Not only when the outcome is new: the number may be told last.
    missed = [one.call for one in calls if to_call_back(one.call, settings)]
    reached = [one.call for one in calls if one.call.customer_number and _got_through(one)]
    numbers = {call.customer_number for call in chain(missed, reached)}
    if not numbers:
        return
    readings.lock(readings.NUMBERS, numbers)
    tasks = sql.fetch(CallbackTask, _OPEN, [sorted(numbers)])
    book = _Book(now, timedelta(days=settings.merge_days), {task.number: task for task in tasks})
    noted = {key for (key,) in sql.execute(_NOTED, [[call.pk for call in missed]])} if missed else set()
    told = [(call.ended_at, call.pk, call, False) for call in missed if call.pk not in noted]
    told += [(call.answered_at, call.pk, call, True) for call in reached]
    for _, _, call, was_reached in sorted(told, key=lambda one: (one[0] or now, one[1], one[3])):
        if was_reached:
            book.reach(call)
        else:
            book.miss(call)
    _write(book, actor)


def _got_through(one: TakenCall) -> bool:
    return (
        one.call.answered_at is not None and (one.call.answered_at, one.call.customer_number) != one.reached
    )


def _write(book: _Book, actor: Actor) -> None:
    for task, key in zip(book.made, rows.new_keys(CallbackTask, len(book.made)), strict=True):
        task.pk = key
    for link in book.links:
        link.task_id = link.task.pk
    rows.update_all(book.changed, _COLUMNS)
    rows.insert_all(book.made)
    rows.insert_all(book.links, once=True)
    made = {task.pk: _made(task, call) for task, call in book.made_for}
    append_to_each("callback_task", made, actor=actor, at=book.now)
    ended = {task.pk: _ended(task) for task in book.ended}
    append_to_each("callback_task", ended, actor=actor, at=book.now)


def _ended(task: CallbackTask) -> NewEvent:
    return NewEvent("CallbackTaskEnded", {"state": task.state, "result": task.result, "tries": task.tries})


def _made(task: CallbackTask, call: Call) -> NewEvent:
    data = {"number": mask(task.number), "call_id": call.pk}
    if task.queue:
        data["queue"] = task.queue
    if task.customer_id:
        data["customer_id"] = task.customer_id
    return NewEvent("CallbackTaskMade", data)


def _line(call: Call) -> str:
    return call.line or call.dialled[:40]
