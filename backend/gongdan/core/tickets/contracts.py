"""What the ticket's verbs take and give: frozen values, never model instances. Lengths are in characters."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def _legible(text: str) -> str:
    """Without the separators that Python strips and pydantic does not; something must be left."""
    stripped = text.strip()
    if not stripped:
        raise PydanticCustomError("string_too_short", "Text is needed that can be read")
    return stripped


def _conceivable(moment: datetime) -> datetime:
    """Within what databases and calendars can reckon with, in every time zone."""
    if not EARLIEST <= moment < LATEST:
        raise PydanticCustomError("moment_out_of_range", "A moment between 1970 and 2200 is needed")
    return moment


Legible = AfterValidator(_legible)
Moment = Annotated[AwareDatetime, AfterValidator(_conceivable)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000), Legible]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000), Legible]
OptionalReason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000)]
Result = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20_000)]
Tag = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40), Legible]
Id = Annotated[int, Field(ge=1, le=2**62)]
Ids = Annotated[tuple[Id, ...], Field(max_length=50)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=64)]
OwnFields = dict[str, Any]


class Contract(BaseModel):
    """Frozen, and strict about unknown names."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Requester(Contract):
    """Who speaks for the customer this time."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)] = ""
    phone: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)] = ""


class OpenTicket(Contract):
    """A new request. `subject` writes itself from the first line of `body` when it is left out.

    `draft` keeps the ticket at the intake; `answered_on_spot` records it with `answer` and closes it. `call_id` is the
    call it comes from: the channel is phone then, and customer and requester's number are the caller's if not given.
    """

    category: Code
    body: Words
    kind: Literal["consultation", "complaint", "repair", "suggestion", "daily_service"] | None = None
    subject: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    channel: Literal["phone", "email", "wechat", "web_form", "chat", "app", "api"] = "phone"
    priority: Annotated[int, Field(ge=1, le=4)] | None = None
    customer_id: Id | None = None
    requester: Requester = Requester()
    fields: OwnFields = {}
    tags: Annotated[tuple[Tag, ...], Field(max_length=20)] = ()
    answered_on_spot: bool = False
    answer: Result = ""
    draft: bool = False
    received_at: Moment | None = None
    expected_end: Moment | None = None
    attachments: Ids = ()
    external_id: Annotated[str, StringConstraints(min_length=1, max_length=120)] | None = None
    call_id: Id | None = None


class VerbArgs(Contract):
    """`version` is what the screen showed; `item` chooses the work item when several could be meant."""

    version: int | None = None
    item: Id | None = None


class WithReason(VerbArgs):
    reason: Reason


class MayReason(VerbArgs):
    reason: OptionalReason = ""


class Pause(WithReason):
    """What the ticket waits for; a policy says which clocks stand still for which."""

    waiting_for: Literal["customer", "other"] = "other"


class OfCard(VerbArgs):
    """A card of the ticket, by its id."""

    card: Id


class OfCardWithReason(WithReason):
    card: Id


class Submit(VerbArgs):
    fields: OwnFields = {}


class Accept(VerbArgs):
    pass


class Process(VerbArgs):
    """`outcome` is one of the node's outcomes; it may be left out when there is only one."""

    outcome: Code | None = None
    result: Result = ""
    fields: OwnFields = {}
    attachments: Ids = ()


class Append(VerbArgs):
    body: Words
    attachments: Ids = ()


class AppendInformation(Append):
    """`from_customer`: these are the customer's words, who now waits for an answer. `call_id`: said in this call."""

    from_customer: bool = False
    call_id: Id | None = None


class Urge(MayReason):
    """`call_id`: urged in this call."""

    call_id: Id | None = None


class Note(Append):
    mentions: Ids = ()


class Transfer(WithReason):
    """To exactly one of a department, a team or a person."""

    department: Id | None = None
    team: Id | None = None
    handler: Id | None = None


class Return(WithReason):
    """`target` is the seq of a visit that was really made; see `actions` of the ticket for what is possible."""

    target: Annotated[int, Field(ge=1)]
    mode: Literal["redo", "straight"] = "redo"


class Withdraw(WithReason):
    """Take back what one passed on, or call off a side item with `of` (its id)."""

    of: Id | None = None


class Consult(VerbArgs):
    people: Annotated[Ids, Field(min_length=1)]
    question: Words


class CoHandle(VerbArgs):
    people: Ids = ()
    departments: Ids = ()
    question: Words


class Countersign(VerbArgs):
    """`needed` of the asked people must agree."""

    people: Annotated[Ids, Field(min_length=1)]
    needed: Annotated[int, Field(ge=1, le=50)]
    question: Words


class Extend(WithReason):
    until: Moment


class DecideExtension(WithReason):
    grant: bool


class Resolve(VerbArgs):
    result: Words


class Reopen(WithReason):
    """`node` defaults to the first task that was really executed."""

    node: Code | None = None


class CallBack(VerbArgs):
    """`score` is 1 (very dissatisfied) to 5; a dissatisfied answer needs a note."""

    result: Literal["satisfied", "dissatisfied", "not_reached"]
    score: Annotated[int, Field(ge=1, le=5)] | None = None
    note: OptionalReason = ""
    next_try_at: Moment | None = None


class LinkTicket(VerbArgs):
    other: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=32)]
    kind: Literal["related", "duplicate", "caused_by"] = "related"


class Attach(VerbArgs):
    attachments: Annotated[Ids, Field(min_length=1)]


class Edit(VerbArgs):
    """Corrects what was recorded; only what is given changes."""

    subject: (
        Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), Legible] | None
    ) = None
    body: Words | None = None
    fields: OwnFields = {}
    priority: Annotated[int, Field(ge=1, le=4)] | None = None
    tags: Annotated[tuple[Tag, ...], Field(max_length=20)] | None = None
    customer_id: Id | None = None
    requester: Requester | None = None
    expected_end: Moment | None = None


class ItemSummary(Contract):
    """An open work item: whose turn it is."""

    id: int
    node: str
    duty: str
    state: str
    department_id: int | None
    team_id: int | None
    role: str
    handler_id: int | None
    due_at: datetime | None


class VerbResult(Contract):
    """What a verb leaves behind. `sentence` is the event's code and parameters for the track."""

    id: int
    number: str
    state: str
    version: int
    items: tuple[ItemSummary, ...]
    sentence: dict[str, Any]
