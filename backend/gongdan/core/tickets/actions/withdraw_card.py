"""Withdraw (撤销) a card, appealed or not: it no longer counts, with a reason."""

from __future__ import annotations

from gongdan.core.tickets import contracts
from gongdan.core.tickets.actions.card_of import card_of, card_words, check, keep
from gongdan.core.tickets.actions.registry import verb
from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.models import CardState, State


@verb(
    "withdraw_card",
    contracts.OfCardWithReason,
    order=64,
    states=frozenset(State),
    check=check("withdraw_card"),
)
def withdraw_card(work: Work, args: contracts.OfCardWithReason) -> None:
    card = card_of(work, "withdraw_card", args.card)
    card.state = CardState.WITHDRAWN
    card.decided_by_id, card.decided_at, card.decision_reason = work.actor.staff_id, work.now, args.reason
    keep(work, card)
    told = [one for one in (card.staff_id, card.appealed_by_id) if one]
    work.say("CardWithdrawn", **card_words(card), reason=args.reason, notify=list(dict.fromkeys(told)))
