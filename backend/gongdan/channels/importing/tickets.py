"""A row that becomes a ticket, and what it has already been answered: read purely, then done through the verbs."""

from __future__ import annotations

from collections.abc import Mapping as Cells
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pydantic import ValidationError

from gongdan.channels.importing.mapping import Mapping, ReplyPart, TicketPart
from gongdan.channels.importing.tables import Cell
from gongdan.channels.importing.values import bad, list_of, text_of, time_of, value_of
from gongdan.core.tickets.actions.catalogue import VERBS
from gongdan.core.tickets.actions.open_ticket import open_ticket
from gongdan.core.tickets.actions.shape import perform
from gongdan.core.tickets.contracts import OpenTicket, VerbResult
from gongdan.core.tickets.external import KnownTicket
from gongdan.kernel import clock
from gongdan.kernel.actor import Actor

CLOCKS_DIFFER = timedelta(minutes=5)
MOST_STEPS = 20  # a flow that does not end by then is not resolved by force


@dataclass(frozen=True, slots=True)
class Answered:
    """What was done about it, and when."""

    result: str
    at: datetime
    accepted_at: datetime
    outcome: str | None
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class TicketRow:
    """`request` lacks the customer's id, which is known only when the row is done."""

    external_id: str
    request: OpenTicket
    received_at: datetime | None
    answered: Answered | None


def external_id_of(mapping: Mapping, part: TicketPart, cells: Cells[str, Cell]) -> str:
    """The id a row's ticket is known by for ever. Raises BadValue when the row has none."""
    own = text_of(part.external_id, cells, what="external_id")
    if not own:
        raise bad("external_id", "external_id_missing", "The row has no id, so a second run would double it.")
    return f"{mapping.source}:{own}"


def read_ticket(mapping: Mapping, cells: Cells[str, Cell], categories: Cells[str, str]) -> TicketRow:
    """The row as a request. `categories` are paths of names to codes. Raises Invalid with the field at fault."""
    part = mapping.ticket
    assert part is not None
    external_id = external_id_of(mapping, part, cells)
    received_at = time_of(part.received_at, cells, mapping.zone, what="received_at")
    _require_past(received_at, "received_at")
    written = text_of(part.category, cells, what="category")
    values: dict[str, Any] = {
        "external_id": external_id,
        "category": categories.get(plain_path(written), written),
        "body": text_of(part.body, cells),
        "subject": text_of(part.subject, cells),
        "requester": {
            "name": text_of(part.requester.name, cells),
            "phone": text_of(part.requester.phone, cells),
        },
        "received_at": received_at,
        "expected_end": time_of(part.expected_end, cells, mapping.zone, what="expected_end"),
        "fields": _own_fields(part.fields, cells, mapping.zone),
    }
    optional = {"kind": part.kind, "channel": part.channel, "priority": part.priority}
    values |= {name: text for name, source in optional.items() if (text := text_of(source, cells, what=name))}
    if part.tags is not None:
        values["tags"] = list_of(part.tags, text_of(part.tags, cells))
    request = _request(values)
    answered = _answered(mapping.reply, cells, mapping.zone, received_at) if mapping.reply else None
    return TicketRow(external_id, request, received_at, answered)


def _request(values: dict[str, Any]) -> OpenTicket:
    try:
        return OpenTicket.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        raise bad(".".join(map(str, first["loc"])), "invalid_value", first["msg"]) from None


def _own_fields(parts: Cells[str, Any], cells: Cells[str, Cell], zone: str) -> dict[str, Any]:
    read = {code: value_of(source, cells, zone, what=f"fields.{code}") for code, source in parts.items()}
    return {code: value for code, value in read.items() if value is not None}


def _answered(
    part: ReplyPart, cells: Cells[str, Cell], zone: str, received_at: datetime | None
) -> Answered | None:
    result = text_of(part.result, cells)
    if not result:
        return None
    at = time_of(part.at, cells, zone, what="reply.at")
    if at is None:
        raise bad("reply.at", "time_missing", "The reply has no time.")
    _require_past(at, "reply.at")
    if received_at is not None and at < received_at:
        raise bad("reply.at", "reply_before_request", "The reply is older than the request.")
    accepted_at = time_of(part.accepted_at, cells, zone, what="reply.accepted_at") or at
    if accepted_at > at or (received_at is not None and accepted_at < received_at):
        raise bad(
            "reply.accepted_at", "not_between", "It was accepted before it came or after it was answered."
        )
    outcome = text_of(part.outcome, cells, what="reply.outcome") or None
    return Answered(result, at, accepted_at, outcome, _own_fields(part.fields, cells, zone))


def _require_past(at: datetime | None, what: str) -> None:
    if at is not None and at > clock.now() + CLOCKS_DIFFER:
        raise bad(what, "future_time", f"{at.isoformat()} lies in the future.")


def plain_path(text: str) -> str:
    """A category's path as it is compared: names parted by single slashes, without spaces around them."""
    return "/".join(name.strip() for name in text.replace("／", "/").replace("›", "/").split("/"))


def do_ticket(
    row: TicketRow, known: KnownTicket | None, customer_id: int | None, part: ReplyPart | None, actor: Actor
) -> bool:
    """Open the row's ticket unless it is `known`, and finish what the row answers; True when anything was done.

    Call inside a transaction: half of it is nothing.
    """
    if known is None:
        request = row.request.model_copy(update={"customer_id": customer_id}) if customer_id else row.request
        opened = open_ticket(request, actor=actor, at=row.received_at)
        if row.answered is not None and part is not None:
            _finish(opened.number, opened.state, row.answered, part, actor)
        return True
    if row.answered is None or part is None or known.ended:
        return False
    _finish(known.number, known.state, row.answered, part, actor)
    return True


def _finish(number: str, state: str, answered: Answered, part: ReplyPart, actor: Actor) -> None:
    """Accept, answer, process; then resolve what the flow still asks, and close without a callback."""

    def do(verb: str, at: datetime, **args: Any) -> VerbResult:
        return perform(verb, number, VERBS[verb].args(**args), actor=actor, at=at)

    at = answered.at
    if state == "open":
        do("accept", answered.accepted_at)
        if part.public:
            do("reply", at, body=answered.result)
        done = do("process", at, result=answered.result, outcome=answered.outcome, fields=answered.fields)
        state = done.state
    for _ in range(MOST_STEPS):
        if state != "open":
            break
        do("accept", at)
        state = do("resolve", at, result=answered.result).state
    if state == "resolved":
        state = do("close", at, reason=part.close_reason).state
    if state != "closed":
        raise bad("reply", "not_finished", f"The flow does not let the ticket end here; it is {state}.")
