"""Arguments that fit a verb where it is offered, taken from what the page says is possible."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.tickets import scenes
from tests.tickets.cases import upload
from tests.tickets.conftest import World

_CARD_VERBS = ("appeal_card", "uphold_card", "withdraw_card")
FIELDS = {"verify": {"facts": "光缆断"}}


def for_action(world: World, who: Any, number: str, action: dict[str, Any]) -> dict[str, Any]:
    """What a person would fill into the panel of this action."""
    item = action["items"][0] if action["items"] else None
    chosen = {"item": item} if item else {}
    return {**chosen, **_own(world, who, number, action, item)}


def _own(world: World, who: Any, number: str, action: dict[str, Any], item: int | None) -> dict[str, Any]:
    o = world.o
    others = [one.pk for one in (o.stranger, o.admin) if one.pk != who.pk]
    panels: dict[str, Callable[[], dict[str, Any]]] = {
        "process": lambda: _processed(world, number, action, item),
        "append": lambda: {"body": "说明"},
        "reply": lambda: {"body": "说明"},
        "note": lambda: {"body": "说明"},
        "transfer": lambda: {"handler": o.stranger.pk, "reason": "归口"},
        "return": lambda: {"target": action["return_targets"][0]["seq"], "mode": "redo", "reason": "不清"},
        "withdraw": lambda: {"reason": "不用了", **_called_off(action)},
        "consult": lambda: {"people": others[:1], "question": "对吗"},
        "co_handle": lambda: {"departments": [o.billing.pk], "question": "帮忙"},
        "countersign": lambda: {"people": others[:1], "needed": 1, "question": "同意吗"},
        "extend": lambda: {"until": scenes.soon(30), "reason": "等备件"},
        "decide_extension": lambda: {"grant": True, "reason": "可以"},
        "resolve": lambda: {"result": "解决"},
        "call_back": lambda: {"result": "satisfied", "score": 5},
        "link": lambda: {"other": _seen_by(world, who)},
        "attach": lambda: {"attachments": [upload(world, who)]},
        **{verb: lambda: {"card": action["cards"][0], "reason": "理由"} for verb in _CARD_VERBS},
        "acknowledge_card": lambda: {"card": action["cards"][0]},
        "edit": lambda: {"subject": f"改 {number}"},
    }
    if action["verb"] in ("urge", "resume", "submit", "accept"):
        return {}
    return panels.get(action["verb"], lambda: {"reason": "理由"})()


def _called_off(action: dict[str, Any]) -> dict[str, Any]:
    return {"of": action["callable_off"][0]["id"]} if action["callable_off"] else {}


def _processed(world: World, number: str, action: dict[str, Any], item: int | None) -> dict[str, Any]:
    outcomes = [one["code"] for one in action["outcomes_by_item"][str(item)]]
    outcome = {"outcome": outcomes[0]} if outcomes else {}
    fields = {} if _is_side(world, number, item) else FIELDS.get(_node(world, number, item), {})
    return {"result": "做了", **outcome, "fields": fields}


def _seen_by(world: World, who: Any) -> str:
    other = world.number()
    world.done(world.o.agent, other, "note", body="请看", mentions=[who.pk])
    return other


def any_arguments(world: World, who: Any, verb: str) -> dict[str, Any]:
    """Well-formed arguments for a verb that is not offered: only the refusal is of interest."""
    action = {"verb": verb, "items": [], "return_targets": [{"seq": 1}], "callable_off": [], "cards": [1]}
    if verb == "process":
        return {"result": "做了"}
    return _own(world, who, "", action, None)


def _track_item(world: World, number: str, item: int | None) -> dict[str, Any]:
    found = [one for one in world.track(number)["items"] if one["id"] == item]
    return dict(found[0]) if found else {}


def _node(world: World, number: str, item: int | None) -> str:
    return str(_track_item(world, number, item).get("node"))


def _is_side(world: World, number: str, item: int | None) -> bool:
    return _track_item(world, number, item).get("duty") in ("consulted", "co_handler")
