"""Commands to a FreeSWITCH: which line each becomes, what is refused, and what cannot be slipped in."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from gongdan.channels.phone.contract import COMMANDS, CommandFailed
from gongdan.channels.phone.providers import freeswitch
from gongdan.channels.phone.providers.freeswitch_commands import MAKERS, Switch, line_of
from gongdan.channels.phone.providers.freeswitch_legs import Leg, State, sides_of
from tests.phone.freeswitch_listening import Listening, listening, system
from tests.phone.freeswitch_peer import B, Peer, a_call, as_json, peer

Test = Callable[[Peer, Listening], Awaitable[None]]
AGENTS = (
    "name|type|contact\n8001@pbx.example|callback|\n77f0-a1@pbx|callback|{a=b}user/8002@pbx.example\n+OK\n"
)


def run(test: Test, **settings: Any) -> None:
    async def inside() -> None:
        async with peer() as there:
            there.answers["callcenter_config agent list"] = AGENTS
            async with listening(system(there.port, **settings)) as connection:
                await test(there, connection)

    asyncio.run(inside())


LINES: list[tuple[str, dict[str, Any], str]] = [
    ("answer", {}, f"api uuid_phone_event {B} talk"),
    ("hold", {}, f"api uuid_hold {B}"),
    ("resume", {}, f"api uuid_hold off {B}"),
    ("hang_up", {}, f"api uuid_kill {B}"),
    ("transfer", {"to": "8002", "mode": "blind"}, f"api uuid_transfer {B} -bleg 8002 XML default"),
    ("transfer", {"to": "8002", "mode": "attended"}, f"api uuid_broadcast {B} att_xfer::user/8002 aleg"),
    ("transfer", {"to": "13900139000", "mode": "attended"},
     f"api uuid_broadcast {B} att_xfer::sofia/gateway/trunk/13900139000 aleg"),
    ("dtmf", {"digits": "12#"}, f"api uuid_recv_dtmf {B} 12#"),
    ("take_over", {"extension": "8003"}, f"api uuid_transfer {B} -bleg 8003 XML default"),
    ("pause", {"extension": "8001"}, "api callcenter_config agent set status 8001@pbx.example 'On Break'"),
    ("unpause", {"extension": "8002"}, "api callcenter_config agent set status 77f0-a1@pbx 'Available'"),
]  # fmt: skip


@pytest.mark.parametrize(("verb", "args", "line"), LINES)
def test_a_command_is_one_line(verb: str, args: dict[str, Any], line: str) -> None:
    async def test(there: Peer, connection: Listening) -> None:
        there.answers |= dict.fromkeys((line.split()[1], "uuid_transfer"), "+OK\n")
        there.say(a_call(as_json))
        await connection.heard.until(lambda heard: heard.phase("talking"))
        await connection.connection.command(verb, {"leg": B, **args})
        assert there.asked == [line]

    run(test, gateway="trunk")


@pytest.mark.parametrize(
    ("verb", "args", "words"),
    [
        ("dial", {"extension": "8001", "number": "13900139000", "caller_id": "4008001234"},
         ["origination_caller_id_number=13900139000", "effective_caller_id_number=4008001234",
          "}user/8001 13900139000 XML default"]),
        ("listen", {"leg": B, "extension": "8003"}, ["eavesdrop_enable_dtmf=false", f"user/8003 &eavesdrop({B})"]),
        ("whisper", {"leg": B, "extension": "8003"}, ["eavesdrop_whisper_aleg=true", f"&eavesdrop({B})"]),
        ("barge", {"leg": B, "extension": "8003"}, [f"user/8003 &three_way({B})"]),
        ("conference", {"leg": B, "to": "8002"}, [f"user/8002 &three_way({B})"]),
    ],
)  # fmt: skip
def test_who_is_called_is_called_in_the_background(verb: str, args: dict[str, Any], words: list[str]) -> None:
    async def test(there: Peer, connection: Listening) -> None:
        there.jobs["originate"] = "+OK aaaa\n"
        await connection.connection.command(verb, args)
        [line] = there.asked
        assert line.startswith("bgapi originate {origination_uuid=gongdan-")
        assert [one for one in words if one not in line] == []
        there.jobs["originate"] = "-ERR USER_NOT_REGISTERED\n"
        with pytest.raises(CommandFailed, match="USER_NOT_REGISTERED"):
            await connection.connection.command(verb, args)

    run(test)


def test_a_phone_that_rings_long_was_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freeswitch, "JOB", 0.05)

    async def test(there: Peer, connection: Listening) -> None:
        await connection.connection.command("dial", {"extension": "8001", "number": "13900139000"})
        assert connection.connection.jobs == {}

    run(test)


def test_refusals_lateness_and_loss_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freeswitch, "ANSWERING", 0.2)

    async def test(there: Peer, connection: Listening) -> None:
        command = connection.connection.command
        with pytest.raises(CommandFailed, match="no such command"):
            await command("hold", {"leg": B})
        there.mute = True
        with pytest.raises(CommandFailed):
            await command("hold", {"leg": B})
        there.writers[0].transport.abort()
        await asyncio.wait([connection.done])
        with pytest.raises(CommandFailed, match="connection was lost"):
            await command("hold", {"leg": B})

    run(test)


def test_without_the_queue_module_nobody_is_paused() -> None:
    async def inside() -> None:
        async with peer() as there, listening(system(there.port)) as connection:
            can = connection.connection.capabilities
            assert can == COMMANDS - {"pause", "unpause"}
            with pytest.raises(CommandFailed):
                await connection.connection.command("pause", {"extension": "8001"})

    asyncio.run(inside())


def test_every_command_there_is_can_be_asked() -> None:
    assert set(MAKERS) == COMMANDS


def switch() -> Switch:
    """One where `leg` consults somebody who answered."""
    state = State()
    state.add(Leg("leg", "call", "8001", up=True))
    state.add(Leg("asked", "call", "8002", up=True, originator="leg", called=True))
    return Switch(state, sides_of({}, {"8001": "PJSIP/8001"}), {"8001": "8001@pbx.example"})


USABLE: dict[str, Any] = {
    "leg": "leg", "to": "8002", "extension": "8001", "number": "10086", "digits": "1", "mode": "blind",
}  # fmt: skip


@pytest.mark.parametrize("verb", sorted(COMMANDS))
@given(name=some.sampled_from(["leg", "to", "extension", "number", "digits", "caller_id"]), text=some.text())
def test_nothing_is_slipped_into_a_line(verb: str, name: str, text: str) -> None:
    usual = line_of(verb, USABLE, switch()).text
    try:
        line = line_of(verb, {**USABLE, name: text}, switch()).text
    except CommandFailed:
        return
    assert line.isprintable()
    assert line.isascii()
    if name != "caller_id":  # the one that may be left out
        assert line.count(" ") == usual.count(" ")
        assert line.count(",") == usual.count(",")
    assert sum(line.count(char) for char in "{}&|;'`$\\") == sum(usual.count(char) for char in "{}&|;'`$\\")


@pytest.mark.parametrize(
    "text",
    [
        "a b",
        "8001\nauth x",
        "8001\r\n\r\nexit",
        "x,y=z",
        "a}b",
        "a{b",
        "a|b",
        "&park()",
        "'",
        "",
        "ä",
        "$(x)",
    ],
)
@pytest.mark.parametrize("name", ["leg", "to"])
def test_what_is_no_leg_or_number_is_refused(name: str, text: str) -> None:
    with pytest.raises(CommandFailed, match="unusable"):
        line_of("transfer", {**USABLE, name: text}, switch())


def test_unusable_settings_are_as_if_absent() -> None:
    async def test(there: Peer, connection: Listening) -> None:
        there.answers["uuid_transfer"] = "+OK"
        await connection.connection.command("transfer", {"leg": B, "to": "8002", "mode": "blind"})
        assert there.asked == [f"api uuid_transfer {B} -bleg 8002 XML default"]

    run(test, context="a b\nexit", gateway="{x}", extension_pattern="(", trunks="external")
