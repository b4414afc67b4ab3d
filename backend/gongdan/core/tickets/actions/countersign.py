"""Countersign (会签): ask several people to sign; n of them must agree before one goes on."""

from __future__ import annotations

from gongdan.core.tickets import contracts
from gongdan.core.tickets.actions.follow import item_words
from gongdan.core.tickets.actions.hindrance import signing
from gongdan.core.tickets.actions.registry import verb
from gongdan.core.tickets.actions.sides import ask_people, told
from gongdan.core.tickets.actions.use import item_of
from gongdan.core.tickets.actions.whose import holds_lead
from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.models import Duty
from gongdan.kernel.errors import Conflict, Invalid


@verb("countersign", contracts.Countersign, order=70, uses=holds_lead, node_verb=True)
def countersign(work: Work, args: contracts.Countersign) -> None:
    lead = item_of(work, "countersign", args)
    people = list(dict.fromkeys(args.people))
    if args.needed > len(people):
        raise Invalid("too_many_needed", "More agreements are needed than people are asked.", field="needed")
    if signing(work, lead):
        raise Conflict("countersign_running", "A countersign is under way here already.")
    asked = ask_people(work, lead, people, Duty.SIGNER, args.question, args.needed)
    work.say(
        "CountersignAsked",
        seq=lead.seq,
        node=lead.node,
        question=args.question,
        needed=args.needed,
        entered=[item_words(item) for item in asked],
        notify=told(asked),
    )
