"""Extend (延期申请): the handler asks for a later end before it is reached; a superior decides."""

from __future__ import annotations

from gongdan.core.tickets import contracts
from gongdan.core.tickets.actions.extending import effective_end, refuse_beyond
from gongdan.core.tickets.actions.registry import verb
from gongdan.core.tickets.actions.use import item_of
from gongdan.core.tickets.actions.whose import holds_lead
from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.models import Extension, ExtensionState
from gongdan.kernel.errors import Conflict, Invalid


def pending(work: Work) -> Extension | None:
    return next((one for one in work.extensions if one.state == ExtensionState.REQUESTED), None)


def refuse_second(work: Work) -> None:
    if pending(work) is not None:
        raise Conflict("extension_pending", "An extension has been asked for and is not decided yet.")


@verb("extend", contracts.Extend, order=75, uses=holds_lead, node_verb=True, check=refuse_second)
def extend(work: Work, args: contracts.Extend) -> None:
    item = item_of(work, "extend", args)
    old_end = item.due_at or work.ticket.required_end
    earliest = max(work.now, old_end) if old_end else work.now
    if args.until <= earliest:
        raise Invalid(
            "not_later", "The new end must be later than now and than the end it replaces.", field="until"
        )
    refuse_beyond(work, item, old_end, args.until)
    new_end = effective_end(work, item, args.until)
    if new_end <= earliest:
        raise Invalid(
            "not_later", "There is no working time between the old end and this one.", field="until"
        )
    work.extras.append(
        Extension(
            ticket=work.ticket,
            item=item,
            state=ExtensionState.REQUESTED,
            requested_by_id=work.actor.staff_id,
            requested_at=work.now,
            reason=args.reason,
            old_end=old_end,
            new_end=new_end,
        )
    )
    work.say(
        "ExtensionRequested",
        seq=item.seq,
        node=item.node,
        old_end=old_end.isoformat() if old_end else None,
        new_end=new_end.isoformat(),
        reason=args.reason,
    )
