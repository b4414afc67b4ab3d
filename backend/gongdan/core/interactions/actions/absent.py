"""People whose page is long closed are signed out of their softphone: it is gone, and calls must not ring there."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from gongdan.core.interactions import pausing
from gongdan.core.interactions.models import CallPart, ExtensionKind, Presence, PresenceState
from gongdan.core.interactions.presence_changes import Change, change_all
from gongdan.kernel.actor import system

UNSEEN = 180  # seconds; a page says every 30 that it is there
MOST = 100


def sign_out_absent(now: datetime) -> set[int]:
    """Sign out who is at a softphone, was not seen for UNSEEN seconds and is in no call. Answers who that was.

    A desk phone rings without a page, so its person stays.
    """
    in_a_call = CallPart.objects.filter(staff_id=OuterRef("staff_id"), ended_at__isnull=True)
    unseen = Presence.objects.filter(
        ~Exists(in_a_call),
        extension__kind=ExtensionKind.SOFTPHONE,
        seen_at__lt=now - timedelta(seconds=UNSEEN),
    )
    actor = system("phone")
    with transaction.atomic():
        found = list(unseen.select_for_update(of=("self",), no_key=True, skip_locked=True)[:MOST])
        pausing.tell(dict.fromkeys((one.staff_id for one in found), PresenceState.OFFLINE), now=now)
        for presence in found:
            presence.extension_id = None
        change_all([Change(one, PresenceState.OFFLINE) for one in found], now=now, actor=actor)
    return {one.staff_id for one in found}
