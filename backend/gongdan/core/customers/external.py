"""Customers by the ids they have elsewhere, many at once."""

from __future__ import annotations

from collections.abc import Collection

from gongdan.core.customers.models import Customer


def customers_by_external_id(external_ids: Collection[str]) -> dict[str, int]:
    """The ids of the customers among these external ids. One statement, none for no ids."""
    if not external_ids:
        return {}
    rows = Customer.objects.filter(external_id__in=list(external_ids)).values_list("external_id", "id")
    return {external: customer_id for external, customer_id in rows if external}
