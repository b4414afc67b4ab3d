"""What a policy says: frozen values, the same in the API, in the database and in the reckoning.

Everything within one limit counts in the limit's own time: with `working`, minutes, hours and days are those of the
calendar, also in leads and ladders.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Code = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Amount = Annotated[int, Field(ge=0, le=99_999)]
Unit = Literal["minutes", "hours", "days"]
Standstill = Literal["pause", "customer"]
Whom = Annotated[
    str, StringConstraints(pattern=r"^(handler|head|next_level|opener|role:[a-z][a-z0-9_]{0,63})$")
]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Lead(_Frozen):
    """How long before the limit a yellow card is issued; `percent` is of the limit."""

    amount: Amount
    unit: Unit | Literal["percent"]


class Do(_Frozen):
    """One thing an escalation does. `whom` belongs to notify only.

    hand_to_head gives the work item to the head of the liable department, hand_up to the head of the department above;
    urge 催办, supervise 督办, circulate 通报.
    """

    what: Literal["notify", "raise_priority", "hand_to_head", "hand_up", "urge", "supervise", "circulate"]
    whom: Whom | None = None


class Rung(_Frozen):
    """A step of the escalation ladder: `amount` `unit` before or after the limit, or at it (amount is 0 then)."""

    when: Literal["before", "at", "after"]
    amount: Amount = 0
    unit: Unit | Literal["percent"] = "minutes"
    do: Annotated[tuple[Do, ...], Field(min_length=1, max_length=8)]


class Limit(_Frozen):
    """So much time, its yellow cards, its ladder, and what makes the clock stand still."""

    amount: Amount
    unit: Unit
    working: bool = True
    yellow: Annotated[tuple[Lead, ...], Field(max_length=5)] = ()
    ladder: Annotated[tuple[Rung, ...], Field(max_length=20)] = ()
    pauses: Annotated[tuple[Standstill, ...], Field(max_length=2)] = ("pause", "customer")


class ResponseLimit(Limit):
    """`until` says what a first response is: a public reply, a handler's acceptance, or whichever comes first."""

    until: Literal["reply", "accept", "either"] = "reply"


class NodeLimit(Limit):
    """The limit of one node of one flow."""

    flow: Code
    node: Code


class Extensions(_Frozen):
    """How often one work item's limit may be extended, by how much at a time, and who decides.

    `decided_by`: right (whoever may decide extensions of the ticket), head (of the liable department), next_level (the
    head of the department above it).
    """

    most: Annotated[int, Field(ge=0, le=99)] = 2
    longest_amount: Annotated[int, Field(ge=1, le=999)] = 2
    longest_unit: Unit = "days"
    working: bool = True
    decided_by: Literal["right", "head", "next_level"] = "right"


class Terms(_Frozen):
    """A policy's contents. `when` is a condition ("" is always); `calendar` a calendar's code ("" is the liable
    department's). `nodes` win over the flow's own limits, those over `every_node`."""

    when: Annotated[str, StringConstraints(strip_whitespace=True, max_length=4_000)] = ""
    calendar: Annotated[str, StringConstraints(max_length=64)] = ""
    process: Limit | None = None
    first_response: ResponseLimit | None = None
    next_response: Limit | None = None
    callback: Limit | None = None
    every_node: Limit | None = None
    nodes: Annotated[tuple[NodeLimit, ...], Field(max_length=200)] = ()
    extension: Extensions = Extensions()
