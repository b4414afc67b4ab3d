"""Tickets keep the end of their chain in their own row; the trail's verifier reads it through this."""

from __future__ import annotations

from gongdan.core.tickets.models import Ticket
from gongdan.outbox import chains

chains.register(
    chains.keeper_of_rows("ticket", Ticket, seq="event_seq", hash_="head_hash", name="number"),
)
