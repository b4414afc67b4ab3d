"""The catalogue of domain events: frozen, closed, versioned. What is not here cannot be appended.

Everything that happens after a verb (notifications, live push, webhooks, statistics) reads these, so a type is never
renamed and never changes its meaning; a new meaning is a new version. `fields` always stand in an event's data,
`optional` ones when they are not empty; old and new values go side by side. docs/event-log.md shows an event in full.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gongdan.outbox.registry import EventType, declare

# What every verb that touches work items may tell: the item acted on, those that came and went, decisions passed on
# the way, who is to be told (`notify`, staff ids), the ticket's state when it changed, a historical moment's source.
MOVES = frozenset(
    {
        "item",
        "items",
        "entered",
        "left",
        "passed",
        "approvals_again",
        "notify",
        "state",
        "reason",
        "attachments",
    }
)


def _ticket(name: str, doc: str, optional: str = "", *, right: str = "ticket.view") -> EventType:
    return EventType(name, "ticket", doc, optional=MOVES | set(optional.split()), right=right)


_TICKET_EVENTS = (
    _ticket(
        "TicketOpened",
        "A request became a ticket.",
        "number kind category category_name channel priority subject body customer_id customer "
        "requester_name requester_phone requester fields tags received_at required_end expected_end "
        "external_id answered_on_spot answer draft flow flow_version",
    ),
    _ticket("TicketSubmitted", "It left the intake and its flow began.", "fields"),
    _ticket("TicketAccepted", "Somebody took a work item (签收).", "handler handler_id"),
    _ticket(
        "TicketProcessed",
        "A work item was finished with an outcome.",
        "outcome outcome_title result fields node node_title",
    ),
    _ticket("TicketAppended", "Information was added (追加).", "body message_id"),
    _ticket("TicketReplied", "The customer was answered.", "body message_id"),
    _ticket(
        "TicketNoted",
        "An internal note was written.",
        "body message_id mentions",
        right="ticket.view_notes",
    ),
    _ticket("TicketTransferred", "A work item went to somebody else (转办).", "to from"),
    _ticket(
        "TicketReturned",
        "The ticket went back to a node executed before (退回).",
        "target mode node node_title",
    ),
    _ticket(
        "TicketWithdrawn",
        "Somebody took back what they had passed on, or called off a side item (撤回).",
        "of",
    ),
    _ticket("TicketUrged", "Somebody urged the handlers (催办).", "urged"),
    _ticket("TicketConsulted", "People were asked for their opinion (加签).", "question people"),
    _ticket(
        "CoHandlersAsked", "People or departments were asked to help (协办).", "question people departments"
    ),
    _ticket("CountersignAsked", "People were asked to sign (会签).", "question people needed"),
    _ticket(
        "OpinionGiven",
        "Somebody consulted, helping or signing gave their opinion.",
        "result outcome outcome_title agreed needed",
    ),
    _ticket("ExtensionRequested", "A later end was asked for (延期申请).", "old_end new_end until"),
    _ticket("ExtensionDecided", "A later end was granted or refused.", "granted grant old_end new_end"),
    _ticket("TicketPaused", "The ticket was paused (暂停)."),
    _ticket("TicketResumed", "The ticket was resumed (恢复)."),
    _ticket("TicketCancelled", "The ticket was cancelled (取消)."),
    _ticket("TicketForceEnded", "The ticket's end was forced (强制结束)."),
    _ticket("TicketResolved", "The work was declared done (办结).", "result"),
    _ticket("TicketClosed", "The ticket was closed (归档).", "satisfaction answer"),
    _ticket("TicketReopened", "A closed ticket was opened again (重开).", "node node_title"),
    _ticket(
        "CustomerCalledBack",
        "The customer was called back, reached or not (回访).",
        "result score note next_try_at tries",
    ),
    _ticket("TicketLinked", "Two tickets were linked (关联).", "other kind"),
    _ticket("AttachmentsAdded", "Files were attached.", "files names"),
    _ticket("TicketEdited", "What was recorded was corrected.", "changes old new"),
    _ticket("WorkItemArrived", "A work item came to somebody or to a queue."),
    _ticket("WorkItemLeft", "A work item left."),
)

declare(_TICKET_EVENTS)
EVENTS: Mapping[str, EventType] = MappingProxyType({kind.name: kind for kind in _TICKET_EVENTS})
