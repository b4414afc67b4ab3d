"""Arguments that fit a verb where it is offered, taken from what the page says is possible."""

from __future__ import annotations

from typing import Any

from tests.tickets import scenes
from tests.tickets.cases import upload
from tests.tickets.conftest import World

FIELDS = {"verify": {"facts": "光缆断"}}


def for_action(world: World, who: Any, number: str, action: dict[str, Any]) -> dict[str, Any]:
    """What a person would fill into the panel of this action."""
    item = action["items"][0] if action["items"] else None
    chosen = {"item": item} if item else {}
    return {**chosen, **_own(world, who, number, action, item)}


def _own(world: World, who: Any, number: str, action: dict[str, Any], item: int | None) -> dict[str, Any]:
    o = world.o
    others = [one.pk for one in (o.stranger, o.admin) if one.pk != who.pk]
    match action["verb"]:
        case "process":
            outcomes = action["outcomes_by_item"][str(item)]
            node = _node(world, number, item)
            lead = {"fields": FIELDS.get(node, {})} if outcomes != ["agree", "disagree"] else {}
            outcome = {"outcome": outcomes[0]["code"]} if outcomes else {}
            asked = _is_side(world, number, item)
            return {"result": "做了", **outcome, **({} if asked else lead)}
        case "append" | "reply" | "note":
            return {"body": "说明"}
        case "transfer":
            return {"handler": o.stranger.pk, "reason": "归口"}
        case "return":
            return {"target": action["return_targets"][0]["seq"], "mode": "redo", "reason": "不清"}
        case "withdraw":
            called_off = action["callable_off"]
            return {"reason": "不用了", **({"of": called_off[0]["id"]} if called_off else {})}
        case "consult":
            return {"people": others[:1], "question": "对吗"}
        case "co_handle":
            return {"departments": [o.billing.pk], "question": "帮忙"}
        case "countersign":
            return {"people": others[:1], "needed": 1, "question": "同意吗"}
        case "extend":
            return {"until": scenes.soon(30), "reason": "等备件"}
        case "decide_extension":
            return {"grant": True, "reason": "可以"}
        case "resolve":
            return {"result": "解决"}
        case "call_back":
            return {"result": "satisfied", "score": 5}
        case "link":
            other = world.number()
            world.done(o.agent, other, "note", body="请看", mentions=[who.pk])
            return {"other": other}
        case "attach":
            return {"attachments": [upload(world, who)]}
        case "edit":
            return {"subject": f"改 {number}"}
        case "urge" | "resume" | "submit" | "accept":
            return {}
    return {"reason": "理由"}


def any_arguments(world: World, who: Any, verb: str) -> dict[str, Any]:
    """Well-formed arguments for a verb that is not offered: only the refusal is of interest."""
    action = {"verb": verb, "items": [], "return_targets": [{"seq": 1}], "callable_off": []}
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
