"""What a page asks of a call, as actions of Asterisk's manager interface. Pure.

Listening in is a call of ours to the supervisor's phone that runs ChanSpy; its channel ids begin with SPY, so that the
reader does not take it for a call. To take over is to transfer to the supervisor. A conference calls the third party
and puts it into the bridge of the two (BridgeAdd, Asterisk 18). Desk phones answer and hold by themselves only; those
that obey a NOTIFY with `talk` and `hold` (setting `notify`) do so for us.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from gongdan.channels.phone.contract import CommandFailed
from gongdan.channels.phone.providers.asterisk_channels import SPY, Sides
from gongdan.channels.phone.providers.asterisk_state import State
from gongdan.channels.phone.providers.asterisk_ways import DIALLED, JOINS

RING_MS = "30000"
MOST_DIGITS = 64

Action = tuple[str, dict[str, str]]
Builder = Callable[["Wish"], list[Action]]


@dataclass(frozen=True, slots=True)
class Wish:
    """A command's arguments as Asterisk needs them. `device`: how the named extension is dialled."""

    leg: str
    to: str
    extension: str
    device: str
    context: str
    args: Mapping[str, Any]
    state: State

    def word(self, name: str) -> str:
        return str(self.args.get(name) or "")


def actions(
    verb: str, args: Mapping[str, Any], settings: Mapping[str, Any], sides: Sides, state: State
) -> list[Action]:
    """What to ask Asterisk, in order. Raises CommandFailed."""
    builder = BUILDERS.get(verb)
    if builder is None:
        raise CommandFailed(f"Asterisk cannot {verb}.")
    extension = str(args.get("extension") or "")
    device = str(args.get("channel") or "") or (sides.device(extension) if extension else "")
    to = str(args.get("to") or args.get("number") or "")
    context = str(settings.get("context") or "from-internal")
    return builder(Wish(str(args.get("leg") or ""), to, extension, device, context, args, state))


def _hang_up(wish: Wish) -> list[Action]:
    return [("Hangup", {"Channel": wish.leg, "Cause": "16"})]


def _transfer(wish: Wish) -> list[Action]:
    action = "Atxfer" if wish.word("mode") == "attended" else "BlindTransfer"
    return [(action, {"Channel": wish.leg, "Context": wish.context, "Exten": wish.to})]


def _take_over(wish: Wish) -> list[Action]:
    return [("BlindTransfer", {"Channel": wish.leg, "Context": wish.context, "Exten": wish.extension})]


def _cancel_transfer(wish: Wish) -> list[Action]:
    return [("CancelAtxfer", {"Channel": wish.leg})]


def _pause(paused: str) -> Builder:
    def build(wish: Wish) -> list[Action]:
        reason = {"Reason": wish.word("reason")} if wish.word("reason") else {}
        return [("QueuePause", {"Interface": wish.device, "Paused": paused, **reason})]

    return build


def _notify(event: str) -> Builder:
    return lambda wish: [("PJSIPNotify", {"Channel": wish.leg, "Variable": f"Event={event}"})]


def _dial(wish: Wish) -> list[Action]:
    """Ring our own phone first, then the number."""
    said = {"CallerID": wish.word("caller_id")} if wish.word("caller_id") else {}
    headers = {
        "Channel": wish.device, "Context": wish.context, "Exten": wish.to, "Priority": "1", "Timeout": RING_MS,
        "Async": "true", "ChannelId": f"gongdan-dial-{uuid4().hex}", "Variable": f"{DIALLED}={wish.to}", **said,
    }  # fmt: skip
    return [("Originate", headers)]


def _conference(wish: Wish) -> list[Action]:
    call = next((one.call for one in wish.state.legs.values() if one.name == wish.leg), "")
    if not call:
        raise CommandFailed("Asterisk no longer has this channel.")
    headers = {
        "Channel": f"Local/{wish.to}@{wish.context}", "Application": "BridgeAdd", "Data": wish.leg,
        "Timeout": RING_MS, "Async": "true", "Variable": f"{JOINS}={call}",
    }  # fmt: skip
    return [("Originate", headers)]


def _spy(options: str) -> Builder:
    def build(wish: Wish) -> list[Action]:
        headers = {
            "Channel": wish.device, "Application": "ChanSpy", "Data": f"{wish.leg},{options}", "Timeout": RING_MS,
            "Async": "true", "ChannelId": f"{SPY}{uuid4().hex}",
        }  # fmt: skip
        return [("Originate", headers)]

    return build


def _digits(wish: Wish) -> list[Action]:
    """Tones to the other side: played on the channels that share the bridge with ours."""
    digits = wish.word("digits").upper()
    mine = next((one for one in wish.state.legs.values() if one.name == wish.leg), None)
    bridge = wish.state.bridges.get(mine.bridge, {}) if mine is not None else {}
    others = [one.name for one in bridge.values() if one.name != wish.leg]
    if not others or not digits:
        raise CommandFailed("There is nobody to send tones to.")
    if len(digits) > MOST_DIGITS or not set(digits) <= set("0123456789*#ABCD"):
        raise CommandFailed("Tones are 0 to 9, *, # and A to D.")
    return [("PlayDTMF", {"Channel": other, "Digit": digit}) for digit in digits for other in others]


BUILDERS: dict[str, Builder] = {
    "dial": _dial,
    "hang_up": _hang_up,
    "transfer": _transfer,
    "complete_transfer": _hang_up,  # who hangs up while asking aside completes the transfer
    "cancel_transfer": _cancel_transfer,
    "take_over": _take_over,
    "conference": _conference,
    "dtmf": _digits,
    "listen": _spy("qE"),
    "whisper": _spy("qEw"),
    "barge": _spy("qEB"),
    "pause": _pause("true"),
    "unpause": _pause("false"),
    "answer": _notify("talk"),
    "resume": _notify("talk"),
    "hold": _notify("hold"),
}
BY_NOTIFY = frozenset({"answer", "hold", "resume"})


def able(settings: Mapping[str, Any]) -> frozenset[str]:
    """Which commands this system can do."""
    return frozenset(BUILDERS) if settings.get("notify") else frozenset(BUILDERS) - BY_NOTIFY
