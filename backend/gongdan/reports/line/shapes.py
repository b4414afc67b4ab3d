"""What the operations on the line's measures answer, for the reference and for typed clients."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema


class Measures(Schema):
    """docs/measures.md defines each; rates from 0 to 1. None: nothing to divide, or not to be told this way."""

    offered: int | None
    answered: int | None
    abandoned: int | None
    short_abandoned: int | None
    overflowed: int | None
    waiting: int | None
    missed: int | None
    handled: int | None
    abandon_rate: float | None
    asa_seconds: float | None
    longest_wait_seconds: int | None
    service_level: float | None
    service_level_offered: float | None
    service_level_answered: float | None
    service_seconds: int | None
    aht_seconds: float | None
    talk_seconds_avg: float | None
    hold_seconds_avg: float | None
    wrap_up_seconds_avg: float | None
    over_long_share: float | None
    long_seconds: int | None
    outbound: int | None
    outbound_answered: int | None
    occupancy: float | None
    worked_seconds: int | None
    staffed_seconds: int | None
    person_days: int | None
    calls_per_person_day: float | None
    daily_target: int | None


class MeasureRow(Measures):
    """`key`: a queue's name ("-": none), a person's id, an hour "09", a day "2026-11-22"."""

    key: str
    label: str


class LineMeasures(Schema):
    since: date = Field(alias="from")
    until: date = Field(alias="to")
    by: str
    totals: Measures
    rows: list[MeasureRow]
    definitions: dict[str, str]


class CountedCall(Schema):
    """A call as lists show it, and when it was counted; the same call may be counted twice."""

    id: int
    counted_at: datetime
    counted: str  # tells two of one call apart
    direction: str
    phase: str
    outcome: str
    number: dict[str, Any]
    customer: dict[str, Any] | None
    line_label: str
    queue_title: str
    agent: dict[str, Any] | None
    began_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    waiting_seconds: int
    talk_seconds: int
    hold_seconds: int
    disposition: dict[str, Any] | None
    recorded: bool
    tickets: list[str]


class CountedCalls(Schema):
    items: list[CountedCall]
    next: str | None
