"""What the operations on calls answer, for the reference and for typed clients. Times in UTC, durations in seconds."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Schema

from gongdan.desk.phone_shapes import CustomerBrief, Direction, MenuWords, Number, Person


class Disposition(Schema):
    code: str
    name: str


class CallRow(Schema):
    id: int
    direction: Direction
    phase: str
    outcome: str
    number: Number
    customer: CustomerBrief | None
    line_label: str
    queue_title: str
    agent: Person | None
    began_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    waiting_seconds: int
    talk_seconds: int
    hold_seconds: int
    disposition: Disposition | None
    recorded: bool
    tickets: list[str]


class CallList(Schema):
    items: list[CallRow]
    next: str | None


class Stay(Schema):
    queue: str
    title: str
    entered_at: datetime
    left_at: datetime | None
    outcome: str
    waited: int


class Part(Schema):
    id: int
    seq: int
    person: Person | None
    extension: str
    rang_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    outcome: str
    ring_seconds: int
    talk_seconds: int
    hold_seconds: int
    wrap_up_seconds: int
    transferred_to: str
    transfer_mode: str


class Recording(Schema):
    id: int
    state: Literal["awaited", "stored", "failed", "removed"]
    seconds: int
    size: int
    content_type: str
    peaks: list[int]
    began_at: datetime
    fault: str
    keep_until: datetime | None


class NotedTicket(Schema):
    number: str
    subject: str
    how: Literal["opened", "appended", "urged", "linked"]


class TaskBrief(Schema):
    id: int
    state: str


class MayDo(Schema):
    dispose: bool
    listen: bool
    download: bool
    dial: bool


class CallPage(CallRow):
    dialled: str
    line: str
    menu: list[MenuWords]
    stays: list[Stay]
    parts: list[Part]
    ended_by: str
    closed_by_us: bool
    note: str
    disposed_by: Person | None
    disposed_at: datetime | None
    recordings: list[Recording]
    tickets: list[NotedTicket]  # type: ignore[assignment]
    callback_task: TaskBrief | None
    version: int
    may: MayDo
