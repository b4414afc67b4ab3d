"""Consult (加签): ask others for their opinion before going on; processing waits until they have given it."""

from __future__ import annotations

from gongdan.core.tickets import contracts
from gongdan.core.tickets.actions.follow import item_words
from gongdan.core.tickets.actions.registry import verb
from gongdan.core.tickets.actions.sides import ask_people, told
from gongdan.core.tickets.actions.use import item_of
from gongdan.core.tickets.actions.whose import holds_lead
from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.models import Duty


@verb("consult", contracts.Consult, order=60, uses=holds_lead, node_verb=True)
def consult(work: Work, args: contracts.Consult) -> None:
    lead = item_of(work, "consult", args)
    asked = ask_people(work, lead, args.people, Duty.CONSULTED, args.question)
    work.say(
        "TicketConsulted",
        seq=lead.seq,
        node=lead.node,
        question=args.question,
        entered=[item_words(item) for item in asked],
        notify=told(asked),
    )
