"""What a version of a policy would change in open tickets, before anybody applies it to them. Nothing is kept.

Bounded: so many tickets are looked at, newest first, and so many shown; `more` says that others were not looked at.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from gongdan.core.sla.choose import Chosen, terms_of
from gongdan.core.sla.contracts import Terms
from gongdan.core.sla.models import Policy, PolicyVersion
from gongdan.core.sla.published import version_of
from gongdan.core.staff.grants import StaffGrants
from gongdan.core.tickets import reckoning
from gongdan.core.tickets.access import may
from gongdan.core.tickets.actions.apply_policy import would_change
from gongdan.core.tickets.actions.work import facts_of
from gongdan.core.tickets.policy_use import PAGE, Touched, page_of_living, touched
from gongdan.kernel import clock
from gongdan.kernel.actor import Actor

MOST_LOOKED_AT = 5_000
MOST_SHOWN = 200
DRAFT = 0  # the number of terms that are not published


@dataclass(frozen=True, slots=True)
class Preview:
    """`number` is None for terms that are not published; `count` is of the tickets looked at."""

    number: int | None
    count: int
    more: bool
    items: list[dict[str, Any]]


def preview(
    code: str, terms: Terms | None, number: int | None, *, grants: StaffGrants, actor: Actor
) -> Preview:
    """The open tickets that `terms`, or version `number` (default: the current one), would touch.

    The subjects are shown of tickets one may see. Raises NotFound (unknown_policy, unknown_policy_version).
    """
    if terms is None:
        return _preview(version_of(code, number), grants, actor)
    current = version_of(code)
    # Clocks know a policy by its version, so what is only thought of is written, looked at, and taken back.
    with transaction.atomic():
        draft = PolicyVersion.objects.create(
            policy=Policy.objects.get(code=current.code),
            number=DRAFT,
            terms=terms.model_dump(mode="json"),
            created_at=clock.now(),
        )
        found = _preview(terms_of(draft.pk), grants, actor)
        transaction.set_rollback(True)
    return found


def _preview(version: Chosen, grants: StaffGrants, actor: Actor) -> Preview:
    found: list[Touched] = []
    looked_at, before, more = 0, None, True
    while looked_at < MOST_LOOKED_AT:
        page = page_of_living(before)
        found += touched(page, version)
        looked_at += len(page)
        if len(page) < PAGE:
            more = False
            break
        before = page[-1].pk
    shown = [_shown(one, grants, actor) for one in found[:MOST_SHOWN]]
    return Preview(version.number or None, len(found), more, shown)


def _shown(one: Touched, grants: StaffGrants, actor: Actor) -> dict[str, Any]:
    ticket = one.ticket
    pinned = reckoning.pinned_policy(ticket)
    seen = may(grants, "ticket.view", facts_of(ticket))
    return {
        "ticket": ticket.number,
        "subject": ticket.subject if seen else "",
        "state": ticket.state,
        "policy_now": _words(pinned),
        "policy_then": _words(one.chosen),
        "clocks": [asdict(change) for change in would_change(ticket, one.chosen, actor=actor)],
    }


def _words(version: Chosen | None) -> dict[str, Any] | None:
    return {"code": version.code, "number": version.number or None} if version else None
