"""What really happened, counted by the exchange itself: what a listener's figures must agree with. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from gongdan.config.simulate.model import Call


@dataclass(frozen=True, slots=True)
class Truth:
    """Inbound calls that are over. `offered`: stays in queues; answered, abandoned, overflowed: how those ended.

    `talked`: calls an agent talked in; `unheard`: those nobody did. `missed`: rings that
    nobody answered or that were refused.
    """

    calls: int
    offered: int
    answered: int
    abandoned: int
    overflowed: int
    talked: int
    unheard: int
    missed: int
    outbound: int
    recordings: int
    transfers: int


def truth_of(calls: Iterable[Call]) -> Truth:
    inbound = [call for call in calls if call.kind == "inbound"]
    stays = Counter(how for call in inbound for _, how in call.stays)
    talked = sum(bool(call.talked) for call in inbound)
    return Truth(
        calls=len(inbound),
        offered=stays.total(),
        answered=stays["answered"],
        abandoned=stays["abandoned"],
        overflowed=stays["overflowed"],
        talked=talked,
        unheard=len(inbound) - talked,
        missed=sum(len(call.missed) for call in inbound),
        outbound=sum(call.kind == "outbound" for call in calls),
        recordings=sum(bool(call.recording) for call in inbound),
        transfers=sum(len(call.transfers) for call in inbound),
    )
