"""What a policy may name: flows with their nodes, roles, calendars, and own fields of the categories in use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from gongdan.core.calendar import calendars
from gongdan.core.calendar.working_time import WorkingTime
from gongdan.core.catalogue import forms, resolve
from gongdan.core.staff.models import Role
from gongdan.kernel import clock

Flows = Mapping[str, Mapping[str, bool]]


@dataclass(frozen=True, slots=True)
class Known:
    """`flows` is {flow: {node: whether people work there}}; `time_of("")` is the calendar where none is named, None a
    calendar that does not exist. `now` is when what is checked would begin."""

    flows: Flows
    roles: frozenset[str]
    fields: frozenset[str]
    time_of: Callable[[str], WorkingTime | None]
    now: datetime


def known(flows: Flows) -> Known:
    """What there is now. One statement, and what is not cached."""
    return Known(
        flows=flows,
        roles=frozenset(Role.objects.values_list("code", flat=True)),
        fields=own_fields(),
        time_of=time_of,
        now=clock.now(),
    )


def own_fields() -> frozenset[str]:
    """The codes of every own field of an active category."""
    versions = {one.form_version_id for one in resolve.tree().by_id.values() if one.active}
    return frozenset(
        field.code for version in versions if version is not None for field in forms.form_of(version).fields
    )


def time_of(code: str) -> WorkingTime | None:
    """The working time of a calendar's current version; for "" that of the default calendar, or plain time."""
    if not code:
        return calendars.working_time(calendars.version_for(()))
    version_id = calendars.book().current.get(code)
    return None if version_id is None else calendars.working_time(version_id)
