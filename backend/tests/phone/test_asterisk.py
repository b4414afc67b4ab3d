"""Asterisk's words: bytes to messages, events to signals, commands to actions. Whatever comes, nothing is raised."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from gongdan.channels.phone.providers.asterisk_reader import Reader
from gongdan.core.interactions.ledger import reckon
from gongdan.core.interactions.phone_signals import Kind
from tests.phone import transcripts
from tests.phone.asterisk_peer import event
from tests.phone.asterisk_words import AGENT, CALLER, NOW, UNIQUE, brief, heard, sides, talking


def test_a_queued_call_from_beginning_to_end() -> None:
    told = heard(*transcripts.queued_call())
    assert brief(told) == [
        ("began", "", ""), ("menu", "", ""), ("queued", "", ""), ("ringing", "801", ""), ("answered", "801", ""),
        ("left_queue", "", "answered"), ("party_left", "801", "customer"), ("party_left", "", "customer"),
        ("ended", "", "Normal Clearing"),
    ]  # fmt: skip
    assert {one.call for one in told} == {UNIQUE}
    assert told[3].leg == AGENT
    state = reckon(told)
    assert (state.outcome, state.ended_by, state.stays[0].waited(NOW)) == ("answered", "customer", 4)


@pytest.mark.parametrize("variable", ["GongdanChoice", "GONGDAN_CHOICE", "__gongdan_choice"])
def test_a_choice_by_a_variable(variable: str) -> None:
    data = event("VarSet", 1700000001, CALLER, UNIQUE, Variable=variable, Value="2|Repair")
    [told] = heard(data)
    assert (told.kind, told.digits, told.label) == (Kind.MENU, "2", "Repair")


def test_the_caller_gives_up_in_the_queue() -> None:
    queue = {"Queue": "hotline", "Position": "1"}
    told = heard(
        transcripts.begun(UNIQUE),
        event("QueueCallerJoin", 1700000003, CALLER, UNIQUE, **queue),
        transcripts.pair("DialBegin", 1700000005, UNIQUE, "801"),
        event("HangupRequest", 1700000008, CALLER, UNIQUE),
        transcripts.pair("DialEnd", 1700000008.1, UNIQUE, "801", DialStatus="CANCEL"),
        event("QueueCallerAbandon", 1700000008.2, CALLER, UNIQUE, **queue),
        event("QueueCallerLeave", 1700000008.3, CALLER, UNIQUE, **queue),
        event("Hangup", 1700000008.4, AGENT, f"{UNIQUE}9", UNIQUE, Cause="16"),
        event("Hangup", 1700000008.5, CALLER, UNIQUE, Cause="16"),
    )
    state = reckon(told)
    assert (state.outcome, [stay.outcome for stay in state.stays]) == ("abandoned", ["abandoned"])
    assert [talk.outcome for talk in state.talks] == ["cancelled"]


def test_a_queue_that_gives_up_overflows() -> None:
    queue = {"Queue": "hotline"}
    told = heard(
        transcripts.begun(UNIQUE),
        event("QueueCallerJoin", 1700000003, CALLER, UNIQUE, **queue),
        transcripts.pair("DialBegin", 1700000005, UNIQUE, "801"),
        transcripts.pair("DialEnd", 1700000020, UNIQUE, "801", DialStatus="NOANSWER"),
        transcripts.pair("AgentRingNoAnswer", 1700000020.1, UNIQUE, "801", **queue),
        event("QueueCallerLeave", 1700000021, CALLER, UNIQUE, **queue),
    )
    assert brief(told)[3:] == [("ring_ended", "801", "missed"), ("left_queue", "", "overflowed")]


@pytest.mark.parametrize(
    ("status", "cause"),
    [("BUSY", "refused"), ("NOANSWER", "missed"), ("CHANUNAVAIL", "missed"), ("CANCEL", "cancelled")],
)
def test_a_ring_ends(status: str, cause: str) -> None:
    told = heard(
        *transcripts.ringing(UNIQUE),
        transcripts.pair("DialEnd", 1700000009, UNIQUE, "801", DialStatus=status),
    )
    assert brief(told)[-1] == ("ring_ended", "801", cause)


def test_who_was_not_quick_enough_rang_elsewhere() -> None:
    told = heard(
        *talking(),
        transcripts.pair("DialBegin", 1700000006, UNIQUE, "802").replace(
            f"{UNIQUE}9".encode(), b"1700000000.7"
        ),
        event("Hangup", 1700000007, f"PJSIP/802-{UNIQUE}", "1700000000.7", UNIQUE, Cause="26"),
    )
    assert brief(told)[-1] == ("ring_ended", "802", "elsewhere")


def test_hold_blind_transfer_and_the_end_of_the_one_who_gave_it_on() -> None:
    told = heard(
        *talking(),
        event("Hold", 1700000010, AGENT, f"{UNIQUE}9", UNIQUE),
        event("Unhold", 1700000020, AGENT, f"{UNIQUE}9", UNIQUE),
        event("MusicOnHoldStart", 1700000020, AGENT, f"{UNIQUE}9", UNIQUE),
        event(
            "BlindTransfer", 1700000030, Result="Success", TransfererChannel=AGENT, TransfererUniqueid=f"{UNIQUE}9",
            TransfererLinkedid=UNIQUE, TransfereeChannel=CALLER, Extension="802",
        ),
        event("Hangup", 1700000030.1, AGENT, f"{UNIQUE}9", UNIQUE, Cause="16"),
        transcripts.pair("DialBegin", 1700000031, UNIQUE, "802").replace(f"{UNIQUE}9".encode(), b"1700000000.7"),
    )  # fmt: skip
    assert brief(told)[3:] == [
        ("held", "801", ""), ("resumed", "801", ""), ("transferred", "801", "802"), ("party_left", "801", "system"),
        ("ringing", "802", ""),
    ]  # fmt: skip
    talks = reckon(told).talks
    assert [(talk.party, talk.transferred_to, talk.transfer_mode) for talk in talks] == [
        ("801", "802", "blind"), ("802", "", ""),
    ]  # fmt: skip


def consultation() -> list[bytes]:
    """801 talks to a customer, calls 802 on a second line, and gives the customer to them."""
    second, third = "1700000020.7", "1700000020.8"
    own, other = "PJSIP/801-second", "PJSIP/802-third"
    orig = {
        "OrigTransfererChannel": AGENT,
        "OrigTransfererUniqueid": f"{UNIQUE}9",
        "OrigTransfererLinkedid": UNIQUE,
    }
    aside = {
        "SecondTransfererChannel": own,
        "SecondTransfererUniqueid": second,
        "SecondTransfererLinkedid": second,
    }
    target = {
        "TransferTargetChannel": other,
        "TransferTargetUniqueid": third,
        "TransferTargetLinkedid": second,
    }
    return [
        *talking(),
        event("Newchannel", 1700000020, own, second, second, ChannelState="4", CallerIDNum="801", Exten="802"),
        event(
            "DialBegin", 1700000021, own, second, second, DestChannel=other, DestUniqueid=third, DestLinkedid=second
        ),
        event(
            "DialEnd", 1700000022, own, second, second, DestChannel=other, DestUniqueid=third, DestLinkedid=second,
            DialStatus="ANSWER",
        ),
        event("BridgeEnter", 1700000022.1, own, second, second, BridgeUniqueid="b2"),
        event("BridgeEnter", 1700000022.2, other, third, second, BridgeUniqueid="b2"),
        event("BridgeLeave", 1700000030, CALLER, UNIQUE, BridgeUniqueid="b1"),
        event("BridgeEnter", 1700000030.1, CALLER, UNIQUE, BridgeUniqueid="b2", SwapUniqueid=second),
        event("BridgeLeave", 1700000030.2, own, second, second, BridgeUniqueid="b2"),
        event("AttendedTransfer", 1700000030.3, Result="Success", DestType="Bridge", **orig, **aside, **target),
        event("Hangup", 1700000030.4, own, second, second, Cause="16"),
        event("Hangup", 1700000030.5, AGENT, f"{UNIQUE}9", UNIQUE, Cause="16"),
        event("HangupRequest", 1700000090, other, third, second),
        event("Hangup", 1700000090.1, other, third, second, Cause="16"),
        event("Hangup", 1700000090.2, CALLER, UNIQUE, Cause="16"),
    ]  # fmt: skip


def test_an_attended_transfer_ends_the_call_aside_and_goes_on_in_the_first() -> None:
    told = heard(*consultation())
    first = reckon([one for one in told if one.call == UNIQUE])
    aside = reckon([one for one in told if one.call == "1700000020.7"])
    assert [(talk.party, talk.transferred_to) for talk in first.talks] == [("801", "802"), ("802", "")]
    assert (first.phase, first.ended_by, first.outcome) == ("ended", "agent", "answered")
    assert (aside.direction, aside.phase) == ("internal", "ended")
    assert aside.ended_at is not None
    assert aside.ended_at.timestamp() < 1700000031


def test_a_third_in_the_bridge_is_a_conference() -> None:
    third = "1700000000.7"
    told = heard(
        *talking(),
        event("Newchannel", 1700000020, "Local/802@from-internal-1;1", "1700000020.1", ChannelState="0"),
        event(
            "VarSet", 1700000020, "Local/802@from-internal-1;1", "1700000020.1", Variable="GongdanJoins", Value=UNIQUE
        ),
        event(
            "DialBegin", 1700000021, "Local/802@from-internal-1;2", "1700000020.2", "1700000020.1",
            DestChannel="PJSIP/802-x", DestUniqueid=third, DestLinkedid="1700000020.1",
        ),
        event("Newstate", 1700000022, "PJSIP/802-x", third, "1700000020.1", ChannelState="6"),
        event("BridgeEnter", 1700000023, "PJSIP/802-x", third, "1700000020.1", BridgeUniqueid="b1"),
    )  # fmt: skip
    assert brief(told)[3:] == [("ringing", "802", ""), ("answered", "802", ""), ("conferenced", "801", "802")]
    assert {one.call for one in told} == {UNIQUE}


def dialled_out() -> list[bytes]:
    """The page dials: our phone rings, is picked up, and then the customer's."""
    own, unique, other = "PJSIP/801-0000000a", "gongdan-dial-1", "1700000003.2"
    dest = {"DestChannel": "PJSIP/trunk-0000000b", "DestUniqueid": other, "DestLinkedid": unique}
    return [
        event("Newchannel", 1700000000, own, unique, ChannelState="0", CallerIDNum="801", Exten=""),
        event("VarSet", 1700000000.1, own, unique, Variable="GongdanDialled", Value="13800138000"),
        event("Newstate", 1700000001, own, unique, ChannelState="5"),
        event("Newstate", 1700000003, own, unique, ChannelState="6"),
        event("DialBegin", 1700000004, own, unique, DialString="13800138000@trunk", **dest),
        event("DialEnd", 1700000009, own, unique, DialStatus="ANSWER", **dest),
        event("BridgeEnter", 1700000009.1, "PJSIP/trunk-0000000b", other, unique, BridgeUniqueid="b"),
        event("BridgeEnter", 1700000009.2, own, unique, BridgeUniqueid="b"),
        event("HangupRequest", 1700000029, own, unique),
        event("Hangup", 1700000029.1, "PJSIP/trunk-0000000b", other, unique, Cause="16"),
        event("Hangup", 1700000029.2, own, unique, Cause="16"),
    ]


def test_a_call_out_by_a_click() -> None:
    told = heard(*dialled_out())
    state = reckon(told)
    assert (state.direction, state.caller, state.dialled) == ("outbound", "801", "13800138000")
    assert (state.outcome, state.ended_by, [talk.party for talk in state.talks]) == (
        "answered",
        "agent",
        ["801"],
    )
    assert state.answered_at == datetime.fromtimestamp(1700000009, UTC)


def test_a_call_out_by_another_program_is_known_by_whom_it_dials() -> None:
    told = heard(*dialled_out()[:1], *dialled_out()[2:])
    state = reckon(told)
    assert (state.direction, state.dialled, state.outcome) == ("outbound", "13800138000", "answered")


def test_an_inner_call_to_an_unknown_number_is_told_as_such_at_last() -> None:
    told = heard(
        event("Newchannel", 1700000000, AGENT, UNIQUE, ChannelState="4", CallerIDNum="801", Exten="8500"),
        event("HangupRequest", 1700000005, AGENT, UNIQUE),
        event("Hangup", 1700000005.1, AGENT, UNIQUE, Cause="16"),
    )
    assert reckon(told).direction == "internal"


def test_listening_in_is_no_call() -> None:
    spy = "gongdan-spy-1"
    told = heard(
        event("Newchannel", 1700000000, "PJSIP/802-0000001a", spy, ChannelState="0", Exten=""),
        event("Newstate", 1700000001, "PJSIP/802-0000001a", spy, ChannelState="6"),
        event("Hangup", 1700000002, "PJSIP/802-0000001a", spy, Cause="16"),
    )
    assert told == []


def test_a_recording_is_told_when_its_channel_is_gone_or_by_an_event_of_the_dialplan() -> None:
    told = heard(
        *talking(),
        event("VarSet", 1700000006, CALLER, UNIQUE, Variable="MIXMONITOR_FILENAME", Value="/spool/a.wav"),
        event(
            "UserEvent", 1700000007, CALLER, UNIQUE, UserEvent="GongdanRecording", File="b.wav", Seconds="63"
        ),
        event("Hangup", 1700000030, CALLER, UNIQUE, Cause="16"),
    )
    found = [(one.ref, one.seconds) for one in told if one.kind is Kind.RECORDED]
    assert found == [("b.wav", 63), ("/spool/a.wav", 0)]


def test_the_same_event_has_the_same_key_and_another_has_not() -> None:
    reader, other = Reader(sides()), Reader(sides())
    data = transcripts.begun(UNIQUE)
    first, second = heard(data, reader=reader), heard(data, reader=other)
    assert [one.key for one in first] == [one.key for one in second]
    assert {one.key for one in heard(*transcripts.queued_call())}.isdisjoint(
        {one.key for one in heard(*transcripts.queued_call("1700000500.1"))}
    )
