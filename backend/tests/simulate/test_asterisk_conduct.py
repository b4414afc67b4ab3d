"""The exchange as Asterisk: who may sign in, what is answered, what a call looks like."""

from __future__ import annotations

import hashlib

from gongdan.config.simulate.exchange import SECRET, USERNAME, Exchange
from tests.simulate.talking import Talk, act, manager, run, talk_to

QUICK = {"dialect": "asterisk", "speed": 50.0}


def test_it_greets_and_refuses_who_does_not_know_the_password() -> None:
    async def test(made: Exchange) -> None:
        talk = await talk_to(made)
        assert (await talk.reader.readline()).startswith(b"Asterisk Call Manager/")
        assert (await act(talk, "CoreShowChannels"))["Message"] == "Permission denied"
        answer = await act(talk, "Login", Username=USERNAME, Secret="wrong")
        assert (answer["Response"], answer["Message"]) == ("Error", "Authentication failed")
        assert await talk.reader.read() == b""

    run(test, **QUICK)


def test_a_challenge_is_answered_by_its_digest() -> None:
    async def test(made: Exchange) -> None:
        talk = await talk_to(made)
        await talk.reader.readline()
        challenge = (await act(talk, "Challenge", AuthType="MD5"))["Challenge"]
        key = hashlib.md5((challenge + SECRET).encode(), usedforsecurity=False).hexdigest()
        answer = await act(talk, "Login", Username=USERNAME, AuthType="MD5", Key=key)
        assert answer["Response"] == "Success"
        assert (await talk.event("FullyBooted"))["Status"] == "Fully Booted"
        assert (await act(talk, "Ping"))["Ping"] == "Pong"
        assert (await act(talk, "Dance"))["Message"] == "Invalid/unknown command"
        assert (await act(talk, "Logoff"))["Response"] == "Goodbye"
        assert await talk.reader.read() == b""

    run(test, **QUICK)


def test_events_can_be_switched_off() -> None:
    async def test(made: Exchange) -> None:
        talk = await manager(made)
        assert (await act(talk, "Events", EventMask="off"))["Events"] == "Off"
        made.ring_in("13800138000", ring="8001")
        assert (await act(talk, "Ping"))["Response"] == "Success"
        channels = await shown(talk)
        assert len(channels) == 2

    run(test, **QUICK)


async def shown(talk: Talk) -> list[dict[str, str]]:
    await act(talk, "CoreShowChannels")
    blocks = await talk.until(lambda block: block.get("Event") == "CoreShowChannelsComplete")
    found = [block for block in blocks if block.get("Event") == "CoreShowChannel"]
    assert blocks[-1]["ListItems"] == str(len(found))
    return found


def test_a_call_through_menu_and_queue() -> None:
    async def test(made: Exchange) -> None:
        talk = await manager(made)
        call = made.ring_in("13800138000", menu="2", label="报修", ring="8001")
        began = await talk.event("Newchannel")
        assert (began["CallerIDNum"], began["Exten"]) == ("13800138000", "4008001234")
        assert began["Uniqueid"] == began["Linkedid"]
        chosen = await talk.event("UserEvent")
        assert (chosen["UserEvent"], chosen["Digits"], chosen["Label"]) == ("GongdanMenu", "2", "报修")
        assert (await talk.event("QueueCallerJoin"))["Queue"] == "hotline"
        rung = await talk.event("Newchannel")
        assert rung["Channel"].startswith("PJSIP/8001-")
        assert rung["Linkedid"] == began["Uniqueid"]
        assert (await talk.event("AgentCalled"))["Interface"] == "PJSIP/8001"
        assert (await talk.event("DialBegin"))["DestChannel"] == rung["Channel"]
        made.answer("8001")
        assert (await talk.event("DialEnd"))["DialStatus"] == "ANSWER"
        assert (await talk.event("QueueCallerLeave"))["Queue"] == "hotline"
        assert (await talk.event("AgentConnect"))["DestChannel"] == rung["Channel"]
        inside = [(await talk.event("BridgeEnter"))["Channel"] for _ in range(2)]
        assert inside == [began["Channel"], rung["Channel"]]
        made.hang_up(call)
        assert (await talk.event("AgentComplete"))["Reason"] == "caller"
        assert (await talk.event("HangupRequest"))["Channel"] == began["Channel"]
        assert (await talk.event("Hangup"))["Cause-txt"] == "Normal Clearing"
        assert (await talk.event("Hangup"))["Channel"] == rung["Channel"]

    run(test, **QUICK)


def test_a_phone_is_moved_by_word_sent_to_it() -> None:
    async def test(made: Exchange) -> None:
        talk = await manager(made)
        made.ring_in("13800138000", ring="8001")
        leg = (await talk.event("DialBegin"))["DestChannel"]
        said = {"Channel": leg, "Variable": "Event=talk"}
        assert (await act(talk, "PJSIPNotify", **said))["Response"] == "Success"
        await talk.event("AgentConnect")
        await act(talk, "PJSIPNotify", Channel=leg, Variable="Event=hold")
        assert (await talk.event("Hold"))["Channel"] == leg
        await act(talk, "PJSIPNotify", **said)
        assert (await talk.event("Unhold"))["Channel"] == leg
        await act(talk, "Hangup", Channel=leg)
        assert (await talk.event("AgentComplete"))["Reason"] == "agent"
        assert (await act(talk, "Hangup", Channel=leg))["Message"] == "No such channel"

    run(test, **QUICK)


def test_transfers() -> None:
    async def test(made: Exchange) -> None:
        talk = await manager(made)
        made.ring_in("13800138000", ring="8001")
        leg = (await talk.event("DialBegin"))["DestChannel"]
        made.answer("8001")
        await act(talk, "Atxfer", Channel=leg, Exten="8002", Context="from-internal")
        asked = (await talk.event("DialBegin"))["DestChannel"]
        made.answer("8002")
        await talk.event("BridgeEnter", Channel=asked)
        await act(talk, "Hangup", Channel=leg)
        given = await talk.event("AttendedTransfer")
        assert (given["OrigTransfererChannel"], given["TransferTargetChannel"]) == (leg, asked)
        await talk.event("Hangup", Channel=leg)
        await act(talk, "BlindTransfer", Channel=asked, Exten="8003", Context="from-internal")
        blind = await talk.event("BlindTransfer")
        assert (blind["TransfererChannel"], blind["Extension"]) == (asked, "8003")
        third = (await talk.event("DialBegin"))["DestChannel"]
        made.answer("8003")
        await talk.event("BridgeEnter", Channel=third)
        assert {one["Channel"].partition("-")[0] for one in await shown(talk)} == {
            "PJSIP/trunk",
            "PJSIP/8003",
        }

    run(test, **QUICK)


def test_a_consultation_can_be_given_up() -> None:
    async def test(made: Exchange) -> None:
        talk = await manager(made)
        made.ring_in("13800138000", ring="8001")
        leg = (await talk.event("DialBegin"))["DestChannel"]
        made.answer("8001")
        await act(talk, "Atxfer", Channel=leg, Exten="8002", Context="from-internal")
        made.answer("8002")
        assert (await act(talk, "CancelAtxfer", Channel=leg))["Response"] == "Success"
        await talk.event("Hangup")
        assert (await talk.event("BridgeEnter"))["Channel"] == leg
        assert (await act(talk, "CancelAtxfer", Channel=leg))["Response"] == "Error"

    run(test, **QUICK)


def test_dialling_listening_and_a_pause() -> None:
    async def test(made: Exchange) -> None:
        talk = await manager(made)
        where = {"Exten": "13800138000", "Context": "from-internal", "Priority": "1"}
        more = {"ChannelId": "mine-1", "Variable": "WHO=13800138000", "Async": "true"}
        await act(talk, "Originate", Channel="PJSIP/8001", **where, **more)
        assert (await talk.event("VarSet"))["Value"] == "13800138000"
        response = await talk.event("OriginateResponse")
        assert (response["Response"], response["Uniqueid"]) == ("Success", "mine-1")
        assert (await talk.event("DialBegin"))["DestChannel"].startswith("PJSIP/trunk-")
        assert (await talk.event("DialEnd"))["DialStatus"] == "ANSWER"
        leg = (await talk.event("BridgeEnter"))["Channel"]
        spy = {"Channel": "PJSIP/8003", "Application": "ChanSpy", "Data": f"{leg},qE"}
        await act(talk, "Originate", **spy)
        assert (await talk.event("ChanSpyStart"))["SpyeeChannel"] == leg
        await act(talk, "QueuePause", Interface="PJSIP/8002", Paused="true", Reason="meal")
        paused = await talk.event("QueueMemberPause")
        assert (paused["Paused"], paused["PausedReason"]) == ("1", "meal")
        await act(talk, "QueueStatus")
        members = await talk.until(lambda block: block.get("Event") == "QueueStatusComplete")
        assert [one["Paused"] for one in members if one.get("Location") == "PJSIP/8002"] == ["1"]

    run(test, **QUICK)


def test_a_paused_phone_is_not_rung() -> None:
    async def test(made: Exchange) -> None:
        talk = await manager(made)
        for extension in ("8001", "8002"):
            await act(talk, "QueuePause", Interface=f"PJSIP/{extension}", Paused="true")
        made.ring_in("13800138000")
        assert (await talk.event("AgentCalled"))["Interface"] == "PJSIP/8003"

    run(test, **QUICK)
