"""Acknowledge (确认) a card: whoever is liable has seen it."""

from __future__ import annotations

from gongdan.core.tickets import contracts
from gongdan.core.tickets.actions.card_of import card_of, card_words, check, keep
from gongdan.core.tickets.actions.registry import verb
from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.models import CardState, State


@verb(
    "acknowledge_card", contracts.OfCard, order=61, states=frozenset(State), check=check("acknowledge_card")
)
def acknowledge_card(work: Work, args: contracts.OfCard) -> None:
    card = card_of(work, "acknowledge_card", args.card)
    card.state = CardState.ACKNOWLEDGED
    card.acknowledged_by_id, card.acknowledged_at = work.actor.staff_id, work.now
    keep(work, card)
    work.say("CardAcknowledged", **card_words(card))
