"""The exchange as FreeSWITCH: who may sign in, what is answered, what a call looks like."""

from __future__ import annotations

import json

from gongdan.config.simulate.exchange import Exchange
from tests.simulate.talking import api, event_socket, run, talk_to

QUICK = {"dialect": "freeswitch", "speed": 50.0}


def test_it_asks_for_the_password_and_hangs_up_on_a_wrong_one() -> None:
    async def test(made: Exchange) -> None:
        talk = await talk_to(made)
        assert await talk.block() == {"Content-Type": "auth/request"}
        await talk.say("api status\n\n")
        assert (await talk.block())["Reply-Text"] == "-ERR command not found"
        await talk.say("auth ClueCon\n\n")
        assert (await talk.block())["Reply-Text"] == "-ERR invalid"
        assert (await talk.block())["Content-Type"] == "text/disconnect-notice"
        assert await talk.reader.read() == b""

    run(test, **QUICK)


def test_subscriptions_and_filters() -> None:
    async def test(made: Exchange) -> None:
        talk = await event_socket(made, "json CHANNEL_CREATE CUSTOM callcenter::info")
        made.ring_in("13800138000", ring="8001")
        names = [(await talk.block())["Event-Name"] for _ in range(4)]
        assert set(names) == {"CHANNEL_CREATE", "CUSTOM"}
        await talk.say("nixevent CUSTOM callcenter::info\n\nfilter Caller-Destination-Number 4008001235\n\n")
        assert (await talk.until(lambda block: "Reply-Text" in block))[-1]["Reply-Text"] == "+OK"
        added = (await talk.until(lambda block: "Reply-Text" in block))[-1]["Reply-Text"]
        assert added == "+OK filter added. [Caller-Destination-Number]=[4008001235]"
        made.ring_in("13800138001", ring="8002")
        made.ring_in("13800138002", "4008001235", ring="8003")
        only = await talk.block()
        assert only["Caller-Destination-Number"] == "4008001235"
        await talk.say("exit\n\n")
        assert (await talk.until(lambda block: "Reply-Text" in block))[-1]["Reply-Text"] == "+OK bye"

    run(test, **QUICK)


def test_a_call_through_menu_and_queue() -> None:
    async def test(made: Exchange) -> None:
        talk = await event_socket(made)
        call = made.ring_in("13800138000", menu="2", label="报修", ring="8001")
        began = await talk.event("CHANNEL_CREATE")
        assert (began["Call-Direction"], began["Caller-Caller-ID-Number"]) == ("inbound", "13800138000")
        assert (await talk.event("DTMF"))["DTMF-Digit"] == "2"
        chosen = await talk.event("CUSTOM", Event_Subclass="gongdan::menu")
        assert (chosen["Menu-Digits"], chosen["Menu-Label"]) == ("2", "报修")
        joined = await talk.event("CUSTOM", CC_Action="member-queue-start")
        assert joined["CC-Member-Session-UUID"] == began["Unique-ID"]
        rung = await talk.event("CHANNEL_CREATE")
        assert (rung["Call-Direction"], rung["variable_cc_member_session_uuid"]) == (
            "outbound",
            began["Unique-ID"],
        )
        assert await api(talk, f"uuid_phone_event {rung['Unique-ID']} talk") == "+OK\n"
        assert (await talk.event("CHANNEL_ANSWER"))["Unique-ID"] == rung["Unique-ID"]
        started = await talk.event("CUSTOM", CC_Action="bridge-agent-start")
        assert (started["CC-Agent"], started["CC-Queue"]) == ("8001@default", "hotline@default")
        bridged = await talk.event("CHANNEL_BRIDGE")
        assert (bridged["Bridge-A-Unique-ID"], bridged["Bridge-B-Unique-ID"]) == (
            began["Unique-ID"],
            rung["Unique-ID"],
        )
        made.hang_up(call)
        assert (await talk.event("CUSTOM", CC_Action="member-queue-end"))["CC-Cause"] == "Terminated"
        assert (await talk.event("RECORD_STOP"))["Record-File-Path"].endswith(".wav")
        over = await talk.event("CHANNEL_HANGUP_COMPLETE")
        assert (over["Hangup-Cause"], over["variable_sip_hangup_disposition"]) == (
            "NORMAL_CLEARING",
            "recv_bye",
        )
        other = await talk.event("CHANNEL_HANGUP_COMPLETE")
        assert other["variable_sip_hangup_disposition"] == "send_bye"

    run(test, **QUICK)


def test_who_gives_up_waiting_has_broken_out() -> None:
    async def test(made: Exchange) -> None:
        talk = await event_socket(made)
        call = made.ring_in("13800138000", ring="8001")
        await talk.event("CHANNEL_PROGRESS")
        made.hang_up(call)
        rung = await talk.event("CHANNEL_HANGUP_COMPLETE")
        assert rung["Hangup-Cause"] == "ORIGINATOR_CANCEL"
        end = await talk.event("CUSTOM", CC_Action="member-queue-end")
        assert (end["CC-Cause"], end["CC-Cancel-Reason"]) == ("Cancel", "BREAK_OUT")

    run(test, **QUICK)


def test_commands_move_channels() -> None:
    async def test(made: Exchange) -> None:
        talk = await event_socket(made)
        made.ring_in("13800138000", ring="8001")
        await talk.event("CHANNEL_CREATE", Call_Direction="inbound")
        leg = (await talk.event("CHANNEL_CREATE"))["Unique-ID"]
        made.answer("8001")
        rows = json.loads(await api(talk, "show channels as json"))
        assert rows["row_count"] == 2
        assert {row["callstate"] for row in rows["rows"]} == {"ACTIVE"}
        await api(talk, f"uuid_hold {leg}")
        assert (await talk.event("CHANNEL_HOLD"))["Unique-ID"] == leg
        await api(talk, f"uuid_hold off {leg}")
        await talk.event("CHANNEL_UNHOLD")
        await api(talk, f"uuid_broadcast {leg} att_xfer::user/8002 aleg")
        asked = (await talk.event("CHANNEL_CREATE"))["Unique-ID"]
        made.answer("8002")
        await talk.event("CHANNEL_BRIDGE")
        assert await api(talk, f"uuid_kill {leg}") == "+OK\n"
        await talk.event("CHANNEL_BRIDGE", Bridge_B_Unique_ID=asked)
        assert await api(talk, f"uuid_transfer {asked} -bleg 8003 XML default") == "+OK\n"
        assert (await talk.event("CHANNEL_CREATE"))["Caller-Destination-Number"] == "8003"
        assert await api(talk, f"uuid_kill {leg}") == "-ERR No such channel!\n"
        assert await api(talk, "dance") == "-ERR dance Command not found!\n"

    run(test, **QUICK)


def test_dialling_in_the_background_listening_and_a_break() -> None:
    async def test(made: Exchange) -> None:
        talk = await event_socket(made)
        await talk.say("bgapi originate {origination_uuid=mine-1}user/8001 13800138000 XML default\n\n")
        job = (await talk.until(lambda block: "Job-UUID" in block))[-1]["Job-UUID"]
        assert (await talk.event("CHANNEL_CREATE"))["Unique-ID"] == "mine-1"
        assert (await talk.event("BACKGROUND_JOB"))["Job-UUID"] == job
        assert (await talk.event("CHANNEL_CREATE"))["Caller-Destination-Number"] == "13800138000"
        await talk.event("CHANNEL_BRIDGE")
        await api(talk, "originate {origination_uuid=mine-2}user/8003 &eavesdrop(mine-1)")
        assert (await talk.event("CHANNEL_EXECUTE", Application="eavesdrop"))["Application-Data"] == "mine-1"
        assert await api(talk, "callcenter_config agent set status 8002@default 'On Break'") == "+OK\n"
        status = await talk.event("CUSTOM", CC_Action="agent-status-change")
        assert (status["CC-Agent"], status["CC-Agent-Status"]) == ("8002@default", "On Break")
        assert "8002@default|On Break|" in await api(talk, "callcenter_config agent list")

    run(test, **QUICK)
