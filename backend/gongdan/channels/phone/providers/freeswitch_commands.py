"""What is asked of FreeSWITCH, as lines of its `api` (mod_commands, mod_callcenter). Pure.

Promise: nothing of what was asked reaches a line but what matches the pattern of its kind, so a line is always one
command and a dial string says what it should.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from gongdan.channels.phone.contract import CommandFailed
from gongdan.channels.phone.providers.freeswitch_legs import DIAL, SPY, THIRD, Leg, Sides, State

_LEG = re.compile(r"[A-Za-z0-9-]{1,80}").fullmatch
_NUMBER = re.compile(r"\+?[A-Za-z0-9*#._-]{1,40}").fullmatch
_DIGITS = re.compile(r"[0-9A-D*#]{1,40}").fullmatch
_CHANNEL = re.compile(r"[A-Za-z0-9/_.@:+*#-]{1,120}").fullmatch
_AGENT = re.compile(r"[A-Za-z0-9_.@+-]{1,120}").fullmatch
_WORD = re.compile(r"[A-Za-z0-9._-]{1,64}").fullmatch
RING_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One command. `background`: what comes of it is told later. Legs it makes: what they dial, whose talk they join."""

    text: str
    background: bool = False
    dials: Mapping[str, str] = field(default_factory=dict)
    joins: Mapping[str, str] = field(default_factory=dict)
    given_on: tuple[str, str] | None = None  # the leg that gives its talk on, and to whom


@dataclass(frozen=True, slots=True)
class Switch:
    """What lines are made with. `agents`: mod_callcenter's names by extension. Numbers are put through by the dial
    plan's `context`; whom a talk is given to, if it is a number outside, is called by `gateway`, if there is one."""

    state: State
    sides: Sides
    agents: Mapping[str, str]
    context: str = "default"
    gateway: str = ""


def switch_of(settings: Mapping[str, Any], state: State, sides: Sides, agents: Mapping[str, str]) -> Switch:
    """From a system's settings `context` and `gateway`; what is unusable is as if absent."""
    named = {name: str(settings.get(name) or "") for name in ("context", "gateway")}
    return Switch(state, sides, agents, **{name: text for name, text in named.items() if _WORD(text)})


def line_of(verb: str, args: Mapping[str, Any], switch: Switch) -> Line:
    """The line for one of contract.COMMANDS. Raises CommandFailed."""
    maker = MAKERS.get(verb)
    if maker is None:
        raise CommandFailed("the system cannot do this")
    return maker(switch, args)


def _word(args: Mapping[str, Any], name: str, usable: Callable[[str], Any]) -> str:
    text = str(args.get(name) or "")
    if not usable(text):
        raise CommandFailed(f"unusable {name.replace('_', ' ')}")
    return text


def _leg(args: Mapping[str, Any]) -> str:
    return _word(args, "leg", _LEG)


def _device(switch: Switch, extension: str) -> str:
    """How an extension is dialled."""
    channel, domain = switch.sides.extensions.get(extension.upper(), ""), switch.sides.domain
    if not channel:
        return f"user/{extension}@{domain}" if _AGENT(domain) else f"user/{extension}"
    if not _CHANNEL(channel):
        raise CommandFailed("unusable channel of the extension")
    return channel


def _target(switch: Switch, number: str) -> str:
    """How somebody is called whom a talk is given to: an extension of ours, or what the dial plan makes of it."""
    if switch.sides.is_extension(number):
        return _device(switch, number)
    if switch.gateway:
        return f"sofia/gateway/{switch.gateway}/{number}"
    return f"loopback/{number}/{switch.context}"


def _answer(switch: Switch, args: Mapping[str, Any]) -> Line:
    """Phones that obey a NOTIFY of the event `talk` pick up (Polycom, Yealink, Snom and others)."""
    return Line(f"uuid_phone_event {_leg(args)} talk")


def _hold(switch: Switch, args: Mapping[str, Any]) -> Line:
    return Line(f"uuid_hold {_leg(args)}")


def _resume(switch: Switch, args: Mapping[str, Any]) -> Line:
    return Line(f"uuid_hold off {_leg(args)}")


def _hang_up(switch: Switch, args: Mapping[str, Any]) -> Line:
    return Line(f"uuid_kill {_leg(args)}")


def _transfer(switch: Switch, args: Mapping[str, Any]) -> Line:
    leg, to = _leg(args), _word(args, "to", _NUMBER)
    if args.get("mode") == "attended":
        return Line(f"uuid_broadcast {leg} att_xfer::{_target(switch, to)} aleg")
    return Line(f"uuid_transfer {leg} -bleg {to} XML {switch.context}", given_on=(leg, to))


def _complete(switch: Switch, args: Mapping[str, Any]) -> Line:
    """Who asked somebody in between and then hangs up has given the talk on."""
    leg = _leg(args)
    asked = _consulted(switch, leg)
    if not asked.up:
        raise CommandFailed("nobody has answered yet")
    return Line(f"uuid_kill {leg}")


def _cancel(switch: Switch, args: Mapping[str, Any]) -> Line:
    return Line(f"uuid_kill {_consulted(switch, _leg(args)).id}")


def _consulted(switch: Switch, leg: str) -> Leg:
    own = switch.state.legs.get(leg)
    asked = switch.state.consulted(own) if own is not None else None
    if asked is None or not _LEG(asked.id):
        raise CommandFailed("no transfer is under way")
    return asked


def _conference(switch: Switch, args: Mapping[str, Any]) -> Line:
    return _third(_leg(args), _target(switch, _word(args, "to", _NUMBER)))


def _third(leg: str, device: str) -> Line:
    """Call somebody into the talk of `leg`."""
    own = f"{THIRD}{secrets.token_hex(8)}"
    return replace(_originate(own, device, f"&three_way({leg})"), joins={own: leg})


def _dtmf(switch: Switch, args: Mapping[str, Any]) -> Line:
    """As if pressed on the agent's phone, so that the other side hears it."""
    return Line(f"uuid_recv_dtmf {_leg(args)} {_word(args, 'digits', _DIGITS)}")


def _dial(switch: Switch, args: Mapping[str, Any]) -> Line:
    """The agent's phone rings first; picked up, it is put through by the dial plan."""
    extension, number = _word(args, "extension", _NUMBER), _word(args, "number", _NUMBER)
    own = f"{DIAL}{secrets.token_hex(8)}"
    words = {"origination_caller_id_number": number, "origination_caller_id_name": number}
    if args.get("caller_id"):
        words["effective_caller_id_number"] = _word(args, "caller_id", _NUMBER)
    made = _originate(own, _device(switch, extension), f"{number} XML {switch.context}", **words)
    return replace(made, dials={own: number})


def _originate(own: str, device: str, to: str, **words: str) -> Line:
    named = {"origination_uuid": own, "originate_timeout": str(RING_SECONDS), "ignore_early_media": "true"}
    said = ",".join(f"{name}={value}" for name, value in (named | words).items())
    return Line(f"originate {{{said}}}{device} {to}", background=True)


def _listen(**words: str) -> Callable[[Switch, Mapping[str, Any]], Line]:
    def make(switch: Switch, args: Mapping[str, Any]) -> Line:
        leg, device = _leg(args), _device(switch, _word(args, "extension", _NUMBER))
        own = f"{SPY}{secrets.token_hex(8)}"
        # A digit pressed while listening would begin to whisper or join, past the right to do so.
        return _originate(own, device, f"&eavesdrop({leg})", eavesdrop_enable_dtmf="false", **words)

    return make


def _barge(switch: Switch, args: Mapping[str, Any]) -> Line:
    return _third(_leg(args), _device(switch, _word(args, "extension", _NUMBER)))


def _take_over(switch: Switch, args: Mapping[str, Any]) -> Line:
    return _transfer(switch, {"leg": args.get("leg"), "to": args.get("extension"), "mode": "blind"})


def _status(status: str) -> Callable[[Switch, Mapping[str, Any]], Line]:
    def make(switch: Switch, args: Mapping[str, Any]) -> Line:
        agent = switch.agents.get(_word(args, "extension", _NUMBER).upper(), "")
        if not _AGENT(agent):
            raise CommandFailed("the extension is no agent of a queue")
        return Line(f"callcenter_config agent set status {agent} '{status}'")

    return make


MAKERS: Mapping[str, Callable[[Switch, Mapping[str, Any]], Line]] = {
    "answer": _answer,
    "hold": _hold,
    "resume": _resume,
    "hang_up": _hang_up,
    "transfer": _transfer,
    "complete_transfer": _complete,
    "cancel_transfer": _cancel,
    "conference": _conference,
    "dtmf": _dtmf,
    "dial": _dial,
    "listen": _listen(),
    "whisper": _listen(eavesdrop_whisper_aleg="true"),
    "barge": _barge,
    "take_over": _take_over,
    "pause": _status("On Break"),
    "unpause": _status("Available"),
}
