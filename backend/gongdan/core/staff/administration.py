"""What every change of the organisation has in common: its right, its order, and two things it may never do.

Changes are made one after another (an advisory lock), so that checks over several rows hold. Nobody may give anyone
more than they have themselves, whether by a role, a move, or by taking over an account; and an installation that had
an administrator keeps one. The system itself (command line, demo) is bound by the second rule only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connection, models, transaction

from gongdan.core.staff.grants import Grant, grants_now, grants_of
from gongdan.core.staff.models import RoleGrant
from gongdan.core.staff.rights import ADMIN_ORGANISATION
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import Conflict, Forbidden, Invalid

LOCK = 0x60_46_01  # any number that nobody else uses
CODE = re.compile(r"[a-z0-9][a-z0-9_.-]{0,62}")


@contextmanager
def change(actor: Actor, right: str = ADMIN_ORGANISATION) -> Iterator[None]:
    """A transaction in which `actor` changes the organisation. Raises right_missing, last_administrator."""
    require(actor, right)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        had = _has_administrator()
        yield
        if had and not _has_administrator():
            raise Conflict("last_administrator", "Nobody would be left who may administer the organisation.")


def require(actor: Actor, right: str) -> None:
    """Raise Forbidden unless the actor is the system or a person with `right`."""
    if actor.kind == "system":
        return
    if actor.staff_id is None:
        raise Forbidden("right_missing", f"You lack the right “{right}”.", right=right)
    grants_of(actor.staff_id).require(right)


def _has_administrator() -> bool:
    holders = RoleGrant.objects.filter(staff__is_active=True, role__rights__contains=[ADMIN_ORGANISATION])
    return holders.exists()


def require_not_beyond(actor: Actor, staff_id: int) -> None:
    """Raise Forbidden("beyond_your_rights") if the person, as they are now in this transaction, may anything that
    the actor (as they were when the request began) may not."""
    if actor.kind == "system":
        return
    mine = grants_of(actor.staff_id or 0).grants
    for grant in grants_now(staff_id).grants:
        missing = sorted(right for right in grant.rights if not _is_covered(right, grant, mine, staff_id))
        if missing:
            raise Forbidden(
                "beyond_your_rights",
                f"This would reach further than your own rights do (“{missing[0]}” by role “{grant.role}”).",
                role=grant.role,
                right=missing[0],
            )


def _is_covered(right: str, grant: Grant, mine: tuple[Grant, ...], staff_id: int) -> bool:
    if right.startswith("admin."):  # administration reaches everything, whatever the scope
        return any(right in held.rights for held in mine)
    return any(right in held.rights and _reaches(held, grant, staff_id) for held in mine)


def _reaches(held: Grant, grant: Grant, staff_id: int) -> bool:
    if held.category_ids is not None and not (grant.category_ids and grant.category_ids <= held.category_ids):
        return False
    if held.levels is not None and not (grant.levels and grant.levels <= held.levels):
        return False
    own = {f"p:{staff_id}"}  # what is one's own is no further reach
    return held.everything or (not grant.everything and grant.tokens - own <= held.tokens)


# -- values -------------------------------------------------------------------------------------------------------


def usable_code(code: str) -> str:
    """A code as documents and addresses use it. Raises invalid_code."""
    if not CODE.fullmatch(code):
        raise Invalid(
            "invalid_code",
            "A code has 1 to 63 small letters, digits, “.”, “_” or “-”, and begins with a letter or digit.",
            field="code",
        )
    return code


def usable_name(name: str, field: str = "name", longest: int = 120) -> str:
    """A name without surrounding blanks. Raises required, too_long."""
    name = name.strip()
    if not name:
        raise Invalid("required", "A name is needed.", field=field)
    if len(name) > longest:
        raise Invalid("too_long", f"At most {longest} characters.", field=field, longest=longest)
    return name


def require_free(found: models.QuerySet[Any], code: str, field: str = "code") -> None:
    """Raise Conflict("code_taken") if any row is found."""
    if found.exists():
        raise Conflict("code_taken", f"“{code}” is in use already.", field=field, value=code)


def apply(row: models.Model, changes: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set the attributes that differ; returns their old and new values, for the event."""
    old = {name: getattr(row, name) for name, value in changes.items() if getattr(row, name) != value}
    for name in old:
        setattr(row, name, changes[name])
    return old, {name: changes[name] for name in old}
