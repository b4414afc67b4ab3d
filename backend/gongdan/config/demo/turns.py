"""Whose turn it is in the demo company: the person who would do a step, from the work items of the ticket."""

from __future__ import annotations

from dataclasses import dataclass

from gongdan.config.demo.people import DEPARTMENTS, PEOPLE
from gongdan.config.demo.steps import Step
from gongdan.core.staff.models import Department, Staff
from gongdan.core.tickets.models import OPEN_ITEM, Duty, ItemState, WorkItem
from gongdan.kernel.actor import Actor

PARENT = {code: parent for code, _, parent in DEPARTMENTS}
WORKERS = ("handler", "agent", "supervisor", "department_head")


@dataclass(slots=True)
class Living:
    """A ticket under way, as far as its next step needs it. `opener` is a user name."""

    id: int
    number: str
    opener: str
    state: str


class Turns:
    """Finds items and people; loaded once."""

    def __init__(self) -> None:
        self.ids: dict[str, int] = dict(Staff.objects.values_list("username", "id"))
        self.usernames = {staff_id: name for name, staff_id in self.ids.items()}
        self.departments: dict[str, int] = dict(Department.objects.values_list("code", "id"))
        self.department_codes = {key: code for code, key in self.departments.items()}
        self.names = {person.username: person.name for person in PEOPLE}

    def actor(self, username: str) -> Actor:
        return Actor(kind="staff", name=self.names[username], staff_id=self.ids[username], via="desk")

    def item(self, ticket: Living, step: Step) -> WorkItem | None:
        """The open work item a step is about: waiting ones for accepting, held ones for the rest."""
        items = list(WorkItem.objects.filter(OPEN_ITEM, ticket_id=ticket.id).order_by("seq"))
        if step.duty is not None:
            items = [item for item in items if item.duty == step.duty]
        elif step.node is not None:
            items = [item for item in items if item.node == step.node and item.parent_id is None]
        wanted = ItemState.WAITING if step.verb == "accept" else ItemState.ACCEPTED
        return next((item for item in items if item.state == wanted), items[0] if items else None)

    def who(self, ticket: Living, item: WorkItem | None, step: Step) -> str:
        """The user name of the one who does the step."""
        if step.who == "opener":
            return ticket.opener
        if step.who == "chief":
            return self._chief(item or WorkItem.objects.filter(ticket_id=ticket.id).order_by("seq").first())
        if step.who == "last":
            return self._last(ticket)
        if step.who is not None:
            return step.who
        assert item is not None, f"{ticket.number}: nothing open for {step}"
        return self.usernames[item.handler_id] if item.handler_id else self._candidate(ticket, item)

    def _candidate(self, ticket: Living, item: WorkItem) -> str:
        places = self._upwards(item) if item.department_id else [None]
        roles = (item.role,) if item.role else WORKERS
        refused = {item.avoid_id}
        if item.duty == Duty.SIGNER:
            together = WorkItem.objects.filter(ticket_id=ticket.id, token=item.token)
            refused |= set(together.values_list("handler_id", flat=True))
        for place in places:
            for role in roles:
                able = [one for one in PEOPLE if role in one.roles and place in (None, one.department)]
                free = [one.username for one in able if self.ids[one.username] not in refused]
                if free:
                    return free[ticket.id % len(free)]
        raise LookupError(f"Nobody in the demo company can take {item.node} of {ticket.number}.")

    def _chief(self, item: WorkItem | None) -> str:
        for place in self._upwards(item) if item is not None else []:
            for one in PEOPLE:
                if one.department == place and one.head and "department_head" in one.roles:
                    return one.username
        return "admin"

    def _upwards(self, item: WorkItem) -> list[str | None]:
        code: str | None = self.department_codes.get(item.department_id or 0)
        found: list[str | None] = []
        while code is not None:
            found.append(code)
            code = PARENT[code]
        return found

    def _last(self, ticket: Living) -> str:
        done = (
            WorkItem.objects.filter(ticket_id=ticket.id, state=ItemState.DONE)
            .exclude(left_by=None)
            .order_by("seq")
            .last()
        )
        return self.usernames[done.left_by_id or 0] if done else "admin"
