"""Call back whom nobody answered (回访任务): take a task, give it back, say what came of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from gongdan.core.interactions.callback_list import unknown_task
from gongdan.core.interactions.models import CallbackTask, CallbackTaskCall, CallPart
from gongdan.kernel import clock
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import Conflict, Invalid
from gongdan.outbox.log import NewEvent, append_to

LONGEST = timedelta(days=30)
MOST_TRIED = 50  # calls linked at a time


def take_task(task_id: int, *, actor: Actor) -> None:
    """Make it mine; the row count of one conditional update decides between two. Taking it twice changes nothing.

    Raises NotFound unknown_task; Conflict taken_already, task_over.
    """
    free = CallbackTask.objects.filter(pk=task_id, state="open")
    now = clock.now()
    taken = {"state": "taken", "taken_by_id": actor.staff_id, "taken_at": now, "version": F("version") + 1}
    if free.update(**taken):
        return
    columns = ("state", "taken_by_id", "taken_by__name")
    found = CallbackTask.objects.filter(pk=task_id).values_list(*columns).first()
    if found is None:
        raise unknown_task()
    state, holder, name = found
    if state != "taken":
        raise Conflict("task_over", "This callback task is over.")
    if holder != actor.staff_id:
        raise Conflict("taken_already", f"{name} has taken this callback task already.", holder=name)


def give_back_task(task_id: int, *, actor: Actor) -> None:
    """Let others take it. Raises NotFound unknown_task; Conflict task_not_yours."""
    with transaction.atomic():
        task = _mine(task_id, actor)
        _link_tried(task)
        _free(task)
        _save(task)


def tell_result(
    task_id: int, result: str, note: str = "", *, actor: Actor, next_try_at: datetime | None = None
) -> None:
    """What came of calling back: reached ends it, wrong_number gives it up, not_reached opens it again for a next try,
    from `next_try_at` on. Calls made to the number since it was taken are noted with it.

    Raises NotFound unknown_task; Conflict task_not_yours; Invalid next_try_past.
    """
    now = clock.now()
    if next_try_at is not None and not now < next_try_at <= now + LONGEST:
        raise Invalid(
            "next_try_past", "The next try lies between now and thirty days from now.", field="next_try_at"
        )
    with transaction.atomic():
        task = _mine(task_id, actor)
        _link_tried(task)
        task.result, task.note = result, note
        if result == "not_reached":
            task.tries = min(task.tries + 1, 32_000)
            task.not_before = next_try_at
            _free(task)
        else:
            task.state = "done" if result == "reached" else "given_up"
            task.done_at = now
            told = {
                "state": task.state,
                "result": result,
                "tries": task.tries,
                **({"note": note} if note else {}),
            }
            append_to("callback_task", task.pk, [NewEvent("CallbackTaskEnded", told)], actor=actor, at=now)
        _save(task)


def _mine(task_id: int, actor: Actor) -> CallbackTask:
    task = CallbackTask.objects.select_for_update(no_key=True).filter(pk=task_id).first()
    if task is None:
        raise unknown_task()
    if task.state != "taken" or task.taken_by_id != actor.staff_id:
        raise Conflict("task_not_yours", "Take the callback task first.")
    return task


def _free(task: CallbackTask) -> None:
    task.state, task.taken_by_id, task.taken_at = "open", None, None


def _save(task: CallbackTask) -> None:
    task.version += 1
    columns = ("state", "taken_by", "taken_at", "tries", "not_before", "result", "note", "done_at", "version")
    task.save(update_fields=columns)


def _link_tried(task: CallbackTask) -> None:
    """Note the calls that whoever took it made to the number since then."""
    if task.taken_at is None or task.taken_by_id is None:
        return
    made = CallPart.objects.filter(
        staff_id=task.taken_by_id, rang_at__gte=task.taken_at, direction="outbound"
    )
    ids = made.filter(call__customer_number=task.number).values_list("call_id", flat=True).distinct()
    CallbackTaskCall.objects.bulk_create(
        [CallbackTaskCall(task=task, call_id=call_id, how="tried") for call_id in ids[:MOST_TRIED]],
        ignore_conflicts=True,
    )
