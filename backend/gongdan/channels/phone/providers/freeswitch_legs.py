"""What the reader of FreeSWITCH's events remembers: the legs there are, whose they are, and the call of each. Pure."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

MOST_LEGS = 20_000  # remembered at once; what is beyond lost its end
PATTERN = "[0-9]{2,6}"  # what counts as an extension although administration does not know it
SPY, DIAL, THIRD = "gongdan-spy-", "gongdan-dial-", "gongdan-third-"  # how the ids of legs we ask for begin
_NAME = re.compile(r"(?P<kind>[^/]+)/(?:(?P<profile>[^/]+)/)?(?P<user>[^@/]+)").match
_PUBLIC = re.compile(r"\+?[0-9]{7,}|0[0-9]+").fullmatch


@dataclass(frozen=True, slots=True)
class Sides:
    """`trunks`: SIP profiles whose legs are the customer's side. `extensions`: see SystemSettings."""

    trunks: frozenset[str]
    pattern: re.Pattern[str]
    extensions: Mapping[str, str]
    domain: str

    def extension_of(self, event: Mapping[str, str]) -> str:
        """Whose leg it is: an extension in upper case, or "" for the customer's side."""
        name = event.get("Channel-Name", "")
        if self._is_trunk(name):
            return ""
        outbound = event.get("Call-Direction") == "outbound"
        called = event.get("Caller-Destination-Number", "") if outbound else ""
        asked = (
            event.get("Channel-Presence-ID", ""),
            event.get("variable_dialed_user", "") if outbound else event.get("variable_user_name", ""),
            user_of(name),
            called,
        )
        users = (one.partition("@")[0].upper() for one in asked)
        return next((user for user in users if self.is_extension(user)), "")

    def _is_trunk(self, name: str) -> bool:
        found = _NAME(name)
        return found is not None and (found["profile"] or "").lower() in self.trunks

    def is_extension(self, number: str) -> bool:
        """Whether a number is one of ours."""
        return number.upper() in self.extensions or self.pattern.fullmatch(number) is not None

    def direction(self, dialled: str) -> str:
        """Where an extension calls."""
        return "internal" if not dialled or self.is_extension(dialled) or dialled[0] in "*#" else "outbound"

    def is_public(self, number: str) -> bool:
        return _PUBLIC(number) is not None and not self.is_extension(number)


def sides_of(settings: Mapping[str, Any], extensions: Mapping[str, str]) -> Sides:
    """From a system's settings `trunks` (list of SIP profiles, usually external), `extension_pattern`, `domain`; what
    is unusable is as if absent."""
    trunks = settings.get("trunks")
    named = trunks if isinstance(trunks, list) and trunks else ["external"]
    try:
        pattern = re.compile(str(settings.get("extension_pattern") or PATTERN), re.IGNORECASE)
    except re.error:
        pattern = re.compile(PATTERN)
    return Sides(
        frozenset(str(one).lower() for one in named), pattern, extensions, str(settings.get("domain") or "")
    )


def user_of(name: str) -> str:
    """The user in a channel's name: 801 of sofia/internal/801@10.0.0.5:5060 and sofia/internal/sip:801@…"""
    found = _NAME(name)
    return found["user"].removeprefix("sip:") if found else ""


@dataclass(slots=True)
class Leg:
    """A channel. `extension` "" is the customer's side. `told`: a signal spoke of it; `up`: it talks.

    `outside`: a number outside that an inbound call was given on to, neither agent nor customer. `inner`: nobody's phone
    (loopback). `originator`: the leg it was called for.
    """

    id: str
    call: str
    extension: str
    inner: bool = False
    spy: bool = False
    outside: bool = False
    linked: bool = False
    told: bool = False
    up: bool = False
    given_on: bool = False
    called: bool = False  # the switch called it
    originator: str = ""
    partner: str = ""
    queue: str = ""
    dialled: str = ""
    transfer_source: str = ""

    @property
    def is_customer(self) -> bool:
        return not (self.extension or self.inner or self.spy or self.outside)


@dataclass(slots=True)
class Conversation:
    """A call. `left`: the agent's leg that talked and went last, and when; `left_by` who wanted it."""

    key: str
    direction: str = "inbound"
    began: bool = False
    talked: bool = False
    conference: bool = False
    ended: bool = False
    ended_by: str = ""
    queue: str = ""
    left: tuple[Leg, datetime] | None = None
    left_by: str = ""
    legs: dict[str, Leg] = field(default_factory=dict)

    @property
    def real(self) -> list[Leg]:
        return [leg for leg in self.legs.values() if not leg.inner and not leg.spy]

    @property
    def agents(self) -> list[Leg]:
        """The legs of extensions that talk."""
        return [leg for leg in self.real if leg.extension and leg.up]

    @property
    def customer(self) -> Leg | None:
        return next((leg for leg in self.real if leg.is_customer), None)


class State:
    """Bounded: the oldest leg is forgotten first."""

    def __init__(self) -> None:
        self.legs: OrderedDict[str, Leg] = OrderedDict()
        self.calls: dict[str, Conversation] = {}

    def add(self, leg: Leg) -> Leg:
        self.legs[leg.id] = leg
        self.call_of(leg).legs[leg.id] = leg
        while len(self.legs) > MOST_LEGS:
            self.remove(next(iter(self.legs.values())))
        return leg

    def call_of(self, leg: Leg) -> Conversation:
        return self.calls.setdefault(leg.call, Conversation(leg.call))

    def remove(self, leg: Leg) -> None:
        self.legs.pop(leg.id, None)
        self._leave(leg)

    def move(self, leg: Leg, key: str) -> None:
        """The leg belongs to another call from now on."""
        if key != leg.call:
            self._leave(leg)
            leg.call = key
            self.call_of(leg).legs[leg.id] = leg

    def _leave(self, leg: Leg) -> None:
        call = self.calls.get(leg.call)
        if call is not None:
            call.legs.pop(leg.id, None)
            if not call.legs:
                del self.calls[leg.call]

    def partner(self, leg: Leg) -> Leg | None:
        return self.legs.get(leg.partner)

    def consulted(self, leg: Leg) -> Leg | None:
        """Whom the agent of `leg` called in the middle of a talk."""
        call = self.calls.get(leg.call)
        asked = [one for one in call.real if one.originator == leg.id and not one.is_customer] if call else []
        return asked[-1] if asked else None
