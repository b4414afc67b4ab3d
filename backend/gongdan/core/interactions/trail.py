"""Calls keep the end of their chain in their own row; the trail's verifier reads it through this."""

from __future__ import annotations

from gongdan.core.interactions.models import Call
from gongdan.outbox import chains

chains.register(chains.keeper_of_rows("call", Call, seq="event_seq", hash_="head_hash", name="key"))
