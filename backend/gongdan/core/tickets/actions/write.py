"""Writes a verb's work: the ticket, its work items, messages and the events, in as few statements as there are tables."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.models import Attachment, Card, Message
from gongdan.kernel import sql
from gongdan.kernel.errors import Invalid
from gongdan.outbox import log

ITEM_COLUMNS = (
    "state",
    "handler_id",
    "department_id",
    "accepted_at",
    "left_at",
    "left_by_id",
    "outcome",
    "result",
    "due_at",
    "warn_at",
    "sort_at",
    "not_before",
    "tries",
)
TICKET_COLUMNS = (
    "state",
    "priority",
    "subject",
    "body",
    "fields",
    "tags",
    "customer_id",
    "customer_level",
    "requester_name",
    "requester_phone",
    "marking",
    "parties",
    "urged",
    "supervision",
    "card",
    "paused_for",
    "satisfaction",
    "policy_version_id",
    "required_end",
    "warn_at",
    "expected_end",
    "resolved_at",
    "actual_end",
    "updated_at",
    "version",
    "item_seq",
    "event_seq",
    "head_hash",
)


CLOCK_COLUMNS = (
    "state",
    "policy_version_id",
    "calendar_version_id",
    "limit",
    "first_limit",
    "pauses",
    "stages",
    "stage",
    "segments",
    "due_at",
    "warn_at",
    "next_fire_at",
    "breached_at",
    "stopped_at",
    "provisional",
)
CARD_COLUMNS = (
    "state",
    "acknowledged_by_id",
    "acknowledged_at",
    "appealed_by_id",
    "appealed_at",
    "appeal_reason",
    "decided_by_id",
    "decided_at",
    "decision_reason",
)


def flush(work: Work) -> None:
    """Write everything. The ticket's version moves by one; the chain of events grows by `work.events`."""
    ticket = work.ticket
    with sql.together():
        _append(work)
        ticket.version += 1
        ticket.updated_at = work.now
        sql.update(ticket, TICKET_COLUMNS)
        for item in work.changed_items.values():
            if item.pk is not None:
                sql.update(item, ITEM_COLUMNS)
        for clock in work.changed_clocks.values():
            sql.update(clock, CLOCK_COLUMNS)
        for card in work.changed_cards:
            sql.update(card, CARD_COLUMNS)
        _insert_new(work)
    for extra in work.extras:
        extra.save()
    _save_attachments(work)


def keep_track(work: Work) -> None:
    """Write the events only. The ticket is as it was, so its version stays, and nobody's page is stale."""
    with sql.together():
        _append(work)
        sql.update(work.ticket, ("event_seq", "head_hash"))


def _append(work: Work) -> None:
    ticket = work.ticket
    head = log.Head(ticket.event_seq, bytes(ticket.head_hash))
    head = log.append("ticket", ticket.pk, head, work.events, actor=work.actor, at=work.now)
    ticket.event_seq, ticket.head_hash = head.seq, head.hash


def _insert_new(work: Work) -> None:
    if work.new_clocks:
        sql.put(work.new_clocks)
    put_cards(work.cards)
    for rows in (work.messages, work.new_items):
        if rows:
            sql.insert(rows)


def put_cards(cards: Sequence[Card]) -> None:
    """Write cards in this order. A moment of a clock that had its card has it: a wall clock that jumped back, or a
    calendar corrected, may bring it a second time."""
    if cards:
        sql.put(cards, once=True)


def _save_attachments(work: Work) -> None:
    """Uploaded files become the ticket's: each only once, and only by whoever uploaded it."""
    for attachment_id, message in work.attach:
        mine = Q(pk=attachment_id, ticket__isnull=True)
        if work.actor.staff_id:
            mine &= Q(uploaded_by=work.actor.staff_id)
        if not Attachment.objects.filter(mine).update(ticket=work.ticket, message=message):
            raise Invalid(
                "unknown_attachment",
                "This file was not uploaded by you, or it belongs to a ticket already.",
                field="attachments",
                id=attachment_id,
            )


def attach(work: Work, ids: Sequence[int], message: Message | None = None) -> None:
    """Note files to be attached when the work is written."""
    work.attach.extend((one, message) for one in dict.fromkeys(ids))


def insert(work: Work) -> None:
    """Write a new ticket with everything that belongs to it."""
    with sql.together():
        _append(work)
        sql.insert([work.ticket])
        _insert_new(work)
    for extra in work.extras:
        extra.save()
    _save_attachments(work)
