"""Cards (黄牌, 红牌): issued by clocks, to whoever has the work; acknowledged, appealed, upheld or withdrawn by people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gongdan.core.sla import clock as counting
from gongdan.core.staff import tree
from gongdan.core.tickets import names, reckoning
from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.models import Card, Clock, Colour, Duty, WorkItem
from gongdan.core.tickets.reckoning import departments_above


def issue_overdue(work: Work, clock: Clock, spent: int) -> None:
    """The cards of stages that lie before `spent` counted seconds and were not issued, in order, each once.

    What the ladder would have done besides is left: the clock is being stopped, there is nobody to press any more.
    """
    if clock in work.new_clocks:
        return  # it has not been written yet; the next sweep sees to it
    segments, time = reckoning.segments_of(clock), reckoning.time_of(clock)
    stages = reckoning.stages_of(clock)
    while clock.stage < len(stages) and stages[clock.stage].after < spent:
        stage = stages[clock.stage]
        due = counting.moment_of(segments, time, stage.after)
        if stage.kind != "step" and due is not None:
            issue(work, clock, Colour(stage.kind), due)
        clock.stage += 1


def issue(work: Work, clock: Clock, colour: Colour, due: datetime) -> None:
    """Make out a card that was due at `due`, naming who is liable."""
    if colour == Colour.RED:
        clock.breached_at = clock.breached_at or due
    item = liable_item(work, clock)
    department_id = _department_of(work, item)
    staff_id = item.handler_id if item else None
    before = [stage for stage in reckoning.stages_of(clock)[: clock.stage] if stage.kind == colour]
    step = len(before) + 1 if colour == Colour.YELLOW else 1
    work.cards.append(
        Card(
            ticket_id=work.ticket.pk,
            clock_id=clock.pk,
            clock_kind=clock.kind,
            node=clock.node,
            colour=colour,
            step=step,
            department_id=department_id,
            staff_id=staff_id,
            due_at=due,
            issued_at=work.now,
        )
    )
    if work.ticket.card != Colour.RED:
        work.ticket.card = colour
    work.say(
        "CardIssued",
        colour=colour,
        clock=clock.kind,
        node=clock.node,
        step=step,
        due_at=due.isoformat(),
        department_id=department_id,
        department=names.department_name(department_id),
        handler_id=staff_id,
        handler=names.staff_name(staff_id),
        notify=_told(department_id, staff_id, colour),
    )


def _department_of(work: Work, item: WorkItem | None) -> int | None:
    """Where the work lies; a role's queue lies where all its holders are, or failing that with who opened the ticket."""
    if item is not None and item.department_id:
        return item.department_id
    people = [names.person(one) for one in names.holders(item.role)] if item and item.role else []
    places = {person.department_id for person in people if person is not None}
    return places.pop() if len(places) == 1 else work.ticket.opened_department_id


def liable_item(work: Work, clock: Clock) -> WorkItem | None:
    """The work item whose holder is liable: of the clock's stay; for the whole the one that has been open longest, and
    when all is done the last one."""
    return _of(clock, work.open_items) or _of(clock, list(reversed(work.past)))


def _of(clock: Clock, items: Sequence[WorkItem]) -> WorkItem | None:
    """The first lead or signer; for a clock of one stay only those of its token."""
    mine = (item for item in items if clock.token is None or item.token == clock.token)
    return next((item for item in mine if item.duty in (Duty.LEAD, Duty.SIGNER)), None)


def heads_above(department_id: int | None) -> list[int]:
    """The heads at work of a department and those above it, nearest first, each once."""
    places = tree.places()
    heads = [places[one].head_id for one in departments_above(department_id)]
    active = [one for one in heads if one and (person := names.person(one)) and person.active]
    return list(dict.fromkeys(active))


def heads_over(department_id: int | None) -> list[int]:
    """The heads at work of the departments above a department, nearest first; its own head is not among them."""
    place = tree.places().get(department_id) if department_id else None
    own = place.head_id if place else None
    above = departments_above(department_id)[1:2]
    return [head for head in heads_above(above[0] if above else None) if head != own]


def _told(department_id: int | None, staff_id: int | None, colour: Colour) -> list[int]:
    """The liable person; for a red card, or where nobody has taken it yet, the head of the department too."""
    told = [staff_id] if staff_id else []
    if colour == Colour.RED or staff_id is None:
        told += heads_above(department_id)[:1]
    return list(dict.fromkeys(told))
