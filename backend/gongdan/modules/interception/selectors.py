"""Interceptors as administrators see them, with their health; and a question put to one of them by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from gongdan.core.staff.grants import StaffGrants
from gongdan.core.tickets import detail
from gongdan.core.tickets.actions import asking, shape
from gongdan.kernel import clock
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import Invalid
from gongdan.modules.interception import book, breaker, entry_points, logbook, question, verbs
from gongdan.modules.interception.actions import definition_of, unknown
from gongdan.modules.interception.models import Interceptor


def interceptors() -> list[dict[str, Any]]:
    """All of them, in the order they are asked, each with `health`. Two statements."""
    failures = logbook.last_failures()
    rows = Interceptor.objects.select_related("rest", "created_by").order_by("position", "id")
    return [_shown(row, failures.get(row.pk)) for row in rows]


def interceptor(interceptor_id: int) -> dict[str, Any]:
    """One of them, as in the list. Raises NotFound unknown_interceptor."""
    found = next((one for one in interceptors() if one["id"] == interceptor_id), None)
    if found is None:
        raise unknown(interceptor_id)
    return found


def _shown(row: Interceptor, failure: dict[str, Any] | None) -> dict[str, Any]:
    by = row.created_by
    return {
        "id": row.pk,
        **definition_of(row).model_dump(),
        "position": row.position,
        "version": row.version,
        "created_at": row.created_at,
        "created_by": {"id": by.pk, "name": by.name} if by else None,
        "old_key_until": row.keys[1]["until"] if len(row.keys) > 1 and len(_valid(row)) > 1 else None,
        "health": _health(row, failure),
    }


def _valid(row: Interceptor) -> list[bytes]:
    from gongdan.kernel import signing

    return signing.valid(row.keys, clock.now())


def _health(row: Interceptor, failure: dict[str, Any] | None) -> dict[str, Any]:
    """`state`: off, missing (its entry point is not installed), resting, or active."""
    rest = getattr(row, "rest", None)
    state = "active" if rest is None else "resting"
    if row.kind == "python" and not entry_points.is_installed(row.entry_point):
        state = "missing"
    return {
        "state": state if row.active else "off",
        "resting_since": rest.since if rest else None,
        "resting_until": rest.until if rest else None,
        "reason": rest.reason if rest else "",
        "last_failure": failure,
    }


def installed() -> list[dict[str, Any]]:
    """The entry points that could be registered."""
    return [asdict(one) for one in entry_points.installed()]


def try_out(
    interceptor_id: int, verb: str, number: str | None, *, actor: Actor, grants: StaffGrants
) -> Mapping[str, Any]:
    """Ask one of them now, about nothing that will be done: {decision, sentence, changed, milliseconds, excerpt}.

    An answer ends its rest; a failure counts for nothing. Raises NotFound (unknown_interceptor, ticket_not_found),
    Invalid unknown_verb.
    """
    row = Interceptor.objects.filter(pk=interceptor_id).first()
    if row is None:
        raise unknown(interceptor_id)
    if verb not in verbs.arguments():
        raise Invalid("unknown_verb", "There is no such verb.", field="verb", verbs=list(verbs.arguments()))
    work = shape.view(detail.visible_ticket(number, grants), actor=actor) if number else None
    proposal = asking.proposal(verb, {}, actor=actor, work=work)
    heard = question.ask(book.entry_of(row), proposal, {}, "prop_test")
    if heard.answer is not None:
        breaker.wake(row.pk, row.name)
    return {
        "decision": heard.answer.decision if heard.answer else "failed",
        "sentence": heard.answer.sentence if heard.answer else heard.failure,
        "changed": list(heard.answer.changes) if heard.answer else [],
        "milliseconds": heard.milliseconds,
        "excerpt": heard.excerpt,
    }
