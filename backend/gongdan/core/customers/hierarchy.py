"""Which customer belongs to which: a group, its companies, their branches. No circles, and not deeper than `DEEPEST`."""

from __future__ import annotations

from django.db import connection

from gongdan.kernel.errors import Invalid

DEEPEST = 8
HIERARCHY_LOCK = 0x68696572  # pg_advisory_xact_lock key: two moves at once could make a circle together

_ABOVE = """
WITH RECURSIVE above (id, parent_id, depth) AS (
  SELECT id, parent_id, 1 FROM customers_customer WHERE id = %s
  UNION ALL
  SELECT one.id, one.parent_id, above.depth + 1 FROM customers_customer one JOIN above ON one.id = above.parent_id
  WHERE above.depth < 50)
SELECT id FROM above ORDER BY depth
"""
_HEIGHT = """
WITH RECURSIVE below (id, depth) AS (
  SELECT id, 1 FROM customers_customer WHERE id = %s
  UNION ALL
  SELECT one.id, below.depth + 1 FROM customers_customer one JOIN below ON one.parent_id = below.id
  WHERE below.depth < 50)
SELECT max(depth) FROM below
"""


def ids_above(customer_id: int) -> list[int]:
    """The customer, its parent, the parent's parent, … One query."""
    with connection.cursor() as cursor:
        cursor.execute(_ABOVE, [customer_id])
        return [row[0] for row in cursor.fetchall()]


def require_place(customer_id: int | None, parent_id: int) -> None:
    """Raise Invalid `would_be_circle` or `too_deep` if a customer (None: a new one) cannot be below `parent_id`.

    Takes the lock of the hierarchy until the transaction ends.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [HIERARCHY_LOCK])
        above = ids_above(parent_id)
        if customer_id in above:
            raise Invalid(
                "would_be_circle", "A customer cannot be below itself.", field="parent_id", category=parent_id
            )
        height = 1
        if customer_id is not None:
            cursor.execute(_HEIGHT, [customer_id])
            height = cursor.fetchone()[0]
    if len(above) + height > DEEPEST:
        raise Invalid(
            "too_deep", f"Customers are at most {DEEPEST} levels deep.", field="parent_id", deepest=DEEPEST
        )
