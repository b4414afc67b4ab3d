"""Uphold (维持) a card that was appealed: it stands, with a reason."""

from __future__ import annotations

from gongdan.core.tickets import contracts
from gongdan.core.tickets.actions.card_of import card_of, card_words, check, keep
from gongdan.core.tickets.actions.registry import verb
from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.models import CardState, State


@verb(
    "uphold_card", contracts.OfCardWithReason, order=63, states=frozenset(State), check=check("uphold_card")
)
def uphold_card(work: Work, args: contracts.OfCardWithReason) -> None:
    card = card_of(work, "uphold_card", args.card)
    card.state = CardState.UPHELD
    card.decided_by_id, card.decided_at, card.decision_reason = work.actor.staff_id, work.now, args.reason
    keep(work, card)
    told = [card.appealed_by_id] if card.appealed_by_id else []
    work.say("CardUpheld", **card_words(card), reason=args.reason, notify=told)
