"""What people of the demo company did about their cards: some seen, one appealed and turned down, one withdrawn."""

from __future__ import annotations

from collections.abc import Iterator

from gongdan.config.demo.turns import Turns
from gongdan.core.tickets.actions.catalogue import VERBS
from gongdan.core.tickets.actions.shape import perform
from gongdan.core.tickets.models import Card, CardState, State, Ticket

JUDGE = "admin"
SEEN = 6  # cards that were acknowledged
STORIES = (
    ("appeal_card", "备件缺货，已提前告知客户新的上门时间。"),
    ("uphold_card", "应在到期前申请延期，维持。"),
    ("appeal_card", "工单转入时已超过时限。"),
    ("withdraw_card", "情况属实，责任不在本部门，撤销。"),
)


def answer_cards() -> None:
    """The first red cards of living tickets are answered for by whoever is named on them."""
    turns, cards = Turns(), _named_cards()
    for _ in range(SEEN):
        _do(turns, next(cards), "acknowledge_card")
    upheld, withdrawn, open_appeal = next(cards), next(cards), next(cards)
    for card, (verb, reason) in zip((upheld, upheld, withdrawn, withdrawn), STORIES, strict=True):
        _do(turns, card, verb, reason=reason)
    _do(turns, open_appeal, "appeal_card", reason="现场停电，已拍照留证。")
    _watch(turns)


def _named_cards() -> Iterator[Card]:
    standing = Card.objects.filter(staff__isnull=False, state=CardState.ISSUED, ticket__state=State.OPEN)
    return iter(standing.select_related("ticket").order_by("colour", "id"))


def _do(turns: Turns, card: Card, verb: str, **args: str) -> None:
    judged = verb in ("uphold_card", "withdraw_card")
    username = JUDGE if judged else turns.usernames[card.staff_id or 0]
    given = VERBS[verb].args.model_validate({"card": card.pk, **args})
    perform(verb, card.ticket.number, given, actor=turns.actor(username))


def _watch(turns: Turns) -> None:
    """The two tickets that have been late for longest are supervised; one of them was circulated too."""
    late = Ticket.objects.filter(state=State.OPEN, card="red", supervision="").order_by("required_end")[:2]
    for place, number in enumerate(late.values_list("number", flat=True)):
        _one(turns, number, "supervise", "多次催办未果，列入督办。")
        if place == 0:
            _one(turns, number, "circulate", "督办后仍未按时办结，予以通报。")


def _one(turns: Turns, number: str, verb: str, reason: str) -> None:
    args = VERBS[verb].args.model_validate({"reason": reason})
    perform(verb, number, args, actor=turns.actor(JUDGE))
