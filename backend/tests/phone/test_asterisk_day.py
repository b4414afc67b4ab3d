"""A day of the simulated exchange, told in Asterisk's words: what is made of it agrees with what really happened."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from functools import partial

import pytest

from gongdan.channels.phone.providers.asterisk_channels import sides_of
from gongdan.channels.phone.providers.asterisk_protocol import Message, Splitter
from gongdan.channels.phone.providers.asterisk_reader import Reader
from gongdan.config.simulate.asterisk import written
from gongdan.config.simulate.asterisk_events import events_of
from gongdan.config.simulate.day import busiest_rate, day
from gongdan.config.simulate.model import Happening
from gongdan.config.simulate.robots import Robots
from gongdan.config.simulate.switchboard import Switchboard
from gongdan.config.simulate.timeline import Timeline
from gongdan.config.simulate.truth import truth_of
from gongdan.core.interactions.call_state import CallState
from gongdan.core.interactions.ledger import reckon
from gongdan.core.interactions.phone_signals import Signal

BEGIN = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ROBOTS = ("8001", "8002", "8003", "8004", "8005", "8006")


def played(seed: int) -> tuple[Switchboard, list[CallState]]:
    """The switchboard after a day, and the calls that our reader made of its events."""
    timeline = Timeline(BEGIN, speed=0)
    board = Switchboard(timeline)
    heard: list[Happening] = []
    data = bytearray()
    board.add_phones(ROBOTS, robot=True)
    board.queue("hotline")
    robots = Robots(board)
    board.listeners.append(heard.append)
    board.listeners.append(lambda one: data.extend(b"".join(written(event) for event in events_of(one))))
    for plan in day(seed, hours=(9, 13), rate=busiest_rate(len(ROBOTS)), numbers=["13800138000"]):
        timeline.after(plan.after, partial(robots.ring_in, plan))
    timeline.finish()
    return board, calls_of(bytes(data))


def calls_of(data: bytes) -> list[CallState]:
    reader = Reader(sides_of({"trunks": ["PJSIP/trunk"]}, dict.fromkeys(ROBOTS, "")))
    calls: dict[str, list[Signal]] = {}
    for one in Splitter().feed(data):
        assert isinstance(one, Message)
        for raw in reader.read(one, BEGIN):
            calls.setdefault(raw.call, []).extend(raw.signals)
    assert not reader.view.state.legs
    assert not reader.view.state.calls
    return [reckon(signals) for signals in calls.values()]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_figure_of_a_day_agrees(seed: int) -> None:
    board, calls = played(seed)
    truth = truth_of(board.ended)
    inbound = [call for call in calls if call.direction == "inbound"]
    stays = Counter(stay.outcome for call in inbound for stay in call.stays)
    missed = sum(talk.outcome in ("missed", "refused") for call in inbound for talk in call.talks)
    assert truth.calls > 50
    assert {call.phase for call in calls} == {"ended"}
    assert not any(call.closed_by_us for call in calls)
    assert (len(inbound), sum(call.direction == "outbound" for call in calls)) == (
        truth.calls,
        truth.outbound,
    )
    assert (stays["answered"], stays["abandoned"], stays["overflowed"]) == (
        truth.answered,
        truth.abandoned,
        truth.overflowed,
    )
    assert sum(call.outcome == "answered" for call in inbound) == truth.talked
    assert sum(bool(call.recordings) for call in inbound) == truth.recordings
    assert missed == truth.missed
    assert sum(bool(talk.transferred_to) for call in inbound for talk in call.talks) == truth.transfers
