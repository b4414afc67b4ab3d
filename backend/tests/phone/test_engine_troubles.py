"""The phone process in trouble: lost connections, repeats, garbage, floods, silence, a database that is away."""

from __future__ import annotations

import pytest
from django.db import connection

from gongdan.channels.phone.providers import asterisk_session
from gongdan.core.interactions.models import (
    Call,
    PhoneSignal,
)
from tests.phone import transcripts
from tests.phone.asterisk_peer import Peer
from tests.phone.engine_stage import (
    ask,
    asterisk,
    call,
    eventually,
    health,
    is_connected,
    made_system,
    phase_is,
    quick,
    state_of,
)
from tests.phone.engine_thread import running

__all__ = ["asterisk", "quick"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("quick")]


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


def test_what_came_before_the_garbage_is_kept_and_so_is_some_of_it(asterisk: Peer) -> None:
    one = made_system(asterisk)
    with running():
        eventually(lambda: is_connected(one))
        asterisk.say(b"".join(transcripts.queued_call()) + b"nonsense\r\n\r\n" * 500)  # arrives in one piece
        eventually(lambda: asterisk.came > 1 and is_connected(one))
        eventually(lambda: phase_is("ended"))
    assert Call.objects.get().closed_by_us is False
    assert 0 < PhoneSignal.objects.exclude(fault="").count() <= 51


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
