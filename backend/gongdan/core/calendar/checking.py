"""Whether a calendar can be used: what reading finds, and what shows only when its days are laid out. Pure.

Promise: a definition that passes has working time in the year after `now`, and no night of a make-up day or of an
exception runs into the hours of the day after.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from gongdan.core.calendar.compiled import ONE_DAY, Compiled, Tables
from gongdan.core.calendar.definition import Definition, Finding, Hours, Reading
from gongdan.core.calendar.reading import meeting, read

NEXT_YEAR = timedelta(days=366)


def check(raw: Any, tables: Tables, now: datetime) -> Reading:
    """The definition in `raw` if it is in order. `tables` are the official ones of its region, by year."""
    reading = read(raw)
    if reading.definition is None:
        return reading
    findings = tuple(_findings(reading.definition, Compiled(reading.definition, tables), now))
    return Reading(None if findings else reading.definition, findings)


def _findings(definition: Definition, compiled: Compiled, now: datetime) -> Iterator[Finding]:
    yield from _of_makeup(definition)
    yield from _of_exceptions(definition, compiled)
    if compiled.elapsed(now, now + NEXT_YEAR) == 0:
        yield Finding("no_working_time", "week", "there is no working time in the coming year")


def _of_makeup(definition: Definition) -> Iterator[Finding]:
    """A make-up day may stand beside any day of the week."""
    if definition.makeup is None or not definition.holidays:
        return
    for hours in definition.week:
        for message in _either(definition.makeup, hours):
            yield Finding("night_meets_next_day", "makeup", message)
            return


def _of_exceptions(definition: Definition, compiled: Compiled) -> Iterator[Finding]:
    for number, own in enumerate(definition.exceptions):
        before = compiled.day(own.first - ONE_DAY).hours
        after = compiled.day(own.last + ONE_DAY).hours
        inside = meeting(own.hours, own.hours) if own.first < own.last else iter(())
        for message in (*meeting(before, own.hours), *inside, *meeting(own.hours, after)):
            yield Finding("night_meets_next_day", f"exceptions[{number}]", message)
            break


def _either(one: Hours, other: Hours) -> Iterator[str]:
    yield from meeting(one, other)
    yield from meeting(other, one)
