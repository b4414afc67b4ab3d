"""Making, listing and revoking API tokens, by right and on the trail.

Everyone may do it for themselves; for others it needs admin.tokens, and nobody makes a token for someone who may more.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from gongdan.core.staff import identity
from gongdan.core.staff.administration import require, require_not_beyond
from gongdan.core.staff.grants import StaffGrants
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import Conflict, Forbidden, NotFound
from gongdan.outbox.log import NewEvent, append_to
from gongdan.web import tokens
from gongdan.web.models import ApiToken

RIGHT = "admin.tokens"
MOST = 100  # tokens in force per person
SHOWN = 500


def tokens_of(staff_id: int | None, asker: StaffGrants | None) -> list[dict[str, Any]]:
    """Tokens in force of a person, or of everyone (None), newest first. `asker` None is the system. One statement."""
    if asker is not None and staff_id != asker.staff_id:
        asker.require(RIGHT)
    rows = ApiToken.objects.filter(revoked_at=None).select_related("staff").order_by("-id")
    if staff_id is not None:
        rows = rows.filter(staff_id=staff_id)
    return [_shown(row) for row in rows[:SHOWN]]


def create_token(
    staff_id: int, name: str, *, expires_at: datetime | None = None, actor: Actor
) -> Mapping[str, Any]:
    """The token as lists show it, with its `secret`. Raises unknown_staff, already_expired, beyond_your_rights,
    too_many_tokens, right_missing."""
    if staff_id != actor.staff_id:
        require(actor, RIGHT)
    with transaction.atomic():
        _lock_person(staff_id)
        require_not_beyond(actor, staff_id)
        if ApiToken.objects.filter(staff_id=staff_id, revoked_at=None).count() >= MOST:
            raise Conflict("too_many_tokens", f"{MOST} tokens are in force; revoke some.", most=MOST)
        token, secret = tokens.issue(staff_id, name.strip(), expires_at=expires_at)
        told = {"token_id": token.pk, "name": token.name, "prefix": token.prefix}
        if expires_at is not None:
            told["expires_at"] = expires_at.isoformat()
        append_to("staff", staff_id, [NewEvent("TokenCreated", told)], actor=actor)
    return {**_shown(token), "secret": secret}


def revoke_token(token_id: int, *, actor: Actor) -> None:
    """End a token. Raises unknown_token, also for another person's without the right."""
    with transaction.atomic():
        token = ApiToken.objects.select_for_update(no_key=True).filter(pk=token_id, revoked_at=None).first()
        if token is None or not _may_revoke(token, actor):
            raise NotFound("unknown_token", "There is no such token, or it is revoked already.")
        tokens.revoke(token_id)
        told = {"token_id": token.pk, "name": token.name, "prefix": token.prefix}
        append_to("staff", token.staff_id, [NewEvent("TokenRevoked", told)], actor=actor)


def _may_revoke(token: ApiToken, actor: Actor) -> bool:
    if token.staff_id == actor.staff_id:
        return True
    try:
        require(actor, RIGHT)
    except Forbidden:
        return False
    return True


def _lock_person(staff_id: int) -> None:
    if not identity.lock_active(staff_id):
        raise NotFound("unknown_staff", "There is no such person.")


def _shown(token: ApiToken) -> dict[str, Any]:
    return {
        "id": token.pk,
        "name": token.name,
        "staff": {"id": token.staff_id, "name": token.staff.name},
        "prefix": token.prefix,
        "created_at": token.created_at,
        "expires_at": token.expires_at,
    }
