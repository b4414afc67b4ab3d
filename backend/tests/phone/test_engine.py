"""The phone process: one connection per system, signals to calls, commands to the system, whatever happens between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from gongdan.channels.phone import engine, engine_line
from gongdan.channels.phone.providers import asterisk_session
from gongdan.core.interactions import commands
from gongdan.core.interactions.models import (
    Call,
    CallPart,
    Extension,
    PhoneCommand,
    PhoneSignal,
    TelephoneSystem,
)
from gongdan.kernel import clock
from gongdan.kernel.actor import system as the_system
from gongdan.kernel.sealing import seal
from tests.phone import transcripts
from tests.phone.asterisk_peer import SECRET, USER, Peer, event, peer
from tests.phone.engine_thread import running
from tests.webhooks.receiver import eventually as at_last

PATIENCE = 12.0
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same conduct in a shorter time."""
    monkeypatch.setattr(engine, "POLL", 0.1)
    monkeypatch.setattr(engine_line, "SHORTEST", 0.05)
    monkeypatch.setattr(engine_line, "LONGEST", 0.2)
    monkeypatch.setattr(engine_line, "REFUSED", 0.2)
    monkeypatch.setattr(engine_line, "HEARD_EVERY", 0.1)


@pytest.fixture
def asterisk() -> Iterator[Peer]:
    with peer() as made:
        yield made


def eventually(found: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    return at_last(found, seconds)


def made_system(asterisk: Peer, **more: Any) -> TelephoneSystem:
    made = TelephoneSystem.objects.create(
        code="main", name="总机", dialect="asterisk", host="127.0.0.1", port=asterisk.port, username=USER,
        secret=seal(SECRET), settings={"trunks": ["PJSIP/trunk"]}, **more,
    )  # fmt: skip
    for number in ("801", "802"):
        Extension.objects.create(system=made, number=number)
    return made


def health(one: TelephoneSystem) -> str:
    one.refresh_from_db()
    return one.health


def is_connected(one: TelephoneSystem) -> bool:
    return health(one) == "connected"


def call(key: str = "1700000000.1") -> Call | None:
    return Call.objects.filter(key=key).first()


def phase_is(phase: str, key: str = "1700000000.1") -> bool:
    found = call(key)
    return found is not None and found.phase == phase


def test_a_call_is_signalled_and_becomes_a_call(asterisk: Peer) -> None:
    one = made_system(asterisk)
    with running():
        eventually(lambda: is_connected(one))
        asterisk.say(*transcripts.queued_call())
        eventually(lambda: phase_is("ended"))
        eventually(lambda: TelephoneSystem.objects.get().heard_at)
    found = call()
    assert found is not None
    assert (found.direction, found.caller_id, found.dialled, found.queue) == (
        "inbound", "13800138000", "4008123123", "hotline",
    )  # fmt: skip
    assert (found.outcome, found.ended_by, found.waiting_seconds, found.talk_seconds) == (
        "answered", "customer", 4, 60,
    )  # fmt: skip
    assert [(choice["digits"], choice["label"]) for choice in found.menu] == [("2", "Repair")]
    assert [(part.extension, part.outcome) for part in CallPart.objects.all()] == [("801", "answered")]
    assert asterisk.logins[0]["AuthType"] == "MD5"
    assert SECRET not in str(asterisk.logins)
    assert one.capabilities or TelephoneSystem.objects.get().capabilities


def test_without_a_challenge_it_signs_in_plainly(asterisk: Peer) -> None:
    asterisk.challenges = False
    one = made_system(asterisk)
    with running():
        eventually(lambda: is_connected(one))
    assert asterisk.logins[0]["Secret"] == SECRET


def test_a_wrong_password_is_told_and_tried_again_when_it_is_mended(asterisk: Peer) -> None:
    one = made_system(asterisk)
    TelephoneSystem.objects.update(secret=seal("wrong"))
    with running():
        eventually(lambda: health(one) == "refused")
        assert one.health_words == "Authentication failed"
        TelephoneSystem.objects.update(secret=seal(SECRET), version=2)
        eventually(lambda: is_connected(one))


def test_what_is_not_asterisk_is_refused(asterisk: Peer) -> None:
    asterisk.banner = b"220 mail.example.com ESMTP\r\n"
    one = made_system(asterisk)
    with running():
        eventually(lambda: health(one) == "refused")
    assert "not Asterisk" in one.health_words


def test_nobody_listens_there(asterisk: Peer) -> None:
    one = made_system(asterisk)
    asterisk.close()
    with running():
        eventually(lambda: health(one) == "connecting" and one.health_words)


def test_a_lost_connection_in_mid_call_is_caught_up_with(asterisk: Peer) -> None:
    """Meanwhile one call ended, one was answered, one began."""
    one = made_system(asterisk)
    with running():
        eventually(lambda: is_connected(one))
        asterisk.say(
            *transcripts.ringing("1700000000.1"), *transcripts.ringing("1700000001.1", extension="802")
        )
        eventually(lambda: phase_is("ringing") and phase_is("ringing", "1700000001.1"))
        asterisk.channels = [
            *transcripts.talking_rows("1700000001.1", "802"),
            *transcripts.trunk_rows("1700000009.1"),
        ]
        asterisk.waiting = [transcripts.waiting_row("1700000009.1")]
        asterisk.hang_up()
        eventually(lambda: phase_is("waiting", "1700000009.1"))
        eventually(lambda: phase_is("talking", "1700000001.1"))
        eventually(lambda: phase_is("ended"))
        eventually(lambda: is_connected(one))
    gone = call()
    assert gone is not None
    assert (gone.closed_by_us, gone.outcome) == (True, "lost")
    assert asterisk.came > 1


def test_what_was_told_twice_counts_once(asterisk: Peer) -> None:
    one = made_system(asterisk)
    with running():
        eventually(lambda: is_connected(one))
        asterisk.say(*transcripts.queued_call())
        eventually(lambda: phase_is("ended"))
        before = PhoneSignal.objects.count()
        asterisk.say(*transcripts.queued_call(), *transcripts.queued_call("1700000500.1"))
        eventually(lambda: phase_is("ended", "1700000500.1"))
    assert PhoneSignal.objects.count() == 2 * before
    assert Call.objects.count() == 2


def test_garbage_is_kept_as_a_fault_and_the_connection_lives(asterisk: Peer) -> None:
    one = made_system(asterisk)
    with running():
        eventually(lambda: is_connected(one))
        asterisk.say(
            b"\xff\xfe\0garbage\r\n\r\n",
            b"Event: Hangup\r\nno colon here\r\n\r\n",
            b"x" * 200_000,
            b"\r\n\r\n",
        )
        asterisk.say(*transcripts.queued_call())
        eventually(lambda: phase_is("ended"))
    assert asterisk.came == 1
    faults = PhoneSignal.objects.exclude(fault="")
    assert {fault.fault for fault in faults} == {"neither an event nor a response", "too long"}
    assert max(len(fault.raw) for fault in faults) <= 8000


def test_nothing_but_garbage_ends_the_connection_and_it_is_tried_again(asterisk: Peer) -> None:
    one = made_system(asterisk)
    with running():
        eventually(lambda: is_connected(one))
        asterisk.say(b"nonsense\r\n\r\n" * 500)
        eventually(lambda: asterisk.came > 1 and is_connected(one))
        asterisk.say(*transcripts.queued_call())
        eventually(lambda: phase_is("ended"))


def test_a_flood_loses_nothing(asterisk: Peer) -> None:
    one = made_system(asterisk)
    with running() as made:
        eventually(lambda: is_connected(one))
        asterisk.say(*(transcripts.begun(f"1700000000.{number}") for number in range(3000)))
        eventually(lambda: Call.objects.count() == 3000, 60)
        assert made.writer.waiting == 0


def test_a_silent_peer_is_given_up(asterisk: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asterisk_session, "PING", 0.1)
    monkeypatch.setattr(asterisk_session, "ANSWERING", 0.3)
    one = made_system(asterisk)
    with running():
        eventually(lambda: is_connected(one))
        asterisk.answers = False
        eventually(lambda: health(one) == "connecting")
        asterisk.answers = True
        eventually(lambda: is_connected(one))


def test_the_database_away_holds_messages_up_and_loses_none(
    asterisk: Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = made_system(asterisk)
    with running() as made:
        eventually(lambda: is_connected(one))
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE interactions_phonesignal RENAME TO away")
        asterisk.say(*transcripts.queued_call())
        eventually(lambda: made.writer.waiting > 0 and made.writer.pause > 0.1)
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE away RENAME TO interactions_phonesignal")
        eventually(lambda: phase_is("ended"))


def test_database_sessions_that_are_killed_are_replaced(asterisk: Peer) -> None:
    one = made_system(asterisk)
    with running():
        eventually(lambda: is_connected(one))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        asterisk.say(*transcripts.queued_call())
        eventually(lambda: phase_is("ended"))
        asked = ask(one, "pause", extension="801")
        eventually(lambda: state_of(asked) == ("done", ""))


def test_two_engines_share_one_system(asterisk: Peer) -> None:
    one = made_system(asterisk)
    with running() as first:
        eventually(lambda: is_connected(one))
        with running() as second:
            eventually(lambda: second.locks.connection is not None)
            asterisk.say(*transcripts.queued_call())
            eventually(lambda: phase_is("ended"))
            assert (asterisk.came, len(first.lines), len(second.lines)) == (1, 1, 0)
            asked = ask(one, "pause", extension="801")
            eventually(lambda: state_of(asked) == ("done", ""))
            assert len(asterisk.actions) == 1


def test_when_one_engine_ends_the_other_takes_over(asterisk: Peer) -> None:
    one = made_system(asterisk)
    first, second = running(), running()
    with second as made:
        eventually(lambda: is_connected(one))
        with first as other:
            eventually(lambda: other.locks.connection is not None)
            made.stop()
            eventually(lambda: len(asterisk.logins) == 2 and is_connected(one))
            asterisk.say(*transcripts.queued_call())
            eventually(lambda: phase_is("ended"))


def test_changed_settings_make_a_new_connection_and_switched_off_none(asterisk: Peer) -> None:
    one = made_system(asterisk)
    with running() as made:
        eventually(lambda: is_connected(one))
        TelephoneSystem.objects.update(settings={"trunks": ["PJSIP/other"]}, version=2)
        eventually(lambda: asterisk.came == 2 and is_connected(one))
        TelephoneSystem.objects.update(active=False, version=3)
        eventually(lambda: health(one) == "off" and not made.lines)


def ask(one: TelephoneSystem, verb: str, **args: str) -> int:
    return commands.ask(one.pk, verb, args, actor=the_system("test"))


def state_of(command_id: int) -> tuple[str, str]:
    return PhoneCommand.objects.values_list("state", "fault").get(pk=command_id)


def test_commands_are_carried_out_once_or_their_fault_is_told(asterisk: Peer) -> None:
    one = made_system(asterisk)
    asterisk.refusals["BlindTransfer"] = "No such channel"
    with running():
        eventually(lambda: is_connected(one))
        done = ask(one, "dial", extension="801", number="13800138000")
        refused = ask(one, "transfer", leg="PJSIP/801-1", to="802", mode="blind")
        unable = ask(one, "hold", leg="PJSIP/801-1")
        injected = ask(one, "transfer", leg="PJSIP/801-1", to="802\r\nAction: Command", mode="blind")
        eventually(lambda: PhoneCommand.objects.filter(state__in=["done", "failed"]).count() == 4)
    assert state_of(done) == ("done", "")
    assert state_of(refused) == ("failed", "No such channel")
    assert state_of(unable) == ("failed", "not_able")
    assert state_of(injected)[0] == "failed"
    assert [one["Action"] for one in asterisk.actions] == ["Originate", "BlindTransfer"]
    originate = asterisk.actions[0]
    assert (originate["Channel"], originate["Exten"], originate["Context"]) == (
        "PJSIP/801", "13800138000", "from-internal",
    )  # fmt: skip


def test_stale_commands_and_those_of_a_system_that_is_away_are_refused(asterisk: Peer) -> None:
    one = made_system(asterisk)
    stale = ask(one, "hang_up", leg="PJSIP/801-1")
    PhoneCommand.objects.update(asked_at=clock.now() - timedelta(seconds=11))
    with running():
        eventually(lambda: state_of(stale) == ("failed", "stale"))
        eventually(lambda: is_connected(one))
        asterisk.close()
        eventually(lambda: health(one) == "connecting")
        away = ask(one, "hang_up", leg="PJSIP/801-1")
        eventually(lambda: state_of(away) == ("failed", "not_connected"))
    assert asterisk.actions == []


def test_an_extension_set_up_later_is_known_without_a_new_connection(asterisk: Peer) -> None:
    one = made_system(asterisk)
    with running() as made:
        eventually(lambda: is_connected(one))
        Extension.objects.create(system=one, number="DESK-A")
        eventually(lambda: "DESK-A" in made.lines[one.pk].extensions)
        asterisk.say(*transcripts.ringing("1700000000.1", extension="desk-a"))
        eventually(lambda: CallPart.objects.filter(extension="DESK-A").exists())
    assert asterisk.came == 1


def test_an_unknown_event_says_nothing(asterisk: Peer) -> None:
    one = made_system(asterisk)
    with running():
        eventually(lambda: is_connected(one))
        asterisk.say(
            event("PeerStatus", 1700000000.0), event("RTCPSent", 1700000000.0), *transcripts.queued_call()
        )
        eventually(lambda: phase_is("ended"))
    assert not PhoneSignal.objects.filter(raw__contains="RTCPSent").exists()
