"""What ends when a person leaves or loses their password: their sessions, and with the person their tokens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from gongdan.core.staff import identity, people
from gongdan.kernel.actor import Actor
from gongdan.web import sessions, sign_in, tokens


def change_person(staff_id: int, changes: Mapping[str, Any], *, actor: Actor) -> None:
    """`people.change_person`; who is deactivated loses sessions and tokens in the same transaction."""
    with transaction.atomic():
        people.change_person(staff_id, changes, actor=actor)
        if changes.get("active") is False:
            sessions.end_all(staff_id)
            tokens.revoke_all(staff_id)


def set_password(staff_id: int, password: str, *, actor: Actor) -> None:
    """`people.set_password`; ends the person's sessions and lifts a lock."""
    with transaction.atomic():
        people.set_password(staff_id, password, actor=actor)
        sessions.end_all(staff_id)
        sign_in.unlock(identity.username_of(staff_id))
