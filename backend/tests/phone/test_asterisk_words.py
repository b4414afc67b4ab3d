"""Asterisk's words below the calls: channels, bytes, commands, what goes on after an outage. Nothing raises, whatever comes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongdan.channels.phone.contract import COMMANDS, CommandFailed, KnownCall
from gongdan.channels.phone.providers.asterisk_channels import dialled_of
from gongdan.channels.phone.providers.asterisk_commands import able, actions
from gongdan.channels.phone.providers.asterisk_protocol import MOST, Garbage, Message, Splitter, encode
from gongdan.channels.phone.providers.asterisk_reader import HANDLERS, Reader
from gongdan.channels.phone.providers.asterisk_resync import learn
from gongdan.channels.phone.providers.asterisk_view import older
from gongdan.core.interactions.ledger import reckon
from gongdan.core.interactions.phone_signals import Kind, Signal
from tests.phone import transcripts
from tests.phone.asterisk_peer import event, written
from tests.phone.asterisk_words import AGENT, CALLER, NOW, UNIQUE, brief, heard, sides, talking


@pytest.mark.parametrize(
    ("channel", "extension"),
    [
        ("PJSIP/801-0000001f", "801"), ("SIP/blue-0000001f", "DESK-A"), ("PJSIP/desk-a-0000001f", "DESK-A"),
        ("PJSIP/trunk-0000001f", ""), ("Local/801@queue-00000001;1", ""), ("PJSIP/provider-0000001f", ""),
        ("DAHDI/i1/13800138000-5", ""), ("", ""), ("-", ""), ("PJSIP/", ""),
    ],
)  # fmt: skip
def test_whose_a_channel_is(channel: str, extension: str) -> None:
    assert sides().extension_of(channel) == extension


def test_extensions_by_a_pattern_and_an_unusable_one() -> None:
    assert sides(extension_pattern="[a-z]+[0-9]").extension_of("PJSIP/anna1-01") == "ANNA1"
    assert sides(extension_pattern="[").extension_of("PJSIP/8011-01") == "8011"


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("13800138000@trunk", "13800138000"),
        ("trunk/13800138000", "13800138000"),
        ("+8613800138000", "+8613800138000"),
        ("", ""),
    ],
)
def test_the_number_in_what_was_dialled(said: str, number: str) -> None:
    assert dialled_of(said) == number


def test_the_older_of_two_calls() -> None:
    assert older("1700000000.9", "1700000000.10") == "1700000000.9"
    assert older("pbx-1700000001.1", "pbx-1700000000.2") == "pbx-1700000000.2"
    assert older("gongdan-dial-1", "1700000000.2") == "1700000000.2"


def rows(*headers: dict[str, str]) -> list[Message]:
    return [
        one for one in Splitter().feed(b"".join(written(one) for one in headers)) if isinstance(one, Message)
    ]


def test_what_goes_on_is_told_and_what_does_not_vanished() -> None:
    reader = Reader(sides())
    known = {
        UNIQUE: KnownCall(NOW, {AGENT: "801", "PJSIP/802-gone": "802"}),
        "1690000000.1": KnownCall(NOW, {}),
    }
    told = learn(reader.view, rows(*transcripts.talking_rows(UNIQUE, "801")), [], known, NOW)
    signals = [signal for raw in told for signal in raw.signals]
    assert [(one.kind, one.call, one.party) for one in signals] == [
        (Kind.ANSWERED, UNIQUE, "801"), (Kind.PARTY_LEFT, UNIQUE, "802"), (Kind.VANISHED, "1690000000.1", ""),
    ]  # fmt: skip
    after = heard(event("Hangup", 1700000030, AGENT, f"{UNIQUE}9", UNIQUE, Cause="16"), reader=reader)
    assert brief(after) == [("party_left", "801", "system")]


def test_every_command_has_actions_and_they_are_told_truthfully() -> None:
    reader = Reader(sides())
    heard(*talking(), reader=reader)
    args = {"leg": AGENT, "to": "802", "extension": "802", "number": "10086", "digits": "1#", "mode": "blind"}
    for verb in COMMANDS:
        for _, headers in actions(verb, args, {}, reader.view.sides, reader.view.state):
            assert all(headers.values())
    assert able({"notify": True}) == COMMANDS
    assert able({}) == COMMANDS - {"answer", "hold", "resume"}
    digits = actions("dtmf", args, {}, reader.view.sides, reader.view.state)
    assert digits == [("PlayDTMF", {"Channel": CALLER, "Digit": digit}) for digit in "1#"]
    for wrong in ({"leg": "PJSIP/gone-1"}, {"digits": "1\r\n"}):
        with pytest.raises(CommandFailed):
            actions("dtmf", {**args, **wrong}, {}, reader.view.sides, reader.view.state)


@pytest.mark.parametrize("value", ["a\r\nAction: Command", "a\nb", "a\rb", "a\0b"])
def test_a_value_cannot_begin_another_line(value: str) -> None:
    with pytest.raises(ValueError, match="line end"):
        encode("Originate", {"Channel": value})


WORDS = st.sampled_from(
    ["PJSIP/801-1", "PJSIP/trunk-1", "Local/801@x-1;1", "1700000000.1", "1700000000.2", "", "b1", "Success", "5", "6",
     "ANSWER", "BUSY", "802", "s", "nan", "1e400", "GongdanChoice", "MIXMONITOR_FILENAME", "GongdanJoins", "hotline"]
) | st.text(max_size=12)  # fmt: skip
HEADERS = st.sampled_from(
    "channel uniqueid linkedid destchannel destuniqueid destlinkedid exten calleridnum queue bridgeuniqueid "
    "swapuniqueid dialstatus dialstring channelstate result transfererchannel transfereruniqueid extension "
    "origtransfererchannel origtransfereruniqueid secondtransfererchannel secondtransfereruniqueid "
    "transfertargetchannel transfertargetuniqueid variable value userevent digits label file seconds cause "
    "timestamp reason".split()
)
EVENTS = st.lists(
    st.tuples(st.sampled_from(sorted(HANDLERS)), st.dictionaries(HEADERS, WORDS, max_size=10)), max_size=30
)


@given(EVENTS)
def test_no_events_whatever_raise_and_every_signal_can_be_reckoned(
    events: list[tuple[str, dict[str, str]]],
) -> None:
    reader = Reader(sides())
    calls: dict[str, list[Signal]] = {}
    for name, headers in events:
        for raw in reader.read(Message({"event": name, **headers}, "raw"), NOW):
            assert len(raw.key) <= 40 + len(raw.call) + 2
            for signal in raw.signals:
                assert signal.call == raw.call
                calls.setdefault(signal.call, []).append(signal)
    for signals in calls.values():
        assert reckon(signals).call == signals[0].call


@given(st.binary(max_size=300), st.lists(st.integers(1, 60), max_size=20))
def test_bytes_cut_anywhere_give_the_same_messages(data: bytes, cuts: list[int]) -> None:
    data = data + b"\r\n\r\n" + b"Event: A\r\nB: c\r\n\r\n" + data
    whole = Splitter().feed(data)
    splitter, found = Splitter(), []
    for cut in cuts:
        found += splitter.feed(data[:cut])
        data = data[cut:]
    assert found + splitter.feed(data) == whole


@given(st.lists(st.binary(max_size=4000), max_size=60))
def test_garbage_never_fills_memory(pieces: list[bytes]) -> None:
    splitter = Splitter()
    for piece in pieces:
        splitter.feed(piece)
        assert len(splitter.rest) <= MOST


def test_a_message_without_end_is_garbage_once_and_then_it_goes_on() -> None:
    splitter = Splitter()
    found = [one for _ in range(10) for one in splitter.feed(b"Event: " + b"x" * 20_000)]
    assert [type(one) for one in found] == [Garbage]
    assert splitter.feed(b"\r\n\r\nEvent: A\r\n\r\n") == [Message({"event": "A"}, "Event: A")]
