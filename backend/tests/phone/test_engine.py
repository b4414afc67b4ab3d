"""The phone process: one connection per system, signals to calls, commands to the system, whatever happens between."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gongdan.core.interactions.models import (
    CallPart,
    Extension,
    PhoneCommand,
    PhoneSignal,
    TelephoneSystem,
)
from gongdan.kernel import clock
from gongdan.kernel.sealing import seal
from tests.phone import transcripts
from tests.phone.asterisk_peer import SECRET, Peer, event
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
