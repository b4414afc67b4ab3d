"""Which calls are about which tickets."""

from __future__ import annotations

from django.db import models

from gongdan.core.tickets.clock_models import REFERENCE


class CallUse(models.TextChoices):
    """What was done to the ticket because of the call."""

    OPENED = "opened"
    APPENDED = "appended"
    URGED = "urged"
    LINKED = "linked"


class TicketCall(models.Model):
    """A call that is about a ticket, noted once; `how` is what it was noted for first. A call may be about several."""

    ticket = models.ForeignKey("tickets.Ticket", models.PROTECT, related_name="calls", db_index=False)
    call = models.ForeignKey("interactions.Call", models.PROTECT, related_name="+")
    how = models.CharField(max_length=8, choices=CallUse.choices)
    by = models.ForeignKey("staff.Staff", **REFERENCE, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("ticket", "call", name="ticket_call_once")]
