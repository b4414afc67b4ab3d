"""Dial (外呼): the system rings one's own phone and then the number; a softphone dials by itself and is told the digits."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from gongdan.core.interactions import commands
from gongdan.core.interactions.dialling import dialable
from gongdan.core.interactions.models import ExtensionKind
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import Conflict, Invalid


@dataclass(frozen=True, slots=True)
class Dialled:
    """`command` is to be followed, or `digits` are for the softphone to dial."""

    command: int
    digits: str | None


def dial(
    text: str,
    *,
    actor: Actor,
    customer_id: int | None = None,
    ticket: str | None = None,
    callback_task_id: int | None = None,
) -> Dialled:
    """Dial a number in any form. What it is about is kept with the command, so that the call can be known by it.

    Raises Invalid nothing_to_dial; Conflict not_signed_in, own_extension, phone_system_away, not_possible_here.
    """
    digits = dialable(text, settings.DEFAULT_REGION)
    if not digits:
        raise Invalid("nothing_to_dial", "There is no number to dial.", field="number")
    assert actor.staff_id is not None
    seat = commands.require_seat(actor.staff_id)
    if digits == seat.number.upper():
        raise Conflict("own_extension", "This is your own extension.")
    about = {"customer_id": customer_id, "ticket": ticket, "callback_task_id": callback_task_id}
    args = {
        **commands.place(seat.number, seat.channel),
        "number": digits,
        **{k: v for k, v in about.items() if v},
    }
    if seat.kind == ExtensionKind.SOFTPHONE:
        return Dialled(commands.ask(seat.system_id, "dial", args, actor=actor, state="done"), digits)
    commands.require_able("dial", is_connected=seat.connected, capabilities=seat.capabilities)
    return Dialled(commands.ask(seat.system_id, "dial", args, actor=actor), None)
