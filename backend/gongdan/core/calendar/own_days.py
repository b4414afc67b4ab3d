"""Own days of a calendar as a list in which no two overlap. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from gongdan.core.calendar.compiled import ONE_DAY
from gongdan.core.calendar.definition import Definition, OwnDays


def with_days(definition: Definition, own: OwnDays) -> Definition:
    """The definition with these own days instead of any it had for them."""
    rest = without_days(definition, own.first, own.last).exceptions
    return replace(definition, exceptions=tuple(sorted((*rest, own), key=lambda one: one.first)))


def without_days(definition: Definition, first: date, last: date) -> Definition:
    """The definition without own days from `first` to `last`; what reaches beyond is cut."""
    kept = tuple(piece for one in definition.exceptions for piece in _cut(one, first, last))
    return replace(definition, exceptions=kept)


def _cut(own: OwnDays, first: date, last: date) -> Iterator[OwnDays]:
    if own.last < first or own.first > last:
        yield own
        return
    if own.first < first:
        yield replace(own, last=first - ONE_DAY)
    if own.last > last:
        yield replace(own, first=last + ONE_DAY)
