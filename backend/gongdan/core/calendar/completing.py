"""A calendar version whose years lacked their official tables, completed by those that have come since.

Promise: the completed version says the same but for the tables; hours that were changed meanwhile stay out of it, for
a clock keeps the rules it started with.
"""

from __future__ import annotations

from django.db.models import Max

from gongdan.core.calendar.definition import from_json
from gongdan.core.calendar.models import CalendarVersion, WorkingCalendar
from gongdan.core.calendar.tables import newest
from gongdan.kernel import clock
from gongdan.kernel.actor import Actor


def completed(version_id: int, *, actor: Actor) -> CalendarVersion | None:
    """The version with the same definition and all tables there are; made if there is none. None when no year that
    this one lacks has a table. Call inside a transaction."""
    old = CalendarVersion.objects.select_related("calendar").get(pk=version_id)
    kept = {str(year): table.pk for year, table in newest(from_json(old.definition).holidays).items()}
    years = sorted(set(kept) - set(old.tables))
    if not years:
        return None
    calendar = WorkingCalendar.objects.select_for_update(of=("self",)).get(pk=old.calendar_id)
    alike = calendar.versions.filter(definition=old.definition, tables=kept).order_by("-number").first()
    return alike or CalendarVersion.objects.create(
        calendar=calendar,
        number=next_number(calendar),
        definition=old.definition,
        tables=kept,
        reason="holidays:" + ",".join(years[-20:]),
        created_at=clock.now(),
        created_by_id=actor.staff_id,
    )


def next_number(calendar: WorkingCalendar) -> int:
    """The number of the calendar's next version; its row is locked."""
    return int(calendar.versions.aggregate(last=Max("number"))["last"] or 0) + 1
