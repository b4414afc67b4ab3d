"""Bearer tokens: "gdt_" and 43 random characters, shown once; only the SHA-256 is stored.

A token acts as its person, with all their rights, until it expires, is revoked, or the person is deactivated.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from gongdan.kernel import clock, reference
from gongdan.kernel.errors import Invalid, NotFound
from gongdan.web.models import ApiToken
from gongdan.web.sessions import digest_of

PREFIX = "gdt_"
SHOWN = 12  # characters of a token that lists show: the prefix and eight more


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom a token stands for."""

    token_id: int
    staff_id: int
    expires_at: datetime | None


def issue(staff_id: int, name: str, *, expires_at: datetime | None = None) -> tuple[ApiToken, str]:
    """A new token and its secret, which is not kept. Raises already_expired."""
    now = clock.now()
    if expires_at is not None and expires_at <= now:
        raise Invalid("already_expired", "The token would already be expired.", field="expires_at")
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        staff_id=staff_id,
        name=name,
        prefix=secret[:SHOWN],
        digest=digest_of(secret),
        created_at=now,
        expires_at=expires_at,
    )
    return token, secret


def find(secret: str) -> Holder | None:
    """Whom the secret stands for, now; cached (only when it exists) until a token or the organisation changes."""
    digest = digest_of(secret)
    try:
        holder = reference.get(("web.token", digest), lambda: _load(digest))
    except NotFound:
        return None
    expired = holder.expires_at is not None and holder.expires_at <= clock.now()
    return None if expired else holder


def _load(digest: str) -> Holder:
    alive = ApiToken.objects.filter(digest=digest, revoked_at=None, staff__is_active=True)
    row = alive.values_list("id", "staff_id", "expires_at").first()
    if row is None:
        raise NotFound("invalid_token", "The token is unknown, expired or revoked.")
    return Holder(*row)


def revoke(token_id: int) -> None:
    """End a token now. Raises unknown_token."""
    if not ApiToken.objects.filter(pk=token_id, revoked_at=None).update(revoked_at=clock.now()):
        raise NotFound("unknown_token", "There is no such token, or it is revoked already.")


def revoke_all(staff_id: int) -> None:
    """End all tokens of a person."""
    ApiToken.objects.filter(staff_id=staff_id, revoked_at=None).update(revoked_at=clock.now())
