"""Open (受理): a request becomes a ticket, and leaves the intake at once unless it is kept as a draft.

A consultation answered on the spot is recorded and closed. The category decides flow, first node, priority and
whether the customer will be called back.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError

from gongdan.core.catalogue import resolve
from gongdan.core.catalogue.resolve import CategorySettings
from gongdan.core.customers.contract import contract_in
from gongdan.core.customers.models import Customer
from gongdan.core.flow import engine
from gongdan.core.ports import Decision
from gongdan.core.staff.grants import StaffGrants, grants_of
from gongdan.core.tickets import flows, numbers, own_fields
from gongdan.core.tickets.access import TicketFacts, may
from gongdan.core.tickets.actions import asking, calls, write
from gongdan.core.tickets.actions.follow import end_item, follow
from gongdan.core.tickets.actions.shape import engine_refusal, result_of
from gongdan.core.tickets.actions.submit import send_off
from gongdan.core.tickets.actions.work import Work, flow_facts, marking_of
from gongdan.core.tickets.contracts import OpenTicket, VerbResult
from gongdan.core.tickets.models import ItemState, State, Ticket
from gongdan.core.tickets.requester import normalised_phone
from gongdan.kernel import clock, deed
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import Conflict, Forbidden, Invalid
from gongdan.kernel.unit import unit

SUBJECT_LENGTH = 60
EARLIEST = timedelta(days=366 * 30)


def open_ticket(request: OpenTicket, *, actor: Actor, at: datetime | None = None) -> VerbResult:
    """Make a ticket of a request. `at` is a historical moment, for imports.

    Raises Invalid (unknown category or customer, fields), NotFound (a call one may not see), Forbidden (no right for
    such a ticket), Conflict (external id in use).
    """
    return deed.run(Opening(request, actor, at))


@dataclass
class Opening:
    """The opening of a ticket: others are asked first, if anybody wants to be (`kernel.deed`)."""

    request: OpenTicket
    actor: Actor
    at: datetime | None = None
    asked: asking.Asked[OpenTicket] | None = None

    @property
    def asks(self) -> bool:
        return asking.wanted("open", self.actor)

    def ask(self) -> None:
        """Show interceptors the request. A refusal leaves nothing: there is no ticket yet."""
        work = _drawn(self.request, self.actor, self.at or clock.now())
        facts = asking.facts_to_be(work, self.request.fields)
        self.asked = asking.ask(
            "open", self.request, actor=self.actor, facts=facts, refused=lambda verdict: None
        )

    def act(self) -> VerbResult:
        request = self.asked.args if self.asked else self.request
        try:
            with unit():
                work = _new(request, self.actor, self.at or clock.now())
                with asking.answerable(self.asked):
                    _walk(work, request, self.asked.decisions if self.asked else ())
                write.insert(work)
        except IntegrityError as error:
            if "external_id" in str(error):
                raise Conflict(
                    "external_id_used",
                    "There is a ticket with this external id already.",
                    field="external_id",
                ) from error
            raise
        except deed.Spoilt:
            assert self.asked is not None
            self.asked = asking.without_changes(self.asked, self.request)
            raise
        return result_of(work)


def _new(request: OpenTicket, actor: Actor, now: datetime) -> Work:
    work = _drawn(request, actor, now)
    work.ticket.pk, work.ticket.number = numbers.next_number(now)
    return work


def _drawn(request: OpenTicket, actor: Actor, now: datetime) -> Work:
    """The ticket as it would be, without a number. Raises what opening it would: no such category, no right."""
    settings = _category(request.category)
    grants = grants_of(actor.staff_id) if actor.staff_id else None
    request = calls.with_call(request, grants)
    level, contract = _level_and_contract(request.customer_id)
    parties = _parties(grants)
    if grants is not None and not may(grants, "ticket.open", TicketFacts(parties, settings.id, level)):
        raise Forbidden("no_right", "You have no right to open tickets of this category.", verb="open")
    ticket = _ticket(request, settings, now)
    ticket.customer_level = level
    ticket.opened_by_id = actor.staff_id
    ticket.opened_department_id = grants.department_id if grants else settings.entry_department_id
    ticket.parties = parties
    return Work(ticket=ticket, items=[], actor=actor, grants=grants, now=now, contract=contract, fresh=True)


def _category(code: str) -> CategorySettings:
    settings = resolve.settings_of(code)
    if not settings.active:
        raise Invalid("inactive_category", "This category is no longer in use.", field="category")
    if settings.flow_code is None:
        raise Invalid("category_without_flow", "This category has no flow yet.", field="category")
    return settings


def _level_and_contract(customer_id: int | None) -> tuple[str, str]:
    if customer_id is None:
        return "", ""
    found = Customer.objects.filter(pk=customer_id).values_list("level_id", "fields").first()
    if found is None:
        raise Invalid("unknown_customer", "There is no such customer.", field="customer_id")
    return str(found[0]), contract_in(found[1])


def _parties(grants: StaffGrants | None) -> list[str]:
    return [f"p:{grants.staff_id}", f"d:{grants.department_id}"] if grants else []


def _ticket(request: OpenTicket, settings: CategorySettings, now: datetime) -> Ticket:
    flow_version = flows.current(settings.flow_code or "")
    if request.received_at is not None and not now - EARLIEST < request.received_at <= now + timedelta(
        minutes=5
    ):
        raise Invalid("impossible_time", "The request cannot have been received then.", field="received_at")
    return Ticket(
        kind=request.kind or settings.kind,
        category_id=settings.id,
        form_version_id=settings.form_version_id,
        flow_version_id=flow_version.id,
        state=State.DRAFT,
        channel=request.channel,
        priority=request.priority or settings.default_priority,
        subject=request.subject or _subject(request.body),
        body=request.body,
        tags=list(dict.fromkeys(request.tags)),
        customer_id=request.customer_id,
        requester_name=request.requester.name,
        requester_phone=normalised_phone(request.requester.phone),
        answered_on_spot=request.answered_on_spot,
        callback_mode=settings.callback_mode,
        sampled_for_callback=_sampled(settings),
        received_at=request.received_at or now,
        opened_at=now,
        expected_end=request.expected_end,
        updated_at=now,
        external_id=request.external_id,
    )


def _subject(body: str) -> str:
    """The first line, cut at a sentence's end where one is near."""
    line = body.strip().splitlines()[0].strip()
    if len(line) <= SUBJECT_LENGTH:
        return line
    ends = [line.rfind(mark, 10, SUBJECT_LENGTH) for mark in "。！？!?；;"]
    return line[: max(ends) + 1] if max(ends) > 0 else line[: SUBJECT_LENGTH - 1] + "…"


def _sampled(settings: CategorySettings) -> bool:
    return secrets.randbelow(1_000_000) < settings.callback_rate * 1_000_000


def _walk(work: Work, request: OpenTicket, decisions: tuple[Decision, ...]) -> None:
    write.attach(work, request.attachments)
    try:
        follow(work, engine.begin(work.definition, flow_facts(work)))
        _hold_intake(work)
        _say_opened(work)
        calls.note(work, request.call_id, "opened")
        asking.say(work, "open", decisions)
        if request.answered_on_spot:
            _answer(work, request)
        elif request.draft:
            _keep(work, request)
        else:
            send_off(work, work.new_items[0], request.fields)
    except engine.EngineError as error:
        raise engine_refusal(error) from error


def _hold_intake(work: Work) -> None:
    intake = work.new_items[0]
    intake.state = ItemState.ACCEPTED
    intake.accepted_at = work.now
    intake.handler_id = work.actor.staff_id
    intake.department_id = work.ticket.opened_department_id


def _say_opened(work: Work) -> None:
    ticket = work.ticket
    work.say(
        "TicketOpened",
        number=ticket.number,
        kind=ticket.kind,
        category_id=ticket.category_id,
        flow_version_id=ticket.flow_version_id,
        channel=ticket.channel,
        priority=ticket.priority,
        subject=ticket.subject,
        customer_id=ticket.customer_id,
        received_at=ticket.received_at.isoformat(),
        required_end=ticket.required_end.isoformat() if ticket.required_end else None,
        callback=ticket.callback_mode,
        sampled=ticket.sampled_for_callback,
        external_id=ticket.external_id,
    )


def _keep(work: Work, request: OpenTicket) -> None:
    node = work.definition.nodes[work.definition.start]
    own_fields.fill(work, node, request.fields, complete=False)


def _answer(work: Work, request: OpenTicket) -> None:
    """Answered on the spot: recorded, resolved and closed in one go."""
    if not request.answer:
        raise Invalid("answer_required", "Write down what was answered.", field="answer")
    ticket = work.ticket
    node = work.definition.nodes[work.definition.start]
    own_fields.fill(work, node, request.fields)
    end_item(work, work.new_items[0], ItemState.DONE, outcome="answered", result=request.answer)
    follow(work, engine.end(work.definition, marking_of(ticket)))
    ticket.state = State.CLOSED
    ticket.resolved_at = ticket.actual_end = work.now
    work.say("TicketResolved", resolved_at=work.now.isoformat(), answered_on_spot=True, result=request.answer)
    work.say("TicketClosed", actual_end=work.now.isoformat())
