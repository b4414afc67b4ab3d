"""Rows of calls that somebody else chose: what stands behind a number of a report. Asks no right to see calls; numbers
and customers are shown by their own rules."""

from __future__ import annotations

from collections.abc import Collection

from gongdan.core.interactions import call_rows
from gongdan.core.interactions.models import Call
from gongdan.core.staff.grants import StaffGrants


def rows_of(call_ids: Collection[int], grants: StaffGrants) -> dict[int, call_rows.Row]:
    """The rows by call id. One statement, none for no ids."""
    if not call_ids:
        return {}
    return {row["id"]: row for row in call_rows.rows(Call.objects.filter(pk__in=call_ids), grants)}
