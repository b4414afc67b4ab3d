"""Finding the work item a verb acts on."""

from __future__ import annotations

from gongdan.core.tickets.actions.guard import chosen_item
from gongdan.core.tickets.actions.registry import VERBS
from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.contracts import VerbArgs
from gongdan.core.tickets.models import WorkItem


def item_of(work: Work, verb_name: str, args: VerbArgs) -> WorkItem:
    """The one work item meant; a refusal says why there is none."""
    item = chosen_item(work, VERBS[verb_name], args.item)
    assert item is not None, "a verb without `uses` has no item"
    return item
