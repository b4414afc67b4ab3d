"""The ticket aggregate's tables. Written only by the verbs in `actions/`."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from gongdan.core.catalogue.models import CallbackMode, Kind, Priority
from gongdan.core.tickets.call_models import TicketCall
from gongdan.core.tickets.clock_models import (
    REFERENCE,
    Card,
    CardState,
    Clock,
    ClockKind,
    ClockState,
    Colour,
    Extension,
    ExtensionState,
)

__all__ = [
    "Card", "CardState", "Clock", "ClockKind", "ClockState", "Colour", "Extension", "ExtensionState", "TicketCall",
]  # fmt: skip


class State(models.TextChoices):
    """Where a ticket stands as a whole; the nodes it rests at are its open work items."""

    DRAFT = "draft"
    OPEN = "open"
    PAUSED = "paused"
    RESOLVED = "resolved"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    FORCE_ENDED = "force_ended"


ENDED = (State.CLOSED, State.CANCELLED, State.FORCE_ENDED)
LIVING = Q(state__in=[State.DRAFT, State.OPEN, State.PAUSED, State.RESOLVED])


class Channel(models.TextChoices):
    PHONE = "phone"
    EMAIL = "email"
    WECHAT = "wechat"
    WEB_FORM = "web_form"
    CHAT = "chat"
    APP = "app"
    API = "api"


class Supervision(models.TextChoices):
    """How closely superiors watch: not, 督办, 通报."""

    NONE = ""
    SUPERVISED = "supervised"
    CIRCULATED = "circulated"


class Ticket(models.Model):
    """One request. `marking` is the flow engine's position; `parties` are the tokens the permission rule looks at:
    "p:<staff>", "t:<team>", "d:<department>", "r:<role code>" of all who were ever concerned.

    `required_end` is when the whole must be done, `warn_at` its first yellow card; `card` is the worst card that
    stands (yellow, red or none), `paused_for` what a paused ticket waits for (customer, other).
    `received_at` is when the customer spoke, `opened_at` when it became a ticket, `actual_end` when it ended.
    `event_seq` and `head_hash` are the end of this ticket's chain in the event log.
    """

    number = models.CharField(max_length=32)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    category = models.ForeignKey("catalogue.Category", **REFERENCE)
    form_version = models.ForeignKey("catalogue.FormVersion", **REFERENCE, null=True)
    flow_version = models.ForeignKey("flow.FlowVersion", **REFERENCE)
    policy_version = models.ForeignKey("sla.PolicyVersion", **REFERENCE, null=True)
    state = models.CharField(max_length=12, choices=State.choices)
    channel = models.CharField(max_length=12, choices=Channel.choices)
    priority = models.SmallIntegerField(choices=Priority.choices)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    fields: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    tags: models.Field[Any, list[str]] = ArrayField(models.CharField(max_length=40), default=list)
    customer = models.ForeignKey("customers.Customer", models.PROTECT, null=True, db_index=False)
    customer_level = models.CharField(max_length=32, default="")
    requester_name = models.CharField(max_length=120, default="")
    requester_phone = models.CharField(max_length=40, default="")
    opened_by = models.ForeignKey("staff.Staff", **REFERENCE, null=True, related_name="+")
    opened_department = models.ForeignKey("staff.Department", **REFERENCE, null=True, related_name="+")
    answered_on_spot = models.BooleanField(default=False)
    callback_mode = models.CharField(max_length=10, choices=CallbackMode.choices)
    sampled_for_callback = models.BooleanField(default=False)
    marking: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    parties: models.Field[Any, list[str]] = ArrayField(models.CharField(max_length=70), default=list)
    urged = models.SmallIntegerField(default=0)
    supervision = models.CharField(max_length=10, choices=Supervision.choices, default=Supervision.NONE)
    card = models.CharField(max_length=6, default="")
    paused_for = models.CharField(max_length=8, default="")
    satisfaction = models.SmallIntegerField(null=True)
    received_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    required_end = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    expected_end = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    actual_end = models.DateTimeField(null=True)
    updated_at = models.DateTimeField()
    external_id = models.CharField(max_length=120, null=True)
    version = models.IntegerField(default=1)
    item_seq = models.SmallIntegerField(default=0)
    event_seq = models.IntegerField(default=0)
    head_hash = models.BinaryField(default=b"")

    class Meta:
        # Constraints rather than unique=True: that would add a second index for LIKE to each.
        constraints = [
            models.UniqueConstraint("number", name="ticket_number_once"),
            models.UniqueConstraint(
                "external_id", name="ticket_external_id_once", condition=Q(external_id__isnull=False)
            ),
        ]
        indexes = [
            GinIndex(fields=["parties"], name="ticket_parties"),
            models.Index(fields=["customer", "-id"], name="ticket_by_customer"),
            models.Index(fields=["category", "-id"], name="ticket_by_category"),
            models.Index(fields=["-id"], name="ticket_living", condition=LIVING),
        ]


class NumberDay(models.Model):
    """The global ticket sequence's value before a day's first ticket; a number is <day>-<sequence minus base>."""

    day = models.DateField(unique=True)
    base = models.BigIntegerField()


class Duty(models.TextChoices):
    """Why somebody holds a work item: in charge, helping, asked for an opinion, or asked to sign."""

    LEAD = "lead"
    CO_HANDLER = "co_handler"
    CONSULTED = "consulted"
    SIGNER = "signer"


class ItemState(models.TextChoices):
    WAITING = "waiting"
    ACCEPTED = "accepted"
    DONE = "done"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    TRANSFERRED = "transferred"
    CANCELLED = "cancelled"


OPEN_ITEM = Q(state__in=[ItemState.WAITING, ItemState.ACCEPTED])


class WorkItem(models.Model):
    """A ticket's stay at one node (环节), by one handler or in one queue.

    A queue is `department` (narrowed by `role`, if given), `team`, or `role` alone; whoever accepts becomes `handler`.
    `token` is the engine's token and `stay` what the engine said of it;
    side items (co-handlers, consulted, signers) share it and point to the lead item as `parent`.
    `seq` counts per ticket. `sort_at` is the earlier of `due_at` and the
    ticket's required end, or the far future, so that lists page by key.
    `not_before` holds back a callback until its next try.
    """

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="items", db_index=False)
    seq = models.IntegerField()
    token = models.IntegerField()
    node = models.CharField(max_length=64)
    node_kind = models.CharField(max_length=16)
    duty = models.CharField(max_length=12, choices=Duty.choices, default=Duty.LEAD)
    parent = models.ForeignKey("self", models.PROTECT, null=True, db_index=False)
    state = models.CharField(max_length=12, choices=ItemState.choices)
    department = models.ForeignKey("staff.Department", **REFERENCE, null=True)
    team = models.ForeignKey("staff.Team", **REFERENCE, null=True)
    role = models.CharField(max_length=64, default="")
    handler = models.ForeignKey("staff.Staff", **REFERENCE, null=True, related_name="+")
    avoid = models.ForeignKey("staff.Staff", **REFERENCE, null=True, related_name="+")
    stay: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    arrived_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    sort_at = models.DateTimeField()
    not_before = models.DateTimeField(null=True)
    tries = models.SmallIntegerField(default=0)
    outcome = models.CharField(max_length=64, default="")
    result = models.TextField(default="")
    question = models.TextField(default="")
    needed = models.SmallIntegerField(null=True)
    left_by = models.ForeignKey("staff.Staff", **REFERENCE, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("ticket", "seq", name="work_item_seq_once")]
        indexes = [
            models.Index(fields=["handler", "sort_at", "id"], name="item_mine", condition=OPEN_ITEM),
            models.Index(
                fields=["department", "sort_at", "id"],
                name="item_department",
                condition=OPEN_ITEM & Q(handler__isnull=True),
            ),
            models.Index(
                fields=["role", "sort_at", "id"],
                name="item_role",
                condition=OPEN_ITEM & Q(handler__isnull=True) & ~Q(role=""),
            ),
            models.Index(
                fields=["team", "sort_at", "id"],
                name="item_team",
                condition=OPEN_ITEM & Q(handler__isnull=True, team__isnull=False),
            ),
            # A long queue is read in its order, however many wait in it.
            models.Index(
                fields=["sort_at", "id"],
                name="item_waiting",
                condition=OPEN_ITEM & Q(handler__isnull=True),
            ),
            models.Index(
                fields=["sort_at", "id"],
                name="item_callback",
                condition=OPEN_ITEM & Q(node_kind="callback"),
            ),
        ]


class MessageKind(models.TextChoices):
    """Correspondence: to the customer, among staff, information appended, or what the customer wrote."""

    REPLY = "reply"
    NOTE = "note"
    APPENDED = "appended"
    CUSTOMER = "customer"


class Message(models.Model):
    """One entry of the correspondence. `body` is plain text; pages escape it."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="messages", db_index=False)
    kind = models.CharField(max_length=10, choices=MessageKind.choices)
    body = models.TextField()
    author = models.ForeignKey("staff.Staff", **REFERENCE, null=True)
    author_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["ticket", "id"], name="message_of_ticket")]


class Attachment(models.Model):
    """A file: uploaded first (no ticket), then attached by the verb. `sha256` in hex names the stored file."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, null=True, related_name="attachments")
    message = models.ForeignKey(Message, models.PROTECT, null=True, related_name="attachments")
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    content_type = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey("staff.Staff", models.PROTECT, null=True)
    uploaded_at = models.DateTimeField()


class LinkKind(models.TextChoices):
    RELATED = "related"
    DUPLICATE = "duplicate"
    CAUSED_BY = "caused_by"


class Link(models.Model):
    """Two tickets that belong together (关联), seen from `ticket`."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="links")
    other = models.ForeignKey(Ticket, models.PROTECT, related_name="linked_from")
    kind = models.CharField(max_length=12, choices=LinkKind.choices)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("ticket", "other", "kind", name="link_once")]


class CallbackAttempt(models.Model):
    """One try to reach the customer, and what came of it."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="callback_attempts")
    item = models.ForeignKey(WorkItem, models.PROTECT)
    at = models.DateTimeField()
    by = models.ForeignKey("staff.Staff", models.PROTECT, null=True)
    result = models.CharField(max_length=16)
    score = models.SmallIntegerField(null=True)
    note = models.TextField(default="")
    next_try_at = models.DateTimeField(null=True)
