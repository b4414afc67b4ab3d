"""An exchange moved by hand, line by line: JSON in, JSON out (`gongdan simulate calls --script -`).

One object a line with one word and what it needs:

    {"call": {"from": "13800138000", "to": "4008001234", "menu": "2", "queue": "hotline", "ring": "8101"}}
    {"answer": "8101"}  {"hold": "8101"}  {"resume": "8101"}  {"hang_up": "8101"}  {"hang_up": 3}
    {"transfer": {"from": "8101", "to": "8102"}}  {"consult": {…}}  {"conference": {…}}
    {"complete": "8101"}  {"cancel": "8101"}  {"dial": {"from": "8101", "to": "13800138000"}}
    {"drop": true}  {"forget": 3}  {"garbage": "…"}  {"wait": 0.5}  {"state": true}

A call is named by the number its answer gave; the customer of call 3 puts down with {"hang_up": 3}. Every line is
answered with {"ok": true, …} or {"ok": false, "why": …}.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

from gongdan.config.simulate.exchange import Exchange
from gongdan.config.simulate.model import Call
from gongdan.config.simulate.talks import CannotDo

Answer = dict[str, Any]
FIELDS = {"from": "number", "to": "line"}


async def obey(exchange: Exchange, line: str) -> str:
    """Carry out one line; never raises for what is in it."""
    try:
        order = json.loads(line)
        (word, what), *more = order.items()
        if more:
            raise ValueError("one word a line")
        if word == "wait":
            await asyncio.sleep(float(what))
            return json.dumps({"ok": True})
        return json.dumps({"ok": True, **_WORDS[word](exchange, what)}, ensure_ascii=False)
    except KeyError as problem:
        return json.dumps({"ok": False, "why": f"unknown: {problem.args[0]}"})
    except (CannotDo, ValueError, TypeError, AttributeError) as problem:
        return json.dumps({"ok": False, "why": str(problem)}, ensure_ascii=False)


def _call(exchange: Exchange, what: dict[str, Any]) -> Answer:
    call = exchange.ring_in(**{FIELDS.get(name, name): value for name, value in what.items()})
    return {"call": call.serial}


def _dial(exchange: Exchange, what: dict[str, str]) -> Answer:
    return {"call": exchange.dial(what["from"], what["to"]).serial}


def _find(exchange: Exchange, serial: int) -> Call:
    return exchange.board.calls[serial]


def _hang_up(exchange: Exchange, what: str | int) -> Answer:
    exchange.hang_up(what if isinstance(what, str) else _find(exchange, what))
    return {}


def _state(exchange: Exchange, what: object) -> Answer:
    """The calls there are, with their channels."""
    calls = [
        {
            "call": call.serial,
            "from": call.caller,
            "waits_in": next((one.waits_in for one in call.channels if one.waits_in), ""),
            "channels": [
                {"number": one.number, "state": one.state, "held": one.held, "talks": one.bridge is not None}
                for one in call.channels
                if one.live
            ],
        }
        for call in exchange.board.calls.values()
    ]
    return {"calls": calls, "connections": sum(one.signed_in for one in exchange.dialect.server.clients)}


def _at(name: str, **more: Any) -> Callable[[Exchange, Any], Answer]:
    """A method of the exchange that takes an extension."""

    def do(exchange: Exchange, extension: str) -> Answer:
        getattr(exchange, name)(extension, **more)
        return {}

    return do


def _between(name: str) -> Callable[[Exchange, Any], Answer]:
    """A method that takes an extension and where to."""

    def do(exchange: Exchange, what: dict[str, str]) -> Answer:
        getattr(exchange, name)(what["from"], what["to"])
        return {}

    return do


def _drop(exchange: Exchange, what: object) -> Answer:
    exchange.drop_connections()
    return {}


def _forget(exchange: Exchange, what: int) -> Answer:
    exchange.forget_call(_find(exchange, what))
    return {}


def _garbage(exchange: Exchange, what: str) -> Answer:
    exchange.garbage(what.encode())
    return {}


_WORDS: dict[str, Callable[[Exchange, Any], Answer]] = {
    "call": _call,
    "answer": _at("answer"),
    "hold": _at("hold"),
    "resume": _at("hold", held=False),
    "hang_up": _hang_up,
    "transfer": _between("transfer"),
    "consult": _between("consult"),
    "conference": _between("conference"),
    "complete": _at("complete"),
    "cancel": _at("cancel"),
    "dial": _dial,
    "drop": _drop,
    "forget": _forget,
    "garbage": _garbage,
    "state": _state,
}
