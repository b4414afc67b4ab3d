"""Random people doing random verbs to tickets, and what must be true of a ticket after every step."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from gongdan.core.flow import marking as markings
from gongdan.core.staff.models import Staff
from gongdan.core.tickets.models import ENDED, Card, Duty, State, Ticket, WorkItem
from gongdan.outbox import verify
from gongdan.outbox.models import EventRecord

OPEN = ("waiting", "accepted")
CARD_VERBS = ("appeal_card", "uphold_card", "withdraw_card")
REASON = {"reason": "理由"}


def people_of(organisation: Any) -> list[Staff]:
    o = organisation
    return [
        *(o.agent, o.agent_two, o.head, o.clerk, o.clerk_two, o.technician, o.biller),
        *(o.reviewer, o.reviewer_two, o.admin),
    ]


def arguments(draw: Any, verb: str, number: str, organisation: Any) -> dict[str, Any]:
    """Well-formed arguments, sensible more often than not. `draw(list)` chooses one."""
    people = [one.pk for one in people_of(organisation)]
    departments = [organisation.network.pk, organisation.field.pk, organisation.billing.pk]
    seqs = list(
        WorkItem.objects.filter(ticket__number=number).values_list("token", flat=True).order_by("seq")
    )
    open_items = list(
        WorkItem.objects.filter(ticket__number=number, state__in=OPEN).values_list("pk", flat=True)
    )
    cards = list(Card.objects.filter(ticket__number=number).values_list("pk", flat=True))
    later = datetime.now(UTC) + timedelta(days=draw([1, 4, 9]))
    item = draw([None, None, *open_items])
    own: dict[str, dict[str, Any]] = {
        "submit": {"fields": draw([{}, {"order": "A1"}])},
        "process": {
            "outcome": draw([None, None, "valid", "not_ours", "approved", "refused", "agree", "disagree"]),
            "result": draw(["做了", "做了", ""]),
            "fields": draw([{}, {}, {"facts": "断"}]),
        },
        "append": {"body": "补充"},
        "reply": {"body": "您好"},
        "note": {"body": "备注", "mentions": draw([(), (draw(people),)])},
        "transfer": {**REASON, **draw([{"handler": draw(people)}, {"department": draw(departments)}])},
        "return": {**REASON, "target": draw([*seqs, 1]), "mode": draw(["redo", "straight"])},
        "withdraw": {**REASON, "of": draw([None, *open_items])},
        "consult": {"people": (draw(people),), "question": "对吗"},
        "co_handle": {"people": (draw(people),), "departments": (draw(departments),), "question": "帮忙"},
        "countersign": {"people": tuple({draw(people), draw(people)}), "needed": 1, "question": "同意吗"},
        "extend": {**REASON, "until": later},
        "decide_extension": {**REASON, "grant": draw([True, False])},
        "resolve": {"result": "解决"},
        "call_back": {"result": draw(["satisfied", "dissatisfied", "not_reached"]), "note": "说了"},
        "link": {"other": number},
        "attach": {"attachments": (2**50,)},
        "edit": {"subject": draw(["甲", "乙"]), "priority": draw([None, 1, 4])},
        "reopen": {**REASON, "node": draw([None, None, "handle", "verify", "repair"])},
        "acknowledge_card": {"card": draw([1, *cards])},
        **{verb: {**REASON, "card": draw([1, *cards])} for verb in CARD_VERBS},
        "urge": {},
        "accept": {},
    }
    return {"item": item, **own.get(verb, REASON)}


def assert_sound(ticket: Ticket) -> None:
    """Everything that always holds."""
    items = list(WorkItem.objects.filter(ticket=ticket).order_by("seq"))
    open_items = [item for item in items if item.state in OPEN]
    marking = markings.from_json(ticket.marking)
    assert list(verify.verify(subject="ticket", subject_id=ticket.pk)) == []
    _assert_chain(ticket)
    assert [item.seq for item in items] == list(range(1, ticket.item_seq + 1))
    assert {item.token for item in open_items} == {token.id for token in marking.tokens}
    _assert_items(open_items, ticket)
    for item in items:
        assert item.due_at is None or item.due_at >= item.arrived_at
        assert item.left_at is None or item.left_at >= item.arrived_at
        assert (item.left_at is not None) == (item.state not in OPEN)
        assert item.handler_id is None or f"p:{item.handler_id}" in ticket.parties
        assert item.department_id is None or f"d:{item.department_id}" in ticket.parties
    _assert_state(ticket, open_items)


def _assert_chain(ticket: Ticket) -> None:
    records = EventRecord.objects.filter(subject="ticket", subject_id=ticket.pk).order_by("seq")
    found = list(records.values_list("seq", "hash"))
    assert [seq for seq, _ in found] == list(range(1, ticket.event_seq + 1))
    assert bytes(found[-1][1]) == bytes(ticket.head_hash)


def _assert_items(open_items: list[WorkItem], ticket: Ticket) -> None:
    leads = {item.pk: item for item in open_items if item.duty == Duty.LEAD}
    for item in open_items:
        assert item.handler_id or item.department_id or item.team_id or item.role, "nobody has it"
        assert item.state != "accepted" or item.handler_id
        assert item.parent_id is None or item.parent_id in leads, "a side item outlived its lead"
    for token in {item.token for item in open_items}:
        mine = [item for item in open_items if item.token == token and item.parent_id is None]
        signers = [item for item in mine if item.duty == Duty.SIGNER]
        assert len(mine) == 1 or len(signers) == len(mine), "one in charge per token"


def _assert_state(ticket: Ticket, open_items: list[WorkItem]) -> None:
    assert (ticket.state in ENDED) == (not open_items)
    assert (ticket.state in ENDED) == (ticket.actual_end is not None)
    assert ticket.state not in (State.CLOSED, State.RESOLVED) or ticket.resolved_at is not None
    assert ticket.state not in (State.OPEN, State.PAUSED, State.DRAFT) or ticket.resolved_at is None
    kinds = {item.node_kind for item in open_items if item.parent_id is None}
    assert ticket.state != State.RESOLVED or kinds == {"callback"}
    assert ticket.state != State.DRAFT or kinds == {"start"}
