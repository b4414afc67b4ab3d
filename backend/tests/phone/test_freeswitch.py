"""The connection to a FreeSWITCH against a scripted one: signing in, silence, garbage, resynchronising, commands."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from gongdan.channels.phone.contract import KnownCall, Refused
from gongdan.channels.phone.providers import freeswitch
from gongdan.core.interactions.phone_signals import Kind
from tests.phone.freeswitch_listening import LIMIT, Heard, Listening, listening, system
from tests.phone.freeswitch_peer import (
    BEGAN,
    A,
    B,
    Event,
    Peer,
    a_call,
    as_json,
    as_plain,
    caller_leg,
    event,
    peer,
    phone_leg,
)

Test = Callable[[Peer, Listening], Awaitable[None]]
C = "cccc-3"
AGENTS = "name|instance_id|status\n8001@pbx.example|single_box|Available\n+OK\n"


def run(test: Test, known: dict[str, KnownCall] | None = None, **settings: Any) -> None:
    async def inside() -> None:
        async with peer() as there:
            there.answers["callcenter_config agent list"] = AGENTS
            async with listening(system(there.port, **settings), known) as connection:
                await test(there, connection)

    asyncio.run(inside())


async def fails(there: Peer, **more: Any) -> BaseException:
    """What a connection ends with that never gets ready."""
    made = Listening(system(there.port, **more), Heard())
    try:
        async with asyncio.timeout(LIMIT):
            await asyncio.wait([made.done])
        error = made.done.exception()
        assert error is not None
        return error
    finally:
        await made.end()


def refused(prepare: Callable[[Peer], None], **more: Any) -> BaseException:
    async def inside() -> BaseException:
        async with peer() as there:
            prepare(there)
            return await fails(there, **more)

    return asyncio.run(inside())


# -- signing in ----------------------------------------------------------------------------------------------------


def test_a_wrong_password_is_refused_and_not_told() -> None:
    error = refused(lambda there: None, password="very secret words")
    assert isinstance(error, Refused)
    assert "very secret words" not in str(error)


def test_an_access_list_and_another_service_refuse() -> None:
    def rude(there: Peer) -> None:
        words = b"Access Denied, go away.\n"
        there.greeting = b"Content-Type: text/rude-rejection\nContent-Length: %d\n\n%b" % (len(words), words)

    def other(there: Peer) -> None:
        there.greeting = b"Content-Type: text/html\nContent-Length: 2\n\nhi"

    assert "access list" in str(refused(rude))
    assert isinstance(refused(other), Refused)
    assert "no events" in str(refused(lambda there: there.answers.update(event="-ERR permission denied")))


def test_what_speaks_another_language_or_nothing_is_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freeswitch, "CONNECTING", 0.3)

    def web(there: Peer) -> None:
        there.greeting = b"SSH-2.0-OpenSSH\r\n" + b"x" * 100_000

    assert "headers" in str(refused(web))
    assert str(refused(lambda there: setattr(there, "greeting", b""))) == "it does not answer"


def test_nobody_there() -> None:
    async def inside() -> BaseException:
        async with peer() as there:
            port = there.port
        made = Listening(system(port), Heard())
        await asyncio.wait([made.done])
        error = made.done.exception()
        assert error is not None
        return error

    assert isinstance(asyncio.run(inside()), OSError)


def test_the_events_it_reads_are_asked_for() -> None:
    async def test(there: Peer, connection: Listening) -> None:
        assert {"json", "CHANNEL_CREATE", "CHANNEL_HANGUP_COMPLETE", "callcenter::info"} <= set(
            there.subscribed.split()
        )

    run(test)


# -- events --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("render", [as_json, as_plain])
def test_events_of_either_form_make_a_call(render: Callable[[Event], bytes]) -> None:
    async def test(there: Peer, connection: Listening) -> None:
        there.say(a_call(render))
        await connection.heard.until(lambda heard: heard.phase("talking"))
        call = connection.heard.one
        assert (call.call, call.caller, call.line, call.began_at) == (A, "13800138000", "4008001234", BEGAN)
        [talk] = call.talks
        assert (talk.party, talk.leg, talk.answered_at) == ("8001", B, BEGAN + timedelta(seconds=9))

    run(test)


def test_events_that_come_twice_are_one() -> None:
    async def test(there: Peer, connection: Listening) -> None:
        said = a_call(as_json)
        over = as_json(event("CHANNEL_HANGUP_COMPLETE", 20, A) | caller_leg(A))
        there.say(said, said, over, over)
        await connection.heard.until(lambda heard: heard.phase("ended"))
        call = connection.heard.one
        assert [(one.party, one.answered_at) for one in call.talks] == [
            ("8001", BEGAN + timedelta(seconds=9))
        ]
        assert call.ended_at == BEGAN + timedelta(seconds=20)

    run(test)


def test_pieces_and_empty_lines_between_messages_are_borne() -> None:
    async def test(there: Peer, connection: Listening) -> None:
        for place, byte in enumerate(b"\n\n" + a_call(as_json)):
            there.say(bytes([byte]))
            if place % 97 == 0:
                await there.writers[0].drain()
        await connection.heard.until(lambda heard: heard.phase("talking"))

    run(test)


@pytest.mark.parametrize(
    "garbage",
    [
        b"Content-Length: 5\nContent-Type: text/event-json\n\n{{{{{",
        b'Content-Length: 4\nContent-Type: text/event-json\n\n"hi"',
        b"Content-Length: 3\nContent-Type: text/event-plain\n\n\xff\x00\xfe",
        b"Content-Length: 60000\nContent-Type: text/event-json\n\n" + b"[" * 60_000,
    ],
)
def test_an_unreadable_event_is_kept_and_harms_nothing(garbage: bytes) -> None:
    async def test(there: Peer, connection: Listening) -> None:
        there.say(garbage, a_call(as_json))
        await connection.heard.until(lambda heard: heard.phase("talking") or (heard.faults and heard.signals))
        await connection.heard.until(lambda heard: any(one.fault for one in heard.messages.values()))
        assert len(connection.heard.faults) == 1

    run(test)


@pytest.mark.parametrize(
    ("garbage", "words"),
    [
        (b"Content-Length: -1\nContent-Type: x\n\n", "a body of"),
        (b"Content-Length: 99999999\nContent-Type: x\n\n", "a body of"),
        (b"Content-Length: ten\nContent-Type: x\n\n", "a body of"),
        (b"Hello: there\n\n", "without Content-Type"),
        (b"x" * 200_000, "headers of more than"),
    ],
)
def test_what_breaks_the_framing_ends_the_connection(garbage: bytes, words: str) -> None:
    async def test(there: Peer, connection: Listening) -> None:
        there.say(garbage)
        with pytest.raises(ConnectionError, match=words):
            await connection.done

    run(test)


def test_a_goodbye_and_a_cut_end_the_connection() -> None:
    async def goodbye(there: Peer, connection: Listening) -> None:
        there.say(b"Content-Type: text/disconnect-notice\nContent-Length: 3\n\nbye")
        with pytest.raises(EOFError):
            await connection.done

    async def cut(there: Peer, connection: Listening) -> None:
        there.writers[0].transport.abort()
        with pytest.raises((EOFError, OSError)):
            await connection.done

    run(goodbye)
    run(cut)


def test_silence_is_noticed_and_a_quiet_switch_borne(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freeswitch, "QUIET", 0.1)
    monkeypatch.setattr(freeswitch, "PATIENCE", 0.3)

    async def quiet(there: Peer, connection: Listening) -> None:
        async with asyncio.timeout(LIMIT), there.moved:
            await there.moved.wait_for(lambda: there.asked.count("api version") >= 2)
        assert not connection.done.done()

    async def silent(there: Peer, connection: Listening) -> None:
        there.mute = True
        with pytest.raises(ConnectionError):
            await connection.done

    run(quiet)
    run(silent)


# -- resynchronising -----------------------------------------------------------------------------------------------


def row(unique: str, name: str, callstate: str, direction: str, **more: str) -> dict[str, str]:
    usual = {"created_epoch": str(int(BEGAN.timestamp())), "cid_num": "13800138000", "dest": "4008001234"}
    return {"uuid": unique, "name": name, "callstate": callstate, "direction": direction, **usual, **more}


def test_what_is_there_is_told_and_what_is_gone_ends() -> None:
    async def inside() -> None:
        heard = Heard()
        known = {
            C: KnownCall(BEGAN, {"gone-leg": "8003"}),
            A: KnownCall(BEGAN, {"old-leg": "8002"}),
        }
        async with peer() as there:
            there.rows = [
                row(A, "sofia/external/13800138000@x", "ACTIVE", "inbound", call_uuid=A),
                row(B, "sofia/internal/8001@x", "ACTIVE", "outbound", call_uuid=A, dest="8001"),
                row("n-1", "sofia/external/139@x", "ACTIVE", "inbound", cid_num="13900139000",
                    application="callcenter", application_data="hotline@default"),
                row("n-2", "sofia/internal/8002@x", "RINGING", "outbound", dest="8002", call_uuid="n-2"),
            ]  # fmt: skip
            there.answers["uuid_getvar n-2 cc_member_session_uuid"] = "n-1"
            async with listening(system(there.port), known, heard):
                vanished, stays, new = (heard.calls[key] for key in (C, A, "n-1"))
                assert len(heard.calls) == 3
                assert (vanished.phase, vanished.closed_by_us) == ("ended", True)
                assert [(one.party, one.live) for one in stays.talks] == [("8001", True)]
                [left] = [one for one in heard.signals if one.kind is Kind.PARTY_LEFT]
                assert (left.call, left.party, left.leg) == (A, "8002", "old-leg")
                assert (new.phase, new.caller, new.began_at) == ("ringing", "13900139000", BEGAN)
                assert [(one.queue, one.outcome) for one in new.stays] == [("hotline", "")]
                assert [one.party for one in new.talks] == ["8002"]

    asyncio.run(inside())


def test_events_that_come_meanwhile_wait_for_it() -> None:
    """The end of a call that was known from before is told while the list of channels is on its way."""

    async def inside() -> None:
        async with peer() as there:
            customer, agent = caller_leg(A), phone_leg(B, "8001", A)
            there.rows = [
                row(A, "sofia/external/13800138000@x", "ACTIVE", "inbound", call_uuid=A),
                row(B, "sofia/internal/8001@x", "ACTIVE", "outbound", call_uuid=A, dest="8001"),
            ]
            ends = [("CHANNEL_HANGUP_COMPLETE", A, customer), ("CHANNEL_HANGUP_COMPLETE", B, agent)]
            there.before_channels = [
                as_json(event(name, 50, unique, variable_sip_hangup_disposition="recv_bye") | leg)
                for name, unique, leg in ends
            ]
            async with listening(system(there.port)) as connection:
                await connection.heard.until(lambda heard: heard.phase("ended"))
                assert connection.heard.one.ended_by == "customer"

    asyncio.run(inside())


@pytest.mark.parametrize("answer", ["not json", "[]", '{"rows": 5}', "-ERR no"])
def test_a_switch_that_does_not_list_its_channels_is_tried_again(answer: str) -> None:
    def prepare(there: Peer) -> None:
        there.channels = answer

    assert isinstance(refused(prepare), ConnectionError)
