"""Appeal (申诉) against a card: whoever is liable says why it should not stand."""

from __future__ import annotations

from gongdan.core.tickets import contracts
from gongdan.core.tickets.actions.card_of import card_of, card_words, check, keep
from gongdan.core.tickets.actions.cards import heads_above
from gongdan.core.tickets.actions.registry import verb
from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.models import CardState, State


@verb(
    "appeal_card", contracts.OfCardWithReason, order=62, states=frozenset(State), check=check("appeal_card")
)
def appeal_card(work: Work, args: contracts.OfCardWithReason) -> None:
    card = card_of(work, "appeal_card", args.card)
    card.state = CardState.APPEALED
    card.appealed_by_id, card.appealed_at, card.appeal_reason = work.actor.staff_id, work.now, args.reason
    keep(work, card)
    work.say(
        "CardAppealed", **card_words(card), reason=args.reason, notify=heads_above(card.department_id)[:2]
    )
