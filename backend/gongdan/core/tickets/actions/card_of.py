"""Which cards a person may answer for or judge, and how: the same rule guards the verbs and tells the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from gongdan.core.tickets.actions.cards import heads_above
from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.models import Card, CardState
from gongdan.kernel.errors import Conflict, Forbidden, NotFound

S = CardState
STATES: dict[str, frozenset[CardState]] = {
    "acknowledge_card": frozenset({S.ISSUED}),
    "appeal_card": frozenset({S.ISSUED, S.ACKNOWLEDGED}),
    "uphold_card": frozenset({S.APPEALED}),
    "withdraw_card": frozenset({S.ISSUED, S.ACKNOWLEDGED, S.APPEALED, S.UPHELD}),
}
ANSWERING = ("acknowledge_card", "appeal_card")
NONE_STANDS = Conflict("no_card", "There is no card here that this can be done to.")


def may_do(card: Card, verb: str, me: int | None, my_department: int | None) -> bool:
    """Answering is for the person named, a head over the department named, or anybody there when no person is named;
    judging for anybody else but whoever is named or appealed. The system may all."""
    if me is None:
        return True
    if verb not in ANSWERING:
        return me not in (card.staff_id, card.appealed_by_id)
    in_place_of_nobody = card.staff_id is None and card.department_id == my_department
    return card.staff_id == me or in_place_of_nobody or me in heads_above(card.department_id)


def cards_for(work: Work, verb: str) -> list[Card]:
    """The ticket's cards this person may do the verb to. No statement where no card stands."""
    if not work.ticket.card:
        return []
    return [card for card in work.all_cards if card.state in STATES[verb] and _may(work, card, verb)]


def _may(work: Work, card: Card, verb: str) -> bool:
    return may_do(card, verb, work.actor.staff_id, work.grants.department_id if work.grants else None)


def check(verb: str) -> Callable[[Work], None]:
    """The verb's check: refuses unless there is a card for it."""

    def any_card(work: Work) -> None:
        if not cards_for(work, verb):
            raise _why_none(work, verb)

    return any_card


def _why_none(work: Work, verb: str) -> Conflict | Forbidden:
    fitting = [card for card in work.all_cards if card.state in STATES[verb]] if work.ticket.card else []
    return _not_mine(verb) if fitting else NONE_STANDS


def _not_mine(verb: str) -> Forbidden:
    if verb in ANSWERING:
        return Forbidden(
            "not_your_card", "Only who is liable, or a head over them, can answer for this card."
        )
    return Forbidden("own_card", "Somebody else must decide about this card.")


def card_of(work: Work, verb: str, card_id: int) -> Card:
    """The card meant. Raises NotFound, Conflict wrong_card_state, Forbidden."""
    found = next((card for card in work.all_cards if card.pk == card_id), None)
    if found is None:
        raise NotFound("card_not_found", "This ticket has no such card.", field="card")
    if found.state not in STATES[verb]:
        raise Conflict(
            "wrong_card_state", f"A card that is {found.state} cannot be changed so.", state=found.state
        )
    if not _may(work, found, verb):
        raise _not_mine(verb)
    return found


def card_words(card: Card) -> dict[str, object]:
    """The card as events name it."""
    return {
        "card": card.pk,
        "colour": card.colour,
        "clock": card.clock_kind,
        "node": card.node,
        "due_at": card.due_at.isoformat(),
    }


def keep(work: Work, card: Card) -> None:
    """Note the card to be written, and show the worst that stands on the ticket."""
    work.changed_cards.append(card)
    work.ticket.card = worst(one for one in work.all_cards if one.state != CardState.WITHDRAWN)


def worst(cards: Iterable[Card]) -> str:
    """The worst colour among cards: red, yellow or ""."""
    colours = {card.colour for card in cards}
    return next((colour for colour in ("red", "yellow") if colour in colours), "")
