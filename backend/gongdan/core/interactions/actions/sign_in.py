"""Sign in to an extension, and out again. Whoever is signed in begins busy and says themselves when they are ready."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import Q

from gongdan.core.interactions import pausing
from gongdan.core.interactions.models import CallPart, Extension, Presence, PresenceState
from gongdan.core.interactions.presence_changes import change
from gongdan.kernel import clock
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import Conflict, Invalid


def sign_in(extension_id: int, *, actor: Actor) -> None:
    """Sit down at an extension: one's own, or one that is nobody's. Doing it twice changes nothing.

    Raises Invalid unknown_extension (also for somebody else's); Conflict extension_taken, call_under_way (when one
    would change extensions during a call).
    """
    assert actor.staff_id is not None
    found = Extension.objects.filter(pk=extension_id, active=True, system__active=True)
    mine = Q(staff_id__isnull=True) | Q(staff_id=actor.staff_id)
    number = found.filter(mine).values_list("number", flat=True).first()
    if number is None:
        raise Invalid(
            "unknown_extension", "There is no such extension that you may use.", field="extension_id"
        )
    try:
        with transaction.atomic():
            presence = locked(actor.staff_id)
            if presence.extension_id == extension_id and presence.state != PresenceState.OFFLINE:
                return
            if presence.extension_id is not None:
                _require_no_call(actor.staff_id)
            presence.extension_id = extension_id
            change(presence, PresenceState.BUSY, now=clock.now(), actor=actor, extension=number)
            pausing.tell({actor.staff_id: PresenceState.BUSY}, now=clock.now())
    except IntegrityError as error:
        raise _taken(extension_id) from error


def _taken(extension_id: int) -> Conflict:
    name = Presence.objects.filter(extension_id=extension_id).values_list("staff__name", flat=True).first()
    sentence = f"{name or 'Somebody'} is signed in to this extension."
    return Conflict("extension_taken", sentence, holder=name or "", field="extension_id")


def sign_out(*, actor: Actor) -> None:
    """Leave the extension; one is offline then. Raises Conflict call_under_way."""
    assert actor.staff_id is not None
    with transaction.atomic():
        presence = locked(actor.staff_id)
        if presence.extension_id is None and presence.state == PresenceState.OFFLINE:
            return
        _require_no_call(actor.staff_id)
        pausing.tell({actor.staff_id: PresenceState.OFFLINE}, now=clock.now())
        presence.extension_id = None
        change(presence, PresenceState.OFFLINE, now=clock.now(), actor=actor)


def _require_no_call(staff_id: int) -> None:
    if CallPart.objects.filter(staff_id=staff_id, ended_at__isnull=True).exists():
        raise Conflict("call_under_way", "Finish your call first.")


def locked(staff_id: int) -> Presence:
    """A person's presence, locked, in the caller's transaction; made when they never had one."""
    mine = Presence.objects.select_for_update(no_key=True).filter(staff_id=staff_id)
    found = mine.first()
    if found is None:
        Presence.objects.bulk_create([Presence(staff_id=staff_id, since=clock.now())], ignore_conflicts=True)
        found = mine.get()
    return found
