"""Calls given on and shared, by the phone and by command, as a played exchange tells them."""

from __future__ import annotations

import pytest

from gongdan.channels.phone.contract import CommandFailed
from gongdan.config.simulate.exchange import Exchange
from tests.phone.freeswitch_listening import Listening
from tests.phone.freeswitch_played import Test, answered, leg, phase, rings_at, run, talks_at


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
