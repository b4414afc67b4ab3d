"""Decide an extension: granted, the work item (and the whole, where it must) ends later; the old end is kept."""

from __future__ import annotations

from gongdan.core.tickets import contracts
from gongdan.core.tickets.actions import extending
from gongdan.core.tickets.actions.extend import pending
from gongdan.core.tickets.actions.registry import verb
from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.models import ExtensionState, State
from gongdan.kernel.errors import Conflict, Forbidden


def decidable(work: Work) -> None:
    """Refuses when nothing is asked, or when one would decide one's own request."""
    asked = pending(work)
    if asked is None:
        raise Conflict("no_extension", "No extension has been asked for.")
    if asked.requested_by_id == work.actor.staff_id:
        raise Forbidden("own_request", "Somebody else must decide what you asked for.")
    extending.require_level(work, asked)


@verb(
    "decide_extension",
    contracts.DecideExtension,
    order=15,
    states=frozenset({State.OPEN, State.PAUSED}),
    check=decidable,
)
def decide_extension(work: Work, args: contracts.DecideExtension) -> None:
    asked = pending(work)
    assert asked is not None
    asked.state = ExtensionState.GRANTED if args.grant else ExtensionState.REFUSED
    asked.decided_by_id = work.actor.staff_id
    asked.decided_at = work.now
    asked.decision_reason = args.reason
    work.extras.append(asked)
    if args.grant:
        item = next(one for one in work.past if one.pk == asked.item_id)
        extending.grant(work, item, asked.new_end)
    work.say(
        "ExtensionDecided",
        granted=args.grant,
        old_end=asked.old_end.isoformat() if asked.old_end else None,
        new_end=asked.new_end.isoformat(),
        reason=args.reason,
        notify=[asked.requested_by_id] if asked.requested_by_id else [],
    )
