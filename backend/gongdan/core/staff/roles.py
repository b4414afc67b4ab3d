"""Making, changing and removing roles. Each change checks admin.organisation and goes to the trail."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import ProtectedError

from gongdan.core.staff.administration import (
    apply,
    change,
    require_free,
    require_not_beyond,
    usable_code,
    usable_name,
)
from gongdan.core.staff.models import Role, RoleGrant, Scope
from gongdan.core.staff.rights import require_known
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import Conflict, Invalid, NotFound
from gongdan.outbox.log import NewEvent, append_to

TOLD = ("code", "name", "rights", "scope", "category_ids", "customer_levels")


def create_role(
    *,
    code: str,
    name: str,
    rights: Iterable[str],
    scope: str,
    category_ids: Iterable[int] = (),
    customer_levels: Iterable[str] = (),
    actor: Actor,
) -> int:
    """Make a role; returns its id. Raises code_taken, invalid_code, unknown_right, unknown_scope."""
    with change(actor):
        require_free(Role.objects.filter(code=usable_code(code)), code)
        made = Role.objects.create(
            code=code,
            name=usable_name(name),
            rights=require_known(rights),
            scope=_scope(scope),
            category_ids=sorted(set(category_ids)),
            customer_levels=sorted(set(customer_levels)),
        )
        data = {name: getattr(made, name) for name in TOLD}
        append_to("role", made.pk, [NewEvent("RoleCreated", data)], actor=actor)
        return made.pk


def change_role(code: str, changes: Mapping[str, Any], *, actor: Actor) -> None:
    """Change any of name, rights, scope, category_ids, customer_levels; it counts at once for all who hold it.

    Raises unknown_role, unknown_right, beyond_your_rights (for anyone who holds it), last_administrator.
    """
    with change(actor):
        role = _role(code)
        old, new = apply(role, _clean(changes))
        role.save()
        if new.keys() - {"name"}:
            for staff_id in RoleGrant.objects.filter(role=role).values_list("staff_id", flat=True).distinct():
                require_not_beyond(actor, staff_id)
        if new:
            append_to("role", role.pk, [NewEvent("RoleChanged", {"old": old, "new": new})], actor=actor)


def _clean(changes: Mapping[str, Any]) -> dict[str, Any]:
    cleaners: dict[str, Callable[[Any], Any]] = {
        "name": usable_name,
        "rights": require_known,
        "scope": _scope,
        "category_ids": lambda ids: sorted(set(ids)),
        "customer_levels": lambda levels: sorted(set(levels)),
    }
    return {name: cleaners[name](value) for name, value in changes.items()}


def remove_role(code: str, *, actor: Actor) -> None:
    """Remove a role nobody holds. Raises Conflict("role_in_use")."""
    with change(actor):
        role = _role(code)
        role_id = role.pk
        try:
            role.delete()
        except ProtectedError:
            raise Conflict("role_in_use", "Somebody still holds this role.") from None
        data = {"code": role.code, "name": role.name}
        append_to("role", role_id, [NewEvent("RoleRemoved", data)], actor=actor)


def _role(code: str) -> Role:
    found = Role.objects.filter(code=code).first()
    if found is None:
        raise NotFound("unknown_role", f"There is no role “{code}”.", role=code)
    return found


def _scope(scope: str) -> str:
    if scope not in Scope.values:
        raise Invalid("unknown_scope", f"There is no scope “{scope}”.", field="scope", scope=scope)
    return scope
