"""FreeSWITCH's events read: by transcripts of what its documentation shows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gongdan.channels.phone.providers.freeswitch_legs import sides_of
from gongdan.channels.phone.providers.freeswitch_reader import Reader, raw_of, ways_of
from gongdan.core.interactions.call_state import CallState
from gongdan.core.interactions.ledger import reckon
from gongdan.core.interactions.phone_signals import Kind, Signal
from tests.phone.freeswitch_peer import BEGAN, A, B, Event, caller_leg, event, phone_leg

D = "dddd-4"
EXTENSIONS = {"801": "", "802": "", "A1": ""}
RECEIVED = BEGAN + timedelta(seconds=100)


def read(*events: Event, **settings: Any) -> list[Signal]:
    reader = Reader(ways_of(sides_of(settings, EXTENSIONS), settings))
    return [signal for one in events for message in reader.read(one, RECEIVED) for signal in message.signals]


def calls(*events: Event, **more: Any) -> dict[str, CallState]:
    signals = read(*events, **more)
    return {key: reckon(one for one in signals if one.call == key) for key in {one.call for one in signals}}


def create(leg: Event, seconds: float = 0) -> Event:
    return event("CHANNEL_CREATE", seconds) | leg


def answer(leg: Event, seconds: float = 1) -> Event:
    return event("CHANNEL_ANSWER", seconds) | leg


def bridge(first: Event, second: Event, seconds: float = 2) -> Event:
    both = {"Bridge-A-Unique-ID": first["Unique-ID"], "Bridge-B-Unique-ID": second["Unique-ID"]}
    return event("CHANNEL_BRIDGE", seconds) | first | both


def hang_up(leg: Event, seconds: float, cause: str = "NORMAL_CLEARING", how: str = "recv_bye") -> Event:
    said = {"Hangup-Cause": cause, "variable_sip_hangup_disposition": how}
    return event("CHANNEL_HANGUP_COMPLETE", seconds) | leg | said


def queue(action: str, seconds: float, **more: str) -> Event:
    usual = {"Event-Subclass": "callcenter::info", "CC-Queue": "hotline@pbx", "CC-Member-Session-UUID": A}
    said = {"CC-Action": action, **{name.replace("_", "-"): value for name, value in more.items()}}
    return event("CUSTOM", seconds) | usual | said


def test_a_call_through_a_queue() -> None:
    customer = caller_leg(A)
    first = phone_leg(B, "801") | {"variable_cc_member_session_uuid": A, "variable_cc_queue": "hotline@pbx"}
    second = {**first, **phone_leg(D, "802"), "variable_cc_member_session_uuid": A}
    [call] = calls(
        create(customer),
        event("CUSTOM", 4) | customer | {"Event-Subclass": "gongdan::menu", "Menu-Digits": "2", "Menu-Label": "x"},
        queue("member-queue-start", 5),
        queue("agent-offering", 6),
        create(first, 6), event("CHANNEL_PROGRESS", 7) | first,
        hang_up(first, 20, "NO_ANSWER", "send_cancel"),
        create(second, 22), event("CHANNEL_PROGRESS", 23) | second, answer(second, 27),
        queue("bridge-agent-start", 27), bridge(customer, second, 27),
        hang_up(second, 90), queue("bridge-agent-end", 90), queue("member-queue-end", 90, CC_Cause="Terminated"),
        hang_up(customer, 91, how="send_bye"),
    ).values()  # fmt: skip
    assert [(one.party, one.outcome) for one in call.talks] == [("801", "missed"), ("802", "answered")]
    [stay] = call.stays
    assert (stay.queue, stay.outcome, stay.waited(RECEIVED)) == ("hotline", "answered", 22)
    assert (call.phase, call.outcome, call.ended_by, call.line) == (
        "ended",
        "answered",
        "agent",
        "4008001234",
    )
    assert [(one.digits, one.label) for one in call.menu] == [("2", "x")]


@pytest.mark.parametrize(
    ("reason", "outcome"),
    [("TIMEOUT", "overflowed"), ("EXIT_WITH_KEY", "overflowed"), ("BREAK_OUT", "abandoned")],
)
def test_why_somebody_waits_no_more(reason: str, outcome: str) -> None:
    left = queue("member-queue-end", 30, CC_Cause="Cancel", CC_Cancel_Reason=reason)
    [call] = calls(create(caller_leg(A)), queue("member-queue-start", 5), left).values()
    assert [one.outcome for one in call.stays] == [outcome]


@pytest.mark.parametrize(
    ("cause", "outcome"),
    [
        ("CALL_REJECTED", "refused"),
        ("USER_BUSY", "refused"),
        ("NO_ANSWER", "missed"),
        ("USER_NOT_REGISTERED", "missed"),
        ("ORIGINATOR_CANCEL", "cancelled"),
        ("PICKED_OFF", "elsewhere"),
    ],
)
def test_why_a_phone_rings_no_more(cause: str, outcome: str) -> None:
    agent = phone_leg(B, "801", A)
    [call] = calls(
        create(caller_leg(A)),
        create(agent, 1),
        event("CHANNEL_PROGRESS", 2) | agent,
        hang_up(agent, 9, cause),
    ).values()
    assert [one.outcome for one in call.talks] == [outcome]


def test_an_agent_dials_out_on_the_phone() -> None:
    own = phone_leg(A, "801", calls=True, dialled="013800138000")
    outside = caller_leg(B, dialled="013800138000") | {"Call-Direction": "outbound", "variable_originator": A}
    [call] = calls(
        create(own), create(outside, 1), event("CHANNEL_PROGRESS_MEDIA", 2) | outside, answer(outside, 8),
        answer(own, 8), bridge(own, outside, 8), hang_up(outside, 60), hang_up(own, 60, how="send_bye"),
    ).values()  # fmt: skip
    assert (call.direction, call.dialled, call.outcome, call.ended_by) == (
        "outbound",
        "013800138000",
        "answered",
        "customer",
    )
    assert [(one.party, one.outcome) for one in call.talks] == [("801", "answered")]
    assert (call.answered_at, call.ended_at) == (
        BEGAN + timedelta(seconds=8),
        BEGAN + timedelta(seconds=60),
    )


def test_two_colleagues_talk() -> None:
    own, other = phone_leg(A, "801", calls=True, dialled="802"), phone_leg(B, "802", A)
    [call] = calls(
        create(own), create(other, 1), event("CHANNEL_PROGRESS", 2) | other, answer(other, 5), answer(own, 5),
        bridge(own, other, 5), hang_up(own, 30), hang_up(other, 30, how="send_bye"),
    ).values()  # fmt: skip
    assert (call.direction, call.phase, call.outcome) == ("internal", "ended", "answered")
    assert sorted(one.party for one in call.talks) == ["801", "802"]


def test_a_phones_own_attended_transfer_brings_two_calls_together() -> None:
    """801 asks 802 by a second call, then joins the customer and 802 (REFER with Replaces) and is out of it."""
    customer, agent = caller_leg(A), phone_leg(B, "801", A)
    asks, asked = phone_leg("eeee-5", "801", calls=True, dialled="802"), phone_leg("ffff-6", "802", "eeee-5")
    found = calls(
        create(customer), create(agent, 1), event("CHANNEL_PROGRESS", 2) | agent, answer(agent, 3),
        bridge(customer, agent, 3), event("CHANNEL_HOLD", 10) | agent,
        create(asks, 11), create(asked, 12), event("CHANNEL_PROGRESS", 12) | asked, answer(asked, 15),
        answer(asks, 15), bridge(asks, asked, 15),
        bridge(customer, asked, 25), hang_up(agent, 25, how="send_bye"), hang_up(asks, 25, how="send_bye"),
        hang_up(customer, 90), hang_up(asked, 90, how="send_bye"),
    )  # fmt: skip
    main, between = found[A], found["eeee-5"]
    assert [(one.party, one.transferred_to, one.transfer_mode) for one in main.talks] == [
        ("801", "802", "attended"),
        ("802", "", ""),
    ]
    assert (main.outcome, main.ended_by, main.ended_at) == (
        "answered",
        "customer",
        BEGAN + timedelta(seconds=90),
    )
    assert (between.direction, between.phase) == ("internal", "ended")


def test_a_blind_transfer_is_seen_by_its_trace() -> None:
    customer, agent, other = caller_leg(A), phone_leg(B, "801", A), phone_leg(D, "802", A)
    stamp = int(BEGAN.timestamp()) + 20
    moved = customer | {"variable_transfer_source": f"{stamp}:{A}:bl_xfer:802/default/XML"}
    [call] = calls(
        create(customer), create(agent, 1), answer(agent, 3), bridge(customer, agent, 3),
        hang_up(agent, 20), event("CHANNEL_EXECUTE", 20) | moved | {"Application": "bridge"},
        create(other, 21), event("CHANNEL_PROGRESS", 22) | other, answer(other, 25), bridge(moved, other, 25),
    ).values()  # fmt: skip
    assert [(one.party, one.transferred_to, one.live) for one in call.talks] == [
        ("801", "802", False),
        ("802", "", True),
    ]


def test_a_menus_own_transfer_is_nobodys() -> None:
    stamp = int(BEGAN.timestamp())
    moved = caller_leg(A) | {"variable_transfer_source": f"{stamp}:{A}:bl_xfer:5000/default/XML"}
    told = read(create(caller_leg(A)), event("CHANNEL_EXECUTE", 5) | moved)
    assert [one.kind for one in told] == [Kind.BEGAN]


def test_a_softphone_has_its_extension_from_where_it_is_registered() -> None:
    """A browser's contact is a random name; the presence id says whose it is."""
    agent = phone_leg(B, "a1", A) | {"Channel-Name": "sofia/internal/k3j9dk2l@df7jal23ls0d.invalid"}
    told = read(create(caller_leg(A)), create(agent), event("CHANNEL_PROGRESS", 1) | agent)
    assert [one.party for one in told if one.kind is Kind.RINGING] == ["A1"]


def test_inner_legs_are_nobodys_but_join_what_they_carry() -> None:
    inner = phone_leg(D, "801", A) | {"Channel-Name": "loopback/801-a"}
    agent = phone_leg(B, "801", D)
    told = read(
        create(caller_leg(A)),
        create(inner),
        answer(inner),
        create(agent),
        event("CHANNEL_PROGRESS", 1) | agent,
    )
    assert [(one.kind, one.call, one.party) for one in told] == [
        (Kind.BEGAN, A, ""),
        (Kind.RINGING, A, "801"),
    ]


@pytest.mark.parametrize(
    "number", ["anonymous", "", "0000000000", "unknown", "sip:weird number@x", "x" * 500]
)
def test_a_withheld_or_malformed_number_is_told_as_it_is(number: str) -> None:
    [began] = read(create(caller_leg(A, number)))
    assert (began.kind, began.caller) == (Kind.BEGAN, number[:80])


def test_single_digits_are_choices_only_where_that_was_set_up() -> None:
    pressed = event("DTMF", 4, DTMF_Digit="2") | caller_leg(A)
    talking = [create(phone_leg(B, "801", A)), answer(phone_leg(B, "801", A), 5)]
    late = event("DTMF", 9, DTMF_Digit="3") | caller_leg(A)
    story = [create(caller_leg(A)), pressed, *talking, late]
    assert [one.digits for one in read(*story) if one.kind is Kind.MENU] == []
    assert [one.digits for one in read(*story, menu="digits") if one.kind is Kind.MENU] == ["2"]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/var/lib/freeswitch/recordings/2026/03/c-1.wav", "2026/03/c-1.wav"),
        ("/usr/local/freeswitch/recordings/x/c-1.wav", "x/c-1.wav"),
        ("/mounted/x/c-1.wav", "x/c-1.wav"),
        ("/elsewhere/c-1.wav", "c-1.wav"),
        ("C:\\rec\\c-1.wav", "C:\\rec\\c-1.wav"),
    ],
)
def test_a_recording_is_named_by_its_place_in_the_folder(path: str, name: str) -> None:
    stop = event("RECORD_STOP", 60, Record_File_Path=path, variable_record_seconds="51") | caller_leg(A)
    [_, recorded] = read(create(caller_leg(A)), stop, recording_folder="/mounted")
    assert (recorded.ref, recorded.seconds) == (name, 51)


def test_a_clock_far_off_is_not_believed() -> None:
    told = create(caller_leg(A)) | {"Event-Date-Timestamp": "1"}
    assert [one.at for one in read(told)] == [RECEIVED]
    assert [one.at for one in read({**told, "Event-Date-Timestamp": "soon"})] == [RECEIVED]


def test_of_variables_only_what_is_read_is_kept() -> None:
    said = create(caller_leg(A)) | {"variable_sip_auth_password": "hush", "variable_cc_queue": "hotline"}
    raw = raw_of(said)
    assert "hush" not in raw
    assert "hotline" in raw


def test_moments_are_in_utc() -> None:
    [began] = read(create(caller_leg(A), 3))
    assert began.at == BEGAN + timedelta(seconds=3)
    assert began.at.tzinfo is UTC
    assert isinstance(began.at, datetime)
