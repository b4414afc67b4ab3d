"""Co-handle (协办): people or departments help the one in charge, each with a work item of their own."""

from __future__ import annotations

from gongdan.core.tickets import contracts
from gongdan.core.tickets.actions.follow import item_words
from gongdan.core.tickets.actions.registry import verb
from gongdan.core.tickets.actions.sides import ask_departments, ask_people, told
from gongdan.core.tickets.actions.use import item_of
from gongdan.core.tickets.actions.whose import holds_lead
from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.models import Duty
from gongdan.kernel.errors import Invalid


@verb("co_handle", contracts.CoHandle, order=65, uses=holds_lead, node_verb=True)
def co_handle(work: Work, args: contracts.CoHandle) -> None:
    lead = item_of(work, "co_handle", args)
    if not args.people and not args.departments:
        raise Invalid("nobody_asked", "Name people or departments to help.", field="people")
    asked = ask_people(work, lead, args.people, Duty.CO_HANDLER, args.question)
    asked += ask_departments(work, lead, args.departments, args.question)
    work.say(
        "CoHandlersAsked",
        seq=lead.seq,
        node=lead.node,
        question=args.question,
        entered=[item_words(item) for item in asked],
        notify=told(asked),
    )
