"""The number that a click on a (perhaps masked) number means, for dialling. No rules: each room decides who may see what."""

from __future__ import annotations

from gongdan.core.interactions.dial_numbers import number_of_call, number_of_contact, number_of_task
from gongdan.core.interactions.dialling import MASKED
from gongdan.core.staff.grants import StaffGrants
from gongdan.core.tickets.detail import visible_ticket


def to_dial(
    grants: StaffGrants,
    *,
    number: str,
    customer_id: int | None,
    contact_id: int | None,
    call_id: int | None,
    ticket: str | None,
    callback_task_id: int | None,
) -> str:
    """`number` as it was given, else the number of what was named, "" when nothing was. Raises what reading the thing
    raises for who may not see it."""
    if number and MASKED not in number:
        return number
    if callback_task_id is not None:
        return number_of_task(callback_task_id, grants)
    if call_id is not None:
        return number_of_call(call_id, grants)
    if contact_id is not None and customer_id is not None:
        return number_of_contact(customer_id, contact_id, grants)
    return visible_ticket(ticket, grants).requester_phone if ticket is not None else ""
