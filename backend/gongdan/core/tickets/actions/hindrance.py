"""What keeps the one in charge from going on: others who were asked and have not answered, or have not agreed."""

from __future__ import annotations

from gongdan.core.tickets.actions.follow import item_words
from gongdan.core.tickets.actions.visits import vote_of
from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.models import Duty, ItemState, WorkItem
from gongdan.kernel.errors import Conflict


def hindrance(work: Work, item: WorkItem) -> Conflict | None:
    """Why the lead item cannot be finished yet; None when it can, and for side items always."""
    if item.duty != Duty.LEAD or work.ticket.item_seq == item.seq:  # nobody was asked after it came
        return None
    waiting = [one for one in work.open_items if one.parent_id == item.pk]
    if waiting:
        words = [item_words(one) for one in waiting]
        people = [one.get("handler") or one.get("department", "") for one in words]
        return Conflict(
            "others_at_work",
            f"Still waiting for {', '.join(people)}; call them off first if they are not needed.",
            people=people,
        )
    if _refused(_last_round(work, item)):
        return Conflict(
            "countersign_refused",
            "Too few of those asked to sign have agreed; ask again, or return the ticket.",
        )
    return None


def refuse_hindered(work: Work, item: WorkItem) -> None:
    """Raises the hindrance, if there is one."""
    hindered = hindrance(work, item)
    if hindered is not None:
        raise hindered


def signing(work: Work, item: WorkItem) -> bool:
    """Whether a countersign asked for by this lead item is under way."""
    return any(one.parent_id == item.pk and one.duty == Duty.SIGNER for one in work.open_items)


def _last_round(work: Work, item: WorkItem) -> list[WorkItem]:
    """The signatures asked for last, without those that were called off."""
    asked = [one for one in work.past if one.parent_id == item.pk and one.duty == Duty.SIGNER]
    last = max((one.arrived_at for one in asked), default=None)
    return [one for one in asked if one.arrived_at == last and one.state != ItemState.WITHDRAWN]


def _refused(signers: list[WorkItem]) -> bool:
    needed = min(len(signers), max((one.needed or 0 for one in signers), default=0))
    return sum(vote_of(one) is True for one in signers) < needed
