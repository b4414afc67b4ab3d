"""For every verb: where it succeeds, by whom, with which arguments, and what must be true afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gongdan.core.staff.models import Staff
from tests.tickets import scenes
from tests.tickets.conftest import World

Args = Callable[[World, str], dict[str, Any]]


@dataclass(frozen=True)
class Case:
    """`at` are the nodes of the open items afterwards, `data` what the event must say among other things."""

    scene: scenes.Scene
    who: str
    args: Args
    event: str
    state: str
    at: tuple[str, ...] = ("verify",)
    data: dict[str, Any] | None = None
    wrong_state: scenes.Scene | None = scenes.closed
    not_handler: str | None = None
    extra_events: tuple[str, ...] = ()

    def person(self, world: World) -> Staff:
        return person(world, self.who)


def person(world: World, name: str) -> Staff:
    found = getattr(world.o, name)
    assert isinstance(found, Staff)
    return found


def fixed(**args: Any) -> Args:
    return lambda _world, _number: args


def _target(world: World, number: str) -> dict[str, Any]:
    offered = [one for one in world.track(number)["items"] if one["node"] == "handle"]
    return {"target": offered[0]["seq"], "mode": "redo", "reason": "说明不清"}


def _file(world: World, _number: str) -> dict[str, Any]:
    return {"attachments": [upload(world, world.o.agent)]}


def _card(_world: World, number: str) -> dict[str, Any]:
    return {"card": scenes.card_of(number)}


def _card_with_reason(_world: World, number: str) -> dict[str, Any]:
    return {"card": scenes.card_of(number), "reason": "理由"}


def upload(world: World, who: Staff, name: str = "账单.txt", content: bytes = b"123") -> int:
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = world.by(who).upload("/attachments", file=SimpleUploadedFile(name, content, "text/plain"))
    assert answer.status == 201, answer.body
    return int(answer["id"])


CASES: dict[str, Case] = {
    "submit": Case(
        scenes.draft, "agent", fixed(fields={"order": "A1"}), "TicketSubmitted", "open", not_handler="admin"
    ),
    "accept": Case(
        scenes.waiting,
        *("clerk", fixed(), "TicketAccepted", "open"),
        data={"node": "verify", "handler": "孙丽"},
        not_handler="clerk_two",
    ),
    "process": Case(
        scenes.accepted,
        *("clerk", fixed(outcome="valid", result="属实", fields={"facts": "断"}), "TicketProcessed", "open"),
        at=("handle",),
        data={"outcome": "valid", "result": "属实", "fields": ["facts"]},
        not_handler="head",
    ),
    "append": Case(
        scenes.accepted, "agent", fixed(body="又来电"), "TicketAppended", "open", data={"excerpt": "又来电"}
    ),
    "reply": Case(
        scenes.accepted, "agent", fixed(body="您好"), "TicketReplied", "open", data={"excerpt": "您好"}
    ),
    "note": Case(
        scenes.closed, "agent", fixed(body="记下"), "TicketNoted", "closed", at=(), wrong_state=None
    ),
    "transfer": Case(
        scenes.accepted,
        *("clerk", lambda w, _: {"department": w.o.billing.pk, "reason": "归账务"}),
        *("TicketTransferred", "open"),
        data={"reason": "归账务", "node": "verify"},
        not_handler="head",
    ),
    "return": Case(
        scenes.at_approve,
        *("head", _target, "TicketReturned", "open"),
        at=("handle",),
        data={"mode": "redo", "target": "handle", "reason": "说明不清"},
        not_handler="deputy",
    ),
    "withdraw": Case(
        scenes.passed_on,
        *("clerk", fixed(reason="写错了"), "TicketWithdrawn", "open"),
        at=("handle",),
        data={"node": "handle", "reason": "写错了"},
    ),
    "urge": Case(
        scenes.accepted,
        "agent",
        fixed(reason="客户急"),
        "TicketUrged",
        "open",
        data={"times": 1, "reason": "客户急"},
    ),
    "consult": Case(
        scenes.accepted,
        *("clerk", lambda w, _: {"people": [w.o.biller.pk], "question": "对吗"}, "TicketConsulted", "open"),
        at=("verify", "verify"),
        data={"question": "对吗"},
        not_handler="head",
    ),
    "co_handle": Case(
        scenes.accepted,
        *("clerk", lambda w, _: {"departments": [w.o.billing.pk], "question": "帮忙"}),
        *("CoHandlersAsked", "open"),
        at=("verify", "verify"),
        data={"question": "帮忙"},
        not_handler="head",
    ),
    "countersign": Case(
        scenes.accepted,
        *("clerk", lambda w, _: {"people": [w.o.biller.pk, w.o.head.pk], "needed": 2, "question": "同意吗"}),
        *("CountersignAsked", "open"),
        at=("verify", "verify", "verify"),
        data={"question": "同意吗", "needed": 2},
        not_handler="head",
    ),
    "extend": Case(
        scenes.accepted,
        *("clerk", lambda _w, _n: {"until": scenes.soon(), "reason": "等备件"}, "ExtensionRequested", "open"),
        data={"reason": "等备件", "node": "verify"},
        not_handler="head",
    ),
    "decide_extension": Case(
        scenes.extension_asked,
        *("head", fixed(grant=True, reason="可以"), "ExtensionDecided", "open"),
        data={"granted": True, "reason": "可以"},
    ),
    "pause": Case(
        scenes.accepted, "head", fixed(reason="等备件"), "TicketPaused", "paused", data={"reason": "等备件"}
    ),
    "resume": Case(
        scenes.paused, "head", fixed(reason="到货"), "TicketResumed", "open", data={"reason": "到货"}
    ),
    "cancel": Case(
        scenes.accepted,
        "admin",
        fixed(reason="撤诉"),
        "TicketCancelled",
        "cancelled",
        at=(),
        data={"reason": "撤诉"},
    ),
    "force_end": Case(
        scenes.accepted,
        "admin",
        fixed(reason="停"),
        "TicketForceEnded",
        "force_ended",
        at=(),
        data={"reason": "停"},
    ),
    "resolve": Case(
        scenes.at_handle,
        *("clerk", fixed(result="电话里解决了"), "TicketProcessed", "resolved"),
        at=("callback",),
        data={"outcome": "resolved", "result": "电话里解决了"},
        not_handler="head",
        extra_events=("TicketResolved",),
    ),
    "close": Case(scenes.resolved, "agent", fixed(reason="客户已表示满意"), "TicketClosed", "closed", at=()),
    "reopen": Case(
        scenes.closed,
        *("admin", fixed(reason="又坏了"), "TicketReopened", "open"),
        data={"node": "verify", "reason": "又坏了"},
        wrong_state=scenes.accepted,
    ),
    "call_back": Case(
        scenes.calling,
        *("reviewer", fixed(result="satisfied", score=5, note="很好"), "CustomerCalledBack", "closed"),
        at=(),
        data={"result": "satisfied", "score": 5, "note": "很好", "outcome": "satisfied"},
        not_handler="reviewer_two",
        extra_events=("TicketClosed",),
    ),
    "link": Case(
        scenes.closed,
        *("agent", lambda w, _: {"other": w.number()}, "TicketLinked", "closed"),
        at=(),
        data={"kind": "related"},
        wrong_state=None,
    ),
    "attach": Case(scenes.closed, "agent", _file, "AttachmentsAdded", "closed", at=(), wrong_state=None),
    "acknowledge_card": Case(
        scenes.carded, "clerk", _card, "CardAcknowledged", "open", data={"colour": "red"}, wrong_state=None
    ),
    "appeal_card": Case(
        scenes.carded,
        *("clerk", _card_with_reason, "CardAppealed", "open"),
        data={"colour": "red", "clock": "node", "reason": "理由"},
        wrong_state=None,
    ),
    "uphold_card": Case(
        scenes.appealed,
        *("head", _card_with_reason, "CardUpheld", "open"),
        data={"colour": "red", "node": "verify", "reason": "理由"},
        wrong_state=None,
    ),
    "withdraw_card": Case(
        scenes.appealed,
        *("head", _card_with_reason, "CardWithdrawn", "open"),
        data={"colour": "red", "reason": "理由"},
        wrong_state=None,
    ),
    "supervise": Case(
        scenes.accepted, "head", fixed(reason="重点"), "TicketSupervised", "open", data={"reason": "重点"}
    ),
    "circulate": Case(
        scenes.accepted,
        "head",
        fixed(reason="屡催不办"),
        "TicketCirculated",
        "open",
        data={"reason": "屡催不办"},
    ),
    "edit": Case(
        scenes.accepted,
        *("agent", fixed(subject="宽带断三天"), "TicketEdited", "open"),
        data={"changed": {"subject": ["宽带断了三天。没有人上门。", "宽带断三天"]}},
    ),
}
