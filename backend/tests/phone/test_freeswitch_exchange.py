"""A whole exchange that speaks the event socket: what the reader and the ledger make of calls, and what commands do."""

from __future__ import annotations

import asyncio

import pytest

from gongdan.channels.phone.contract import CommandFailed, KnownCall
from gongdan.config.simulate import acts
from gongdan.config.simulate.exchange import SECRET, Exchange, exchange
from tests.phone.freeswitch_listening import Heard, Listening, listening, system
from tests.phone.freeswitch_played import CALLER, answered, leg, phase, rings_at, run, talks_at


def test_a_call_from_menu_to_end() -> None:
    async def test(played: Exchange, connection: Listening) -> None:
        await answered(played, connection, menu="2", label="报修")
        played.hold("8001")
        await connection.heard.until(phase("held"))
        played.hold("8001", held=False)
        await connection.heard.until(phase("talking"))
        played.hang_up(next(iter(played.board.calls.values())))
        await connection.heard.until(phase("ended"))
        await connection.heard.until(lambda heard: heard.one.recordings)
        call = connection.heard.one
        assert (call.direction, call.caller, call.line) == ("inbound", CALLER, "4008001234")
        assert [(one.digits, one.label) for one in call.menu] == [("2", "报修")]
        assert [(one.queue, one.outcome) for one in call.stays] == [("hotline", "answered")]
        [talk] = call.talks
        assert (talk.party, talk.queue, talk.outcome, len(talk.holds)) == ("8001", "hotline", "answered", 1)
        assert (call.outcome, call.ended_by, call.closed_by_us) == ("answered", "customer", False)
        assert [one.ref for one in call.recordings] == list(played.media.files)
        assert connection.heard.faults == []

    run(test)


def test_the_agent_hangs_up() -> None:
    async def test(played: Exchange, connection: Listening) -> None:
        await answered(played, connection)
        played.hang_up("8001")
        await connection.heard.until(phase("ended"))
        assert (connection.heard.one.outcome, connection.heard.one.ended_by) == ("answered", "agent")

    run(test)


def test_the_caller_gives_up_waiting() -> None:
    async def test(played: Exchange, connection: Listening) -> None:
        call = played.ring_in(CALLER, ring="8001")
        await connection.heard.until(rings_at("8001"))
        played.hang_up(call)
        await connection.heard.until(phase("ended"))
        state = connection.heard.one
        assert (state.outcome, state.ended_by) == ("abandoned", "customer")
        assert [one.outcome for one in state.stays] == ["abandoned"]
        assert [one.outcome for one in state.talks] == ["cancelled"]

    run(test)


def test_a_refused_call_rings_at_the_next_one() -> None:
    async def test(played: Exchange, connection: Listening) -> None:
        played.ring_in(CALLER)
        await connection.heard.until(lambda heard: any(heard.calls) and heard.one.talks)
        first = connection.heard.one.talks[0].party
        played.hang_up(first)
        await connection.heard.until(lambda heard: heard.one.talks[0].outcome == "refused")
        await connection.heard.until(lambda heard: any(talk.live for talk in heard.one.talks))

    run(test)


def test_an_agent_dials() -> None:
    async def test(played: Exchange, connection: Listening) -> None:
        await connection.connection.command("dial", {"extension": "8001", "number": CALLER})
        await connection.heard.until(rings_at("8001"))
        played.answer("8001")
        await connection.heard.until(lambda heard: played.board.channels()[-1].number == CALLER)
        customer = played.board.channels()[-1]
        acts.answer(played.board, customer)
        await connection.heard.until(phase("talking"))
        await connection.heard.until(lambda heard: heard.one.answered_at)
        state = connection.heard.one
        assert (state.direction, state.dialled) == ("outbound", CALLER)
        acts.hang_up(played.board, customer, "customer")
        await connection.heard.until(phase("ended"))
        assert (connection.heard.one.outcome, connection.heard.one.ended_by) == ("answered", "customer")
        assert [talk.party for talk in connection.heard.one.talks] == ["8001"]

    run(test)


def test_a_ringing_phone_is_picked_up_held_and_hung_up_by_command() -> None:
    async def test(played: Exchange, connection: Listening) -> None:
        command = connection.connection.command
        played.ring_in(CALLER, ring="8001")
        await connection.heard.until(rings_at("8001"))
        own = {"leg": leg(connection, "8001")}
        await command("answer", own)
        await connection.heard.until(talks_at("8001"))
        await command("hold", own)
        await connection.heard.until(phase("held"))
        await command("resume", own)
        await connection.heard.until(phase("talking"))
        await command("dtmf", {**own, "digits": "12#"})
        await command("hang_up", own)
        await connection.heard.until(phase("ended"))
        with pytest.raises(CommandFailed, match="No such channel"):
            await command("hold", own)

    run(test)


def test_a_supervisor_listens_unseen_and_takes_over() -> None:
    async def test(played: Exchange, connection: Listening) -> None:
        await answered(played, connection)
        own = leg(connection, "8001")
        for how in ("listen", "whisper"):
            await connection.connection.command(how, {"leg": own, "extension": "8003"})
            played.answer("8003")
            assert any(one.spies_on for one in played.board.channels())
            played.hang_up("8003")
        await connection.connection.command("take_over", {"leg": own, "extension": "8002"})
        await connection.heard.until(rings_at("8002"))
        assert [talk.party for talk in connection.heard.one.talks] == ["8001", "8002"]

    run(test)


def test_an_agent_is_paused() -> None:
    async def test(played: Exchange, connection: Listening) -> None:
        await connection.connection.command("pause", {"extension": "8001", "reason": "meal"})
        phones = played.board.phones
        assert [one.extension for one in phones.values() if one.paused] == ["8001"]
        await connection.connection.command("unpause", {"extension": "8001"})
        assert [one.extension for one in phones.values() if one.paused] == []
        with pytest.raises(CommandFailed, match="no agent"):
            await connection.connection.command("pause", {"extension": "999"})

    run(test)


def known_of(heard: Heard) -> dict[str, KnownCall]:
    """What the database would say of the calls under way."""
    return {
        key: KnownCall(one.began_at, {talk.leg: talk.party for talk in one.talks if talk.live})
        for key, one in heard.calls.items()
        if one.phase != "ended"
    }


def test_after_an_outage_what_began_and_ended_meanwhile_is_known() -> None:
    async def inside() -> None:
        async with exchange(dialect="freeswitch") as played:
            settings = system(played.port, SECRET)
            async with listening(settings) as connection:
                await answered(played, connection)
                gone = next(iter(played.board.calls.values()))
                stays = played.ring_in("13900139000", ring="8002")
                await connection.heard.until(rings_at("8002"))
                heard = connection.heard
                played.drop_connections()
                with pytest.raises((OSError, EOFError)):
                    await connection.done
            played.hang_up(gone)
            played.answer("8002")
            new = played.ring_in("13700137000", ring="8003")
            known = known_of(heard)
            async with listening(settings, known, heard) as connection:
                await heard.until(talks_at("8002"))
                await heard.until(rings_at("8003"))
                by_caller = {one.caller: one for one in heard.calls.values()}
                assert len(heard.calls) == 3
                assert (by_caller[CALLER].phase, by_caller[CALLER].closed_by_us) == ("ended", True)
                assert by_caller["13900139000"].phase == "talking"
                assert by_caller["13700137000"].phase == "ringing"
                played.hang_up(stays)
                played.hang_up(new)
                await heard.until(lambda heard: all(one.phase == "ended" for one in heard.calls.values()))
                assert len(heard.calls) == 3

    asyncio.run(inside())


def test_garbage_in_between_is_a_fault_or_ends_the_connection() -> None:
    async def test(played: Exchange, connection: Listening) -> None:
        played.garbage(b"Content-Length: 7\nContent-Type: text/event-json\n\nnot {it")
        await connection.heard.until(lambda heard: heard.faults)
        await answered(played, connection)
        played.garbage(b"\x00\xff" * 50_000)
        with pytest.raises(OSError, match="headers"):
            await connection.done

    run(test)
