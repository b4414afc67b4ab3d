"""What the telephone's operations answer, for the reference and for typed clients. Times in UTC, durations in seconds."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from ninja import Schema

State = Literal["ready", "busy", "break", "wrap_up", "offline"]
Direction = Literal["inbound", "outbound", "internal"]


class Person(Schema):
    id: int
    name: str


class CustomerBrief(Schema):
    id: int
    name: str
    kind: str
    level: str
    level_name: str


class Number(Schema):
    """`digits` are there only when the number is not masked."""

    shown: str
    masked: bool
    digits: str | None


class SeatBrief(Schema):
    id: int
    number: str
    kind: Literal["desk_phone", "softphone"]
    system: str


class FreeExtension(SeatBrief):
    taken_by: Person | None


class OwnPresence(Schema):
    state: State
    reason: str
    since: datetime
    until: datetime | None
    extension: SeatBrief | None


class Reason(Schema):
    code: str
    name: str


class MenuWords(Schema):
    digits: str
    label: str


class OtherParty(Schema):
    extension: str
    person: Person | None
    state: Literal["ringing", "talking", "held"]


class Transferring(Schema):
    to: str


class LiveCall(Schema):
    """A call as one's own page shows it. `mine` is ended only in the pop of a call that is over."""

    id: int
    direction: Direction
    phase: str
    mine: Literal["ringing", "talking", "held", "ended"]
    number: Number
    customer: CustomerBrief | None
    chosen: bool
    candidates_count: int | None
    line: str
    line_label: str
    queue: str
    queue_title: str
    menu: list[MenuWords]
    began_at: datetime
    rang_at: datetime
    answered_at: datetime | None
    waited: int
    leg_known: bool
    others: list[OtherParty]
    transferring: Transferring | None
    conference: bool


class WrapUp(Schema):
    call_id: int
    part_id: int
    until: datetime | None
    disposed: bool


class Undisposed(Schema):
    call_id: int
    number: Number
    customer: CustomerBrief | None
    ended_at: datetime | None


class Waiting(Schema):
    count: int
    longest_since: datetime | None


class Softphone(Schema):
    address: str
    domain: str
    user: str
    password: str
    display: str
    ice_servers: list[dict[str, Any]]


class DeskSettings(Schema):
    wrap_up_seconds: int
    disposition_required: bool


class Me(Schema):
    """`extensions` are offered while one is signed in to none."""

    presence: OwnPresence
    extensions: list[FreeExtension]
    reasons: list[Reason]
    calls: list[LiveCall]
    wrap_up: WrapUp | None
    undisposed: list[Undisposed]
    waiting: Waiting
    answered_today: int
    daily_target: int
    callbacks_open: int
    softphone: Softphone | None
    capabilities: list[str]
    connected: bool
    settings: DeskSettings


class Asked(Schema):
    """The command to follow; `digits` are for a softphone, which dials by itself."""

    command: int
    digits: str | None = None


class CommandState(Schema):
    id: int
    verb: str
    state: Literal["asked", "doing", "done", "failed"]
    fault: str


class Candidate(Schema):
    customer: CustomerBrief
    how: Literal["same", "main", "local"]
    label: str
    contacts: int
    open_tickets: int


class OpenTicketBrief(Schema):
    """Whose turn it is: `node` in Chinese, `node_title` by language; names, "" for nobody."""

    number: str
    subject: str
    state: str
    kind: str
    node: str
    node_title: dict[str, str]
    handler: str
    department: str
    required_end: datetime | None
    card: str
    updated_at: datetime
    may_append: bool
    may_urge: bool


class Contact(Schema):
    """A call has an `id` and a `direction`, a ticket a `number`."""

    kind: Literal["call", "ticket"]
    id: int | None
    number: str | None
    at: datetime
    subject: str
    by: str
    outcome: str
    direction: Direction | None


class Repeat(Schema):
    calls: int
    days: int
    warn: bool
    last_at: datetime | None


class Suggested(Schema):
    category: str | None
    category_name: str
    because: Literal["menu", "line", ""]


class Pop(Schema):
    call: LiveCall
    customer: CustomerBrief | None
    candidates: list[Candidate]
    open_tickets: list[OpenTicketBrief]
    last_contacts: list[Contact]
    repeat: Repeat
    suggested: Suggested
