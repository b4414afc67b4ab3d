"""Calls as they happen: a Hypothesis strategy that plays one and writes down what was told and what was true."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from gongdan.core.interactions.phone_signals import Signal
from tests.interactions.telling import told

PARTIES = ("801", "802", "803", "AGENT-7", "805")
QUEUES = ("service", "repair", "night")


@dataclass
class Play:
    """A call being played. `talked`: who really talked, in their order; `outcome`: what became of it."""

    draw: Callable[[st.SearchStrategy[Any]], Any]
    signals: list[Signal] = field(default_factory=list)
    second: float = 0.0
    legs: int = 0
    talked: list[str] = field(default_factory=list)
    outcome: str = ""
    ended_by: str = ""
    menu: list[str] = field(default_factory=list)
    queues: list[str] = field(default_factory=list)
    transfers: list[tuple[str, str, str]] = field(default_factory=list)

    def tell(self, kind: str, **facts: Any) -> None:
        key = f"s{len(self.signals)}"
        self.signals.append(told(kind, self.second, key=key, order=len(self.signals), **facts))

    def pass_time(self) -> None:
        """Often no time at all: then `order` decides."""
        self.second += self.draw(st.sampled_from([0, 0, 0.25, 1, 4, 20]))

    def leg(self, party: str) -> str:
        self.legs += 1
        return f"{party}-{self.legs}"

    def chance(self, of: int = 2) -> bool:
        return bool(self.draw(st.integers(1, of)) == 1)

    def end(self, by: str, cause: str = "") -> None:
        self.ended_by = by
        self.tell("ended", by=by, cause=cause)


@st.composite
def plays(draw: Any) -> Play:
    """One whole call."""
    play = Play(draw)
    begin = draw(st.sampled_from([inbound, inbound, inbound, outbound, internal]))
    begin(play)
    if play.talked and play.chance():
        play.tell("recorded", ref="rec.wav", seconds=10)
    return play


def inbound(play: Play) -> None:
    caller = play.draw(st.sampled_from(["13800138000", "anonymous", "010-12345678"]))
    play.tell("began", direction="inbound", caller=caller, dialled="95598", line="95598")
    for _ in range(play.draw(st.integers(0, 2))):
        play.pass_time()
        play.menu.append(play.draw(st.sampled_from("0129*#")))
        play.tell("menu", digits=play.menu[-1])
    queues = play.draw(st.lists(st.sampled_from(QUEUES), max_size=2, unique=True))
    for place, queue in enumerate(queues):
        play.pass_time()
        play.queues.append(queue)
        play.tell("queued", queue=queue)
        if rounds(play, queue):
            return
        if place + 1 < len(queues):
            play.pass_time()
            play.tell("left_queue", queue=queue, cause="overflowed")
    if not queues and play.chance() and rounds(play, ""):
        return
    hang_up_unanswered(play)


def hang_up_unanswered(play: Play) -> None:
    play.pass_time()
    if play.queues:
        play.tell("left_queue", queue=play.queues[-1], cause="abandoned")
    rang = [one for one in play.signals if one.kind == "ringing"]
    refused = [one for one in play.signals if one.kind == "ring_ended"]
    play.outcome = "abandoned"
    if rang and not play.queues:
        play.outcome = "refused" if all(one.cause == "refused" for one in refused) else "missed"
    play.end("customer")


def rounds(play: Play, queue: str) -> bool:
    """Ring some parties, perhaps again, until one answers or nobody does; then talk. Whether somebody answered."""
    for _ in range(play.draw(st.integers(1, 3))):
        parties = play.draw(st.lists(st.sampled_from(PARTIES), min_size=1, max_size=3, unique=True))
        legs = {party: play.leg(party) for party in parties}
        for party in parties:
            play.pass_time()
            play.tell("ringing", party=party, leg=legs[party], queue=queue)
        play.pass_time()
        if play.chance():
            answer(play, parties, legs, queue)
            talk(play, parties[0], legs[parties[0]])
            return True
        for party in parties:
            cause = play.draw(st.sampled_from(["missed", "refused"]))
            play.tell("ring_ended", party=party, leg=legs[party], cause=cause)
    return False


def answer(play: Play, parties: list[str], legs: dict[str, str], queue: str) -> None:
    """The first of them answers, the others ring no more."""
    if queue:
        play.tell("left_queue", queue=queue, cause="answered")
    play.tell("answered", party=parties[0], leg=legs[parties[0]], queue=queue)
    for party in parties[1:]:
        play.tell("ring_ended", party=party, leg=legs[party], cause="elsewhere")
    play.talked.append(parties[0])
    play.outcome = "answered"


def talk(play: Play, party: str, leg: str) -> None:
    """Hold and resume, then give the call on, take somebody in, or end it."""
    for _ in range(play.draw(st.integers(0, 2))):
        play.pass_time()
        play.tell("held", party=party, leg=leg)
        play.pass_time()
        play.tell("resumed", party=party, leg=leg)
    play.pass_time()
    others = [one for one in PARTIES if one not in play.talked]
    how = play.draw(st.sampled_from(["end", "end", "blind", "attended", "conference"])) if others else "end"
    if how == "end":
        hang_up(play, [(party, leg)])
    else:
        give_on(play, how, (party, leg), play.draw(st.sampled_from(others)))


def give_on(play: Play, how: str, giver: tuple[str, str], to: str) -> None:
    party, leg = giver
    to_leg = play.leg(to)
    if how == "blind":
        play.transfers.append((party, to, how))
        play.tell("transferred", party=party, leg=leg, to=to, mode=how)
        play.tell("party_left", party=party, leg=leg, by="agent")
    elif play.chance():
        play.tell("held", party=party, leg=leg)
    play.pass_time()
    play.tell("ringing", party=to, leg=to_leg)
    play.pass_time()
    play.tell("answered", party=to, leg=to_leg)
    play.talked.append(to)
    play.pass_time()
    if how == "attended":
        play.transfers.append((party, to, how))
        play.tell("transferred", party=party, leg=leg, to=to, mode=how)
    if how == "conference":
        play.tell("conferenced", party=party, leg=leg, to=to)
        play.pass_time()
        hang_up(play, [(party, leg), (to, to_leg)])
    else:
        talk(play, to, to_leg)


def hang_up(play: Play, talking: list[tuple[str, str]]) -> None:
    by = play.draw(st.sampled_from(["customer", "agent"]))
    if by == "customer":
        play.tell("party_left", by=by)
    for party, leg in talking:
        play.tell("party_left", party=party, leg=leg, by=by)
    play.end(by)


def outbound(play: Play) -> None:
    leg = play.leg("801")
    play.tell("began", direction="outbound", caller="801", dialled="13900139000", party="801", leg=leg)
    play.pass_time()
    play.tell("answered", party="801", leg=leg)
    play.tell("ringing")
    play.pass_time()
    if play.chance(3):
        play.outcome = "unanswered"
        play.tell("party_left", party="801", leg=leg, by="agent")
        play.end("agent")
        return
    play.tell("answered")
    play.talked.append("801")
    play.outcome = "answered"
    talk(play, "801", leg)


def internal(play: Play) -> None:
    mine, theirs = play.leg("801"), play.leg("802")
    play.tell("began", direction="internal", caller="801", dialled="802", party="801", leg=mine)
    play.tell("answered", party="801", leg=mine)
    play.tell("ringing", party="802", leg=theirs)
    play.pass_time()
    if play.chance():
        play.outcome = "missed"
        play.tell("ring_ended", party="802", leg=theirs, cause="missed")
        play.tell("party_left", party="801", leg=mine, by="agent")
        play.end("agent")
        return
    play.tell("answered", party="802", leg=theirs)
    play.talked += ["801", "802"]
    play.outcome = "answered"
    play.pass_time()
    play.tell("party_left", party="802", leg=theirs, by="agent")
    play.tell("party_left", party="801", leg=mine, by="agent")
    play.end("agent")
