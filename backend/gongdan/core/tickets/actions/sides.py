"""Side items: asking others while one stays in charge. What consult, co-handle and countersign share."""

from __future__ import annotations

from collections.abc import Iterable

from gongdan.core.tickets import names
from gongdan.core.tickets.actions.follow import new_item
from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.models import Duty, WorkItem
from gongdan.core.tickets.routing import Place
from gongdan.kernel.errors import Invalid

MOST_SIDES = 50


def ask_people(
    work: Work, lead: WorkItem, people: Iterable[int], duty: Duty, question: str, needed: int | None = None
) -> list[WorkItem]:
    """One side item per person. Refused: oneself, unknown or absent people, somebody asked already."""
    wanted = list(dict.fromkeys(people))
    _refuse_wrong(work, lead, wanted)
    return [_ask(work, lead, _with(person_id), duty, question, needed) for person_id in wanted]


def ask_departments(work: Work, lead: WorkItem, departments: Iterable[int], question: str) -> list[WorkItem]:
    """One side item per department's queue."""
    asked = []
    for department_id in dict.fromkeys(departments):
        unit = names.department(department_id)
        if unit is None or not unit.active:
            raise Invalid(
                "unknown_department", "There is no such department.", field="departments", id=department_id
            )
        asked.append(_ask(work, lead, Place(department_id=department_id), Duty.CO_HANDLER, question, None))
    return asked


def _with(person_id: int) -> Place:
    person = names.person(person_id)
    return Place(department_id=person.department_id if person else None, handler_id=person_id)


def _ask(work: Work, lead: WorkItem, place: Place, duty: Duty, question: str, needed: int | None) -> WorkItem:
    return new_item(
        work,
        lead.token,
        work.node(lead),
        place,
        duty=duty,
        stay=lead.stay,
        parent=lead,
        question=question,
        needed=needed,
        due_at=lead.due_at,
        warn_at=lead.warn_at,
    )


def _refuse_wrong(work: Work, lead: WorkItem, wanted: list[int]) -> None:
    if work.actor.staff_id in wanted:
        raise Invalid("ask_others", "Ask somebody other than yourself.", field="people")
    absent = [one for one in wanted if (found := names.person(one)) is None or not found.active]
    if absent:
        raise Invalid("unknown_person", "There is no such person at work.", field="people", ids=absent)
    sides = [item for item in work.open_items if item.parent_id == lead.pk]
    asked = {item.handler_id for item in sides} & set(wanted)
    if asked:
        people = [names.staff_name(one) for one in asked]
        raise Invalid(
            "asked_already", f"{', '.join(people)} has been asked already.", field="people", people=people
        )
    if len(sides) + len(wanted) > MOST_SIDES:
        raise Invalid("too_many_people", f"At most {MOST_SIDES} people can be asked at once.", field="people")


def told(items: Iterable[WorkItem]) -> list[int]:
    return [item.handler_id for item in items if item.handler_id]
