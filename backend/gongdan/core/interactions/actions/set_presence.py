"""Say how one stands to the line (就绪, 置忙, 小休), end or lengthen one's after-call work, or set somebody else's."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from gongdan.core.interactions import line_words, pausing
from gongdan.core.interactions.access import SUPERVISE
from gongdan.core.interactions.actions.sign_in import locked
from gongdan.core.interactions.models import Call, Presence, PresenceState
from gongdan.core.interactions.presence_changes import change
from gongdan.core.interactions.reaching import require_person
from gongdan.core.staff.grants import StaffGrants
from gongdan.kernel import clock
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import Conflict, Invalid

READY, BREAK, OFFLINE, WRAP_UP = (
    PresenceState.READY.value,
    PresenceState.BREAK.value,
    PresenceState.OFFLINE.value,
    PresenceState.WRAP_UP.value,
)


def set_presence(state: str, reason: str = "", *, actor: Actor) -> None:
    """`state` is ready, busy or break; a break needs a reason's code. During after-call work, ready ends it.

    Raises Conflict not_signed_in, disposition_owed; Invalid unknown_break_reason.
    """
    assert actor.staff_id is not None
    _require_reason(state, reason)
    with transaction.atomic():
        presence = locked(actor.staff_id)
        if presence.extension_id is None:
            raise Conflict("not_signed_in", "Sign in to an extension first.")
        if presence.state == WRAP_UP and owed(presence):
            raise Conflict("disposition_owed", "Write down what the call was about first.")
        _change(presence, state, reason, actor)


def set_presence_of(staff_id: int, state: str, reason: str, *, grants: StaffGrants, actor: Actor) -> None:
    """A supervisor sets somebody's presence; offline also signs them out, so that no call rings there any more.

    Raises NotFound unknown_staff, for people out of reach too; Conflict not_signed_in; Invalid unknown_break_reason.
    """
    require_person(grants, staff_id, SUPERVISE)
    _require_reason(state, reason)
    with transaction.atomic():
        presence = locked(staff_id)
        if presence.extension_id is None and state != OFFLINE:
            raise Conflict("not_signed_in", "This person is not signed in to an extension.")
        _change(presence, state, reason, actor)


def _change(presence: Presence, state: str, reason: str, actor: Actor) -> None:
    said = reason if state == BREAK else ""
    pausing.tell({presence.staff_id: state}, now=clock.now(), reason=said, asked_by=actor.staff_id)
    if state == OFFLINE:
        presence.extension_id = None
    change(presence, state, now=clock.now(), actor=actor, reason=said)


def _require_reason(state: str, reason: str) -> None:
    if state == BREAK and reason not in {one["code"] for one in line_words.break_reasons()}:
        raise Invalid("unknown_break_reason", "Say why: choose one of the reasons.", field="reason")


def owed(presence: Presence) -> bool:
    """Whether the call that this after-call work follows still needs its disposition (服务小结)."""
    if not line_words.settings().disposition_required or presence.wrap_up_part is None:
        return False
    call = Call.objects.filter(parts__pk=presence.wrap_up_part, direction="inbound", disposition="")
    return call.filter(agent_id=presence.staff_id, outcome="answered").exists()


def lengthen_wrap_up(more: int, *, actor: Actor) -> None:
    """Take `more` seconds of after-call work (话后处理). Raises Conflict not_in_wrap_up."""
    assert actor.staff_id is not None
    with transaction.atomic():
        presence = locked(actor.staff_id)
        if presence.state != WRAP_UP:
            raise Conflict("not_in_wrap_up", "Your after-call work is over.")
        now = clock.now()
        until = max(presence.until or now, now) + timedelta(seconds=more)
        change(
            presence,
            WRAP_UP,
            now=now,
            actor=actor,
            reason=presence.reason,
            until=until,
            after=presence.after,
            part=presence.wrap_up_part,
        )
