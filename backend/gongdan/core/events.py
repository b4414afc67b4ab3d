"""The catalogue of domain events: frozen, closed, versioned. What is not here cannot be appended.

Everything that happens after a verb (notifications, live push, webhooks, statistics) reads these, so a type is never
renamed and never changes its meaning; a new meaning is a new version. `fields` always stand in an event's data,
`optional` ones when they are not empty; old and new values go side by side. docs/event-log.md shows an event in full.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gongdan.outbox.registry import EventType, declare

# What a step of the flow changed: work items that came and went, automatic nodes passed [node, target, because],
# approvals that must be given again; and who is to be told (`notify`, staff ids).
MOVES = frozenset({"entered", "left", "passed", "approvals_again", "notify", "reason"})
# A work item in words: ids for machines, names for people. `seq` counts the ticket's work items from 1.
ITEM = frozenset("seq node duty department_id department team_id team role handler_id handler due_at".split())


def _ticket(name: str, doc: str, optional: str = "", *, right: str = "ticket.view") -> EventType:
    return EventType(name, "ticket", doc, optional=MOVES | ITEM | set(optional.split()), right=right)


_TICKET_EVENTS = (
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


def _organisation(name: str, subject: str, doc: str, fields: str, optional: str = "") -> EventType:
    right = "admin.organisation"
    return EventType(name, subject, doc, frozenset(fields.split()), frozenset(optional.split()), right=right)


_ORGANISATION_EVENTS = (
    _organisation(
        "DepartmentCreated",
        "department",
        "A department was set up.",
        "code name parent_id head_id position active",
    ),
    _organisation(
        "DepartmentChanged", "department", "A department was renamed, moved or (de)activated.", "old new"
    ),
    _organisation("DepartmentRemoved", "department", "A department nobody used was removed.", "code name"),
    _organisation("TeamCreated", "team", "A team was set up.", "code name department_id active"),
    _organisation("TeamChanged", "team", "A team was renamed, moved or (de)activated.", "old new"),
    _organisation("TeamRemoved", "team", "A team nobody used was removed.", "code name"),
    _organisation(
        "RoleCreated", "role", "A role was made.", "code name rights scope category_ids customer_levels"
    ),
    _organisation("RoleChanged", "role", "What a role allows was changed.", "old new"),
    _organisation("RoleRemoved", "role", "A role nobody held was removed.", "code name"),
    _organisation(
        "StaffCreated",
        "staff",
        "A person joined.",
        "username name department_id team_ids email phone extension active",
    ),
    _organisation(
        "StaffChanged",
        "staff",
        "A person's data were changed, or they left or came back (active).",
        "old new",
    ),
    _organisation("StaffRolesChanged", "staff", "A person was given or lost roles.", "old new"),
    _organisation(
        "PasswordChanged",
        "staff",
        "A person's password was set anew, by themselves or by another.",
        "by_owner",
    ),
    _organisation(
        "TokenCreated",
        "staff",
        "An API token was made for a person.",
        "token_id name prefix",
        optional="expires_at",
    ),
    _organisation("TokenRevoked", "staff", "An API token of a person was revoked.", "token_id name prefix"),
)

_FLOW_EVENTS = (
    EventType(
        "FlowPublished",
        "flow",
        "A new version of a flow was published; new tickets are pinned to it.",
        frozenset({"code", "number", "previous", "title"}),
        right="admin.flows",
    ),
)


def _reference(name: str, subject: str, right: str, doc: str, fields: str, optional: str = "") -> EventType:
    return EventType(name, subject, doc, frozenset(fields.split()), frozenset(optional.split()), right=right)


_SETTINGS = "names position kind flow entry_department default_priority callback_mode callback_rate"
_CATALOGUE_EVENTS = (
    _reference(
        "CategoryCreated",
        "category",
        "admin.catalogue",
        "A category was made.",
        "code name parent",
        _SETTINGS,
    ),
    _reference(
        "CategoryChanged",
        "category",
        "admin.catalogue",
        "A category was changed, moved or (de)activated.",
        "code old new",
    ),
    _reference(
        "CategoryRemoved",
        "category",
        "admin.catalogue",
        "A category nothing referred to was removed.",
        "code name",
    ),
    _reference(
        "CategoryFormAdded",
        "category",
        "admin.catalogue",
        "A category got a new version of its form.",
        "code number form_version_id fields",
    ),
)
_CUSTOMER_EVENTS = (
    _reference(
        "CustomerCreated",
        "customer",
        "customer.view",
        "A customer was recorded.",
        "name kind level customer_class",
        "parent_id external_id note fields contacts",
    ),
    _reference("CustomerChanged", "customer", "customer.view", "A customer's data were changed.", "old new"),
    _reference(
        "ContactAdded",
        "customer",
        "customer.view",
        "A way to reach a customer was added; numbers are masked.",
        "contact_id kind value label primary",
    ),
    _reference(
        "ContactRemoved",
        "customer",
        "customer.view",
        "A way to reach a customer was removed; numbers are masked.",
        "contact_id kind value label",
    ),
    _reference(
        "AccountAdded",
        "customer",
        "customer.view",
        "A customer got an account that pays.",
        "account_id number name status",
    ),
    _reference(
        "SubscriberAdded",
        "customer",
        "customer.view",
        "A customer got a subscriber that uses; numbers are masked.",
        "subscriber_id account_id number product status",
    ),
    _reference(
        "CustomerNumbersRevealed",
        "customer",
        "customer.view",
        "Somebody saw a customer's numbers in clear.",
        "contacts",
    ),
    _reference(
        "CustomerLevelCreated",
        "customer_level",
        "customer.view",
        "A level of customers was made.",
        "code name rank",
    ),
    _reference(
        "CustomerLevelChanged",
        "customer_level",
        "customer.view",
        "A level of customers was changed.",
        "code old new",
    ),
)


def _calendar(name: str, doc: str, fields: str, subject: str = "calendar") -> EventType:
    return EventType(name, subject, doc, frozenset(fields.split()), right="admin.calendars")


_PUBLISHED = "A new version of a working calendar was published; new clocks are reckoned with it."
_OWN = "A department got a working calendar of its own, or inherits again."
_TABLE = "An official table of holidays and make-up days was added."
_CALENDAR_EVENTS = (
    _calendar("CalendarCreated", "A working calendar (工作日历) was made.", "code names is_default"),
    _calendar("CalendarChanged", "A working calendar was renamed or made the default one.", "code old new"),
    _calendar("CalendarPublished", _PUBLISHED, "code number previous reason definition years"),
    _calendar("DepartmentCalendarSet", _OWN, "old new", "department"),
    _calendar("HolidayTableAdded", _TABLE, "region year edition days source", "holiday_table"),
)
_POLICY_EVENTS = (
    _reference(
        "PolicyCreated",
        "policy",
        "admin.policies",
        "A policy (时限策略) was made.",
        "code names position",
    ),
    _reference(
        "PolicyChanged", "policy", "admin.policies", "A policy was renamed or (de)activated.", "code old new"
    ),
    _reference(
        "PolicyPublished",
        "policy",
        "admin.policies",
        "A new version of a policy was published; new tickets are pinned to it.",
        "code number previous terms",
    ),
    _reference(
        "PoliciesOrdered",
        "policy_order",
        "admin.policies",
        "The policies were put in another order; the first that holds is a ticket's.",
        "old new",
    ),
)

declare(_ORGANISATION_EVENTS)
declare(_CATALOGUE_EVENTS)
declare(_CUSTOMER_EVENTS)
declare(_FLOW_EVENTS)
declare(_CALENDAR_EVENTS)
declare(_POLICY_EVENTS)
declare(_TICKET_EVENTS)
EVENTS: Mapping[str, EventType] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            *_TICKET_EVENTS,
            *_ORGANISATION_EVENTS,
            *_FLOW_EVENTS,
            *_CALENDAR_EVENTS,
            *_POLICY_EVENTS,
            *_CATALOGUE_EVENTS,
            *_CUSTOMER_EVENTS,
        )
    }
)
