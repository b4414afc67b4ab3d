"""Whatever a FreeSWITCH, or what says it is one, may send: signals that can be reckoned, or a fault; never a failure."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from gongdan.channels.phone.providers.freeswitch_legs import sides_of
from gongdan.channels.phone.providers.freeswitch_protocol import Garbage, Message, event_of, read_message
from gongdan.channels.phone.providers.freeswitch_reader import HANDLERS, Reader, Ways
from gongdan.core.interactions.ledger import reckon
from tests.phone.freeswitch_peer import BEGAN, A, B, Event, as_plain, caller_leg, event, phone_leg

D = "dddd-4"
EXTENSIONS = {"801": "", "802": "", "A1": ""}
RECEIVED = BEGAN + timedelta(seconds=100)
LEGS = [caller_leg(A), phone_leg(B, "801", A), phone_leg(D, "802", A), phone_leg("eeee-5", "801", calls=True)]
TEXT = some.text(max_size=12)
HEADERS = [
    *(
        "Unique-ID",
        "Other-Leg-Unique-ID",
        "Bridge-A-Unique-ID",
        "Bridge-B-Unique-ID",
        "Channel-Call-UUID",
        "Other-Type",
    ),
    *(
        "Event-Subclass",
        "CC-Action",
        "CC-Queue",
        "CC-Member-Session-UUID",
        "CC-Cause",
        "Application",
        "Application-Data",
    ),
    *(
        "variable_transfer_source",
        "Event-Date-Timestamp",
        "Event-Sequence",
        "Channel-Name",
        "Record-File-Path",
    ),
]
VALUES = TEXT | some.sampled_from(
    [A, B, D, "callcenter::info", "three_way", "eavesdrop", "loopback/x", "1:2:bl_xfer:3"]
)
EVENTS = some.builds(
    lambda name, leg, more: event(name, 1) | leg | more,
    some.sampled_from(sorted(HANDLERS)),
    some.sampled_from(LEGS) | some.just({}),
    some.dictionaries(some.sampled_from(HEADERS), VALUES, max_size=4),
)


@given(some.lists(EVENTS, max_size=25))
def test_whatever_happens_makes_signals_that_can_be_reckoned(events: list[Event]) -> None:
    reader = Reader(Ways(sides_of({}, EXTENSIONS), digits=True))
    messages = [message for one in events for message in reader.read(one, RECEIVED)]
    signals = [signal for message in messages for signal in message.signals]
    for message in messages:
        assert len(message.key) <= 200
        assert message.signals
        assert {signal.call for signal in message.signals} == {message.call}
    for signal in signals:
        assert len(signal.party) <= 32
        assert len(signal.leg) <= 120
    for call in {signal.call for signal in signals}:
        assert reckon(signal for signal in signals if signal.call == call).call == call


async def _read_all(data: bytes) -> int:
    stream = asyncio.StreamReader(limit=64 * 1024)
    stream.feed_data(data)
    stream.feed_eof()
    count = 0
    while True:
        message = await read_message(stream)
        count += 1
        try:
            event_of(message)
        except ValueError:
            continue


@given(
    some.binary(max_size=400)
    | some.text(alphabet="\n:aContent-Typelghj 0123456789", max_size=300).map(str.encode)
)
def test_any_bytes_end_as_garbage_or_as_the_end(data: bytes) -> None:
    with pytest.raises((Garbage, EOFError)):
        asyncio.run(_read_all(data))


@given(
    some.dictionaries(
        some.from_regex(r"[A-Z][A-Za-z-]{0,20}", fullmatch=True), some.text(max_size=40), max_size=8
    )
)
def test_plain_events_are_read_back_as_they_were_written(said: Event) -> None:
    written = as_plain({"Event-Name": "X", **said})
    body = written.partition(b"\n\n")[2]
    found = event_of(Message("text/event-plain", {}, body))
    assert {name: found[name] for name in said} == said
