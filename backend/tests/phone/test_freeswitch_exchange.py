"""A whole exchange that speaks the event socket: what the reader and the ledger make of calls, and what commands do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from gongdan.channels.phone.contract import CommandFailed, KnownCall
from gongdan.config.simulate.exchange import SECRET, Exchange, exchange
from tests.phone.freeswitch_listening import Heard, Listening, listening, system

Test = Callable[[Exchange, Listening], Awaitable[None]]
CALLER = "13800138000"


@asynccontextmanager
async def both(**settings: Any) -> AsyncIterator[tuple[Exchange, Listening]]:
    async with (
        exchange(dialect="freeswitch", speed=20.0) as played,
        listening(system(played.port, SECRET, **settings)) as heard,
    ):
        yield played, heard


def run(test: Test, **settings: Any) -> None:
    async def inside() -> None:
        async with both(**settings) as (played, connection):
            await test(played, connection)

    asyncio.run(inside())


def rings_at(extension: str) -> Callable[[Heard], bool]:
    return lambda heard: any(
        talk.party == extension and talk.live and talk.answered_at is None
        for call in heard.calls.values()
        for talk in call.talks
    )


def talks_at(extension: str) -> Callable[[Heard], bool]:
    return lambda heard: any(
        talk.party == extension and talk.live and talk.answered_at is not None
        for call in heard.calls.values()
        for talk in call.talks
    )


def phase(phase: str) -> Callable[[Heard], bool]:
    return lambda heard: heard.phase(phase)


def leg(connection: Listening, extension: str) -> str:
    [found] = [
        talk.leg
        for call in connection.heard.calls.values()
        for talk in call.talks
        if talk.party == extension and talk.live
    ]
    return found


async def answered(played: Exchange, connection: Listening, **more: Any) -> None:
    """A call that 8001 talks in."""
    played.ring_in(CALLER, ring="8001", **more)
    await connection.heard.until(rings_at("8001"))
    played.answer("8001")
    await connection.heard.until(talks_at("8001"))


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


def test_blind_by_the_phone_and_by_command() -> None:
    async def by_phone(played: Exchange, connection: Listening) -> None:
        played.transfer("8001", "8002")

    async def by_command(played: Exchange, connection: Listening) -> None:
        args = {"leg": leg(connection, "8001"), "to": "8002", "mode": "blind"}
        await connection.connection.command("transfer", args)

    for way in (by_phone, by_command):

        async def test(played: Exchange, connection: Listening, way: Test = way) -> None:
            await answered(played, connection)
            await way(played, connection)
            await connection.heard.until(rings_at("8002"))
            played.answer("8002")
            await connection.heard.until(talks_at("8002"))
            first, second = connection.heard.one.talks
            assert (first.party, first.outcome, first.live) == ("8001", "answered", False)
            assert (first.transferred_to, first.transfer_mode) == ("8002", "blind")
            assert (second.party, second.outcome, second.transferred_to) == ("8002", "talking", "")
            played.hang_up("8002")
            await connection.heard.until(phase("ended"))
            assert connection.heard.one.ended_by == "agent"

        run(test)


def test_attended_asked_completed_and_taken_back() -> None:
    async def asked(played: Exchange, connection: Listening) -> None:
        await answered(played, connection)
        own = leg(connection, "8001")
        with pytest.raises(CommandFailed, match="no transfer"):
            await connection.connection.command("complete_transfer", {"leg": own})
        await connection.connection.command("transfer", {"leg": own, "to": "8002", "mode": "attended"})
        await connection.heard.until(rings_at("8002"))
        with pytest.raises(CommandFailed, match="answered"):
            await connection.connection.command("complete_transfer", {"leg": own})
        played.answer("8002")
        await connection.heard.until(talks_at("8002"))

    async def completed(played: Exchange, connection: Listening) -> None:
        await asked(played, connection)
        await connection.connection.command("complete_transfer", {"leg": leg(connection, "8001")})
        await connection.heard.until(lambda heard: not heard.one.talks[0].live)
        await connection.heard.until(lambda heard: heard.one.talks[0].transferred_to)
        first, second = connection.heard.one.talks
        assert (first.transferred_to, first.transfer_mode) == ("8002", "attended")
        assert (second.party, second.live) == ("8002", True)
        assert connection.heard.one.phase == "talking"

    async def taken_back(played: Exchange, connection: Listening) -> None:
        await asked(played, connection)
        await connection.connection.command("cancel_transfer", {"leg": leg(connection, "8001")})
        await connection.heard.until(lambda heard: not heard.one.talks[1].live)
        first, second = connection.heard.one.talks
        assert (first.live, first.transferred_to) == (True, "")
        assert second.outcome == "answered"
        played.hang_up("8001")
        await connection.heard.until(phase("ended"))

    run(completed)
    run(taken_back)


def test_a_third_is_taken_in() -> None:
    async def test(played: Exchange, connection: Listening) -> None:
        await answered(played, connection)
        await connection.connection.command("conference", {"leg": leg(connection, "8001"), "to": "8003"})
        await connection.heard.until(rings_at("8003"))
        played.answer("8003")
        await connection.heard.until(lambda heard: heard.one.conferenced_at)
        assert [talk.live for talk in connection.heard.one.talks] == [True, True]
        assert [talk.transferred_to for talk in connection.heard.one.talks] == ["", ""]

    run(test)


def test_an_agent_dials() -> None:
    async def test(played: Exchange, connection: Listening) -> None:
        await connection.connection.command("dial", {"extension": "8001", "number": CALLER})
        await connection.heard.until(rings_at("8001"))
        played.answer("8001")
        await connection.heard.until(lambda heard: played.board.channels()[-1].number == CALLER)
        customer = played.board.channels()[-1]
        from gongdan.config.simulate import acts

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
