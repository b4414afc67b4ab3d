"""Control a live call (接听, 保持, 转接, …): the telephone system is asked; the call changes when it tells us so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction

from gongdan.core.interactions import call_events, commands
from gongdan.core.interactions.access import SUPERVISE, require, unknown_call
from gongdan.core.interactions.dialling import dialable
from gongdan.core.interactions.models import CallPart
from gongdan.core.staff.grants import StaffGrants
from gongdan.kernel import clock
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import Conflict, Invalid

VERBS = frozenset(
    "answer hold resume hang_up transfer complete_transfer cancel_transfer conference dtmf".split()
)
TO = frozenset({"transfer", "conference"})
RINGING = frozenset({"answer", "hang_up"})
OF_SYSTEM = ("id", "leg", "system_id", "extension", "staff_id", "answered_at", "outcome", *commands.SYSTEM)


@dataclass(frozen=True, slots=True)
class Control:
    """What is to be done. `to` in any form, for transfer and conference; `mode` blind or attended; `digits` for dtmf."""

    verb: str
    to: str = ""
    mode: str = "blind"
    digits: str = ""


def control_call(call_id: int, wanted: Control, *, actor: Actor) -> int:
    """Ask for it; answers the command's id. Only for a live part of one's own.

    Raises NotFound unknown_call; Conflict call_not_answered, call_answered_already, leg_unknown, phone_system_away,
    not_possible_here; Invalid nothing_to_dial.
    """
    assert actor.staff_id is not None
    mine = CallPart.objects.filter(call_id=call_id, staff_id=actor.staff_id, ended_at__isnull=True)
    part = mine.order_by("-id").values(*OF_SYSTEM).first()
    if part is None:
        raise unknown_call()
    if part["answered_at"] is None and wanted.verb not in RINGING:
        raise Conflict("call_not_answered", "The call must be answered first.", verb=wanted.verb)
    if part["answered_at"] is not None and wanted.verb == "answer":
        raise Conflict("call_answered_already", "The call is answered already.")
    _require_able(part, wanted.verb)
    args = {"leg": part["leg"], **_arguments(wanted)}
    return commands.ask(part["system_id"], wanted.verb, args, actor=actor, call_id=call_id)


def _require_able(part: Mapping[str, Any], verb: str) -> None:
    if not part["leg"]:
        raise Conflict("leg_unknown", "The telephone system did not say which channel this is.")
    commands.require_able(
        verb, is_connected=commands.connected(part), capabilities=frozenset(part["system__capabilities"])
    )


def _arguments(wanted: Control) -> dict[str, str]:
    if wanted.verb == "dtmf":
        if not wanted.digits:
            raise Invalid("nothing_to_dial", "Say which digits.", field="digits")
        return {"digits": wanted.digits}
    if wanted.verb not in TO:
        return {}
    to = dialable(wanted.to, settings.DEFAULT_REGION)
    if not to:
        raise Invalid("nothing_to_dial", "Say where to: an extension or a number.", field="to")
    return {"to": to, **({"mode": wanted.mode} if wanted.verb == "transfer" else {})}


def supervise_call(
    call_id: int, how: str, *, grants: StaffGrants, actor: Actor, staff_id: int | None = None
) -> int:
    """Listen in, whisper, barge in or take over, from the extension one is signed in to; answers the command's id.

    It stands in the call's track that it was asked for. Raises unknown_call, right_missing; Conflict not_signed_in,
    nobody_talks, leg_unknown, other_system, phone_system_away, not_possible_here.
    """
    require(grants, call_id, SUPERVISE)
    seat = commands.require_seat(grants.staff_id)
    talking = CallPart.objects.filter(call_id=call_id, ended_at__isnull=True, answered_at__isnull=False)
    if staff_id is not None:
        talking = talking.filter(staff_id=staff_id)
    part = talking.exclude(staff_id=grants.staff_id).order_by("-id").values(*OF_SYSTEM).first()
    if part is None:
        raise Conflict("nobody_talks", "Nobody talks in this call now.")
    if part["system_id"] != seat.system_id:
        raise Conflict("other_system", "The call is in another telephone system than your extension.")
    _require_able(part, how)
    now = clock.now()
    args = {"leg": part["leg"], **commands.place(seat.number, seat.channel), "target": part["extension"]}
    with transaction.atomic():
        call = call_events.lock(call_id)
        told = {"how": how, "extension": part["extension"]}
        call_events.say(call, "CallSupervised", told, actor=actor, at=now)
        return commands.ask(part["system_id"], how, args, actor=actor, call_id=call_id)
