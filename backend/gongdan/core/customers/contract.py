"""What a customer has agreed with us, as far as limits depend on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongdan.core.customers.models import Customer

FIELD = "contract"


def contract_in(fields: Mapping[str, Any]) -> str:
    """The text of the customer's field `contract`; "" for a customer without one."""
    return str(fields.get(FIELD) or "")


def contract_of(customer_id: int | None) -> str:
    """The same, looked up. One statement, none without a customer."""
    if customer_id is None:
        return ""
    fields = Customer.objects.filter(pk=customer_id).values_list("fields", flat=True).first()
    return contract_in(fields or {})
