"""What happens to a ticket."""

from __future__ import annotations

from gongdan.outbox.registry import EventType

# What a step of the flow changed: work items that came and went, automatic nodes passed [node, target, because],
# approvals that must be given again; and who is to be told (`notify`, staff ids).
MOVES = frozenset({"entered", "left", "passed", "approvals_again", "notify", "reason"})
# A work item in words: ids for machines, names for people. `seq` counts the ticket's work items from 1.
ITEM = frozenset("seq node duty department_id department team_id team role handler_id handler due_at".split())


def _ticket(name: str, doc: str, optional: str = "", *, right: str = "ticket.view") -> EventType:
    return EventType(name, "ticket", doc, optional=MOVES | ITEM | set(optional.split()), right=right)


TICKET_EVENTS = (
    _ticket(
        "TicketOpened",
        "A request became a ticket (受理).",
        "number kind category_id flow_version_id channel priority subject customer_id received_at required_end "
        "callback sampled external_id",
    ),
    _ticket("TicketSubmitted", "It left the intake and its flow began (提交)."),
    _ticket("TicketAccepted", "Somebody took a work item (签收)."),
    _ticket("TicketProcessed", "A work item was finished with an outcome (处理).", "outcome result fields"),
    _ticket("TicketAppended", "Information was added (追加).", "excerpt"),
    _ticket("TicketReplied", "The customer was answered (公开回复).", "excerpt"),
    _ticket("TicketNoted", "An internal note was written (内部备注).", "excerpt", right="ticket.view_notes"),
    _ticket("TicketTransferred", "A work item went to somebody else (转办).", "before"),
    _ticket("TicketReturned", "The ticket went back to a node executed before (退回).", "target mode"),
    _ticket(
        "TicketWithdrawn", "Somebody took back what they had passed on, or called off (撤回).", "called_off"
    ),
    _ticket("TicketUrged", "Somebody urged the handlers (催办).", "times at"),
    _ticket("TicketConsulted", "People were asked for their opinion (加签).", "question"),
    _ticket("CoHandlersAsked", "People or departments were asked to help (协办).", "question"),
    _ticket("CountersignAsked", "People were asked to sign (会签).", "question needed"),
    _ticket(
        "OpinionGiven",
        "Somebody consulted, helping or signing gave their part; `countersign` is pending, agreed or refused.",
        "result outcome countersign",
    ),
    _ticket("ExtensionRequested", "A later end was asked for (延期申请).", "old_end new_end"),
    _ticket("ExtensionDecided", "A later end was granted or refused.", "granted old_end new_end"),
    _ticket(
        "TicketIntercepted",
        "Third parties were asked before a verb (拦截器): `decisions` says who decided what; a refusal stopped it.",
        "verb decisions",
    ),
    _ticket(
        "TicketPaused",
        "The ticket was paused (暂停); for the customer, or for another reason.",
        "waiting_for",
    ),
    _ticket("TicketResumed", "The ticket was resumed (恢复)."),
    _ticket("TicketCancelled", "The ticket was cancelled (取消)."),
    _ticket("TicketForceEnded", "The ticket's end was forced (强制结束)."),
    _ticket(
        "TicketResolved",
        "The work is done (办结); `callback` says whether the customer is called first.",
        "resolved_at callback answered_on_spot result",
    ),
    _ticket("TicketClosed", "The ticket was closed (归档).", "actual_end satisfaction"),
    _ticket("TicketReopened", "An ended ticket was opened again (重开)."),
    _ticket(
        "CustomerCalledBack",
        "The customer was called back, reached or not (回访).",
        "result outcome score note tries next_try_at",
    ),
    _ticket(
        "CallNoted",
        "A call is about the ticket (通话): opened, appended, urged or linked; `caller` is masked.",
        "call_id how direction began_at line menu caller",
    ),
    _ticket("TicketLinked", "Two tickets were linked (关联).", "other kind"),
    _ticket("AttachmentsAdded", "Files were attached.", "attachments"),
    _ticket(
        "TicketEdited", "What was recorded was corrected: `changed` maps names to [old, new].", "changed"
    ),
    _ticket(
        "CardIssued",
        "A yellow or red card was issued (黄牌, 红牌); `due_at` is the moment it was due, its department and handler are liable.",
        "colour clock step",
    ),
    _ticket("CardAcknowledged", "Who is liable has seen the card (确认).", "card colour clock"),
    _ticket("CardAppealed", "Who is liable says why the card should not stand (申诉).", "card colour clock"),
    _ticket("CardUpheld", "An appeal was turned down: the card stands (维持).", "card colour clock"),
    _ticket("CardWithdrawn", "The card no longer counts (撤销).", "card colour clock"),
    _ticket(
        "Escalated",
        "A step of an escalation ladder was reached (升级); `did` is what was done, `after` and `limit` counted seconds.",
        "clock after limit did",
    ),
    _ticket("TicketSupervised", "Superiors watch the ticket (督办)."),
    _ticket("TicketCirculated", "The ticket was named before all departments (通报)."),
    _ticket(
        "PolicyApplied",
        "Another version of a policy was applied to an open ticket; `clocks` says what changed.",
        "policy version before clocks",
    ),
    _ticket(
        "ClocksCorrected",
        "An official holiday table was published: clocks that counted provisionally were reckoned anew.",
        "calendar number clocks",
    ),
)
