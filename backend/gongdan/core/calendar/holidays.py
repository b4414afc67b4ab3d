"""The official tables of holidays and make-up days, taken from a kept library, and what follows when one comes.

Promise: a table that differs from what is kept becomes a further edition of its year, and every calendar of that
region gets a version that reckons with it; versions and tables already there never change. Nothing new, nothing written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version as version_of

from django.db import transaction

from gongdan.core.calendar.actions import current_definition, publish
from gongdan.core.calendar.models import HolidayTable, WorkingCalendar
from gongdan.core.calendar.tables import newest
from gongdan.kernel import clock
from gongdan.kernel.actor import Actor
from gongdan.outbox.log import NewEvent, append_to

Days = Mapping[str, list[str]]  # {"2026-02-14": ["makeup", "春节"]}


@dataclass(frozen=True, slots=True)
class Official:
    """What a source has: tables by (region, year), and the source's name with its version."""

    tables: Mapping[tuple[str, int], Days]
    source: str


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A calendar got a version because tables of `years` came or changed."""

    calendar_id: int
    version_id: int
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Refreshed:
    """`tables` are (region, year, edition)."""

    tables: tuple[tuple[str, int, int], ...] = ()
    versions: tuple[NewVersion, ...] = ()


def official() -> Official:
    """China's tables as the library has them. A year without a single holiday is not there yet."""
    from chinese_calendar.constants import Holiday, holidays, workdays

    tables: dict[tuple[str, int], dict[str, list[str]]] = {}
    for kind, days in (("holiday", holidays), ("makeup", workdays)):
        for day, name in days.items():
            table = tables.setdefault(("CN", day.year), {})
            table[day.isoformat()] = [kind, Holiday(name).chinese]
    published = {
        key: table for key, table in tables.items() if any(kind == "holiday" for kind, _ in table.values())
    }
    return Official(published, f"chinesecalendar {version_of('chinesecalendar')}")


def refresh(*, actor: Actor, source: Callable[[], Official] = official) -> Refreshed:
    """Take what is new from `source`; says which tables and which calendar versions were added.

    The caller corrects the clocks that were reckoned without them, in the same unit of work.
    """
    known = source()
    with transaction.atomic():
        # The lock on every calendar lets one refresh follow another, and no version appear in between.
        calendars = list(
            WorkingCalendar.objects.select_for_update(of=("self",)).select_related("current").order_by("id")
        )
        added = _add_tables(known, actor)
        versions = [made for one in calendars if (made := _republish(one, actor)) is not None]
    return Refreshed(tuple((one.region, one.year, one.edition) for one in added), tuple(versions))


def _add_tables(known: Official, actor: Actor) -> list[HolidayTable]:
    kept = {region: newest(region) for region in {region for region, _ in known.tables}}
    added = []
    for (region, year), days in sorted(known.tables.items()):
        before = kept[region].get(year)
        if before is not None and before.days == days:
            continue
        edition = before.edition + 1 if before else 1
        added.append(_add_table(region, year, edition, days, known.source, actor))
    return added


def _add_table(region: str, year: int, edition: int, days: Days, source: str, actor: Actor) -> HolidayTable:
    table = HolidayTable.objects.create(
        region=region, year=year, edition=edition, days=dict(days), source=source, added_at=clock.now()
    )
    told = {"region": region, "year": year, "edition": edition, "days": len(days), "source": source}
    append_to("holiday_table", table.pk, [NewEvent("HolidayTableAdded", told)], actor=actor)
    return table


def _republish(calendar: WorkingCalendar, actor: Actor) -> NewVersion | None:
    """A version with the newest tables, if the current one has older ones."""
    assert calendar.current is not None
    definition = current_definition(calendar)
    now = {str(year): table.pk for year, table in newest(definition.holidays).items()}
    years = tuple(int(year) for year in sorted(now) if calendar.current.tables.get(year) != now[year])
    if not years:
        return None
    reason = "holidays:" + ",".join(str(year) for year in years[-20:])
    made = publish(calendar, definition, reason=reason, actor=actor)
    return NewVersion(calendar.pk, made.pk, years)
