"""The number behind something one may see, for dialling it: whoever sees it masked may still call."""

from __future__ import annotations

from gongdan.core.customers.access import find_visible
from gongdan.core.customers.models import Contact, ContactKind
from gongdan.core.interactions.access import require
from gongdan.core.interactions.models import Call, CallbackTask
from gongdan.core.staff.grants import StaffGrants
from gongdan.kernel.errors import Conflict, NotFound


def number_of_call(call_id: int, grants: StaffGrants) -> str:
    """The customer's number of a call one may see, "" when it was withheld. Raises unknown_call."""
    require(grants, call_id)
    return Call.objects.values_list("customer_number", flat=True).get(pk=call_id)


def number_of_task(task_id: int, grants: StaffGrants) -> str:
    """The number of a callback task one has taken. Raises unknown_task; Conflict task_not_yours."""
    found = CallbackTask.objects.filter(pk=task_id).values_list("number", "taken_by_id", "state").first()
    if found is None:
        raise NotFound("unknown_task", "There is no such callback task.")
    number, holder, state = found
    if state != "taken" or holder != grants.staff_id:
        raise Conflict("task_not_yours", "Take the callback task first.")
    return number


def number_of_contact(customer_id: int, contact_id: int, grants: StaffGrants) -> str:
    """A telephone number of a customer one may see. Raises unknown_customer, unknown_contact."""
    find_visible(customer_id, grants)
    phones = Contact.objects.filter(pk=contact_id, customer_id=customer_id, kind=ContactKind.PHONE)
    value = phones.values_list("value", flat=True).first()
    if value is None:
        raise NotFound("unknown_contact", "There is no such number of this customer.")
    return value
