"""Asking a colleague before a caller is handed over: what one sees of it, and how it ends."""

from __future__ import annotations

from gongdan.core.interactions.models import PhoneCommand
from gongdan.core.interactions.phone_signals import Kind
from tests.desk_phone.conftest import Hotline
from tests.desk_phone.test_own_calls import calls_of, control


def consulting(hotline: Hotline) -> int:
    """The agent asks the second one about a call; it rings there."""
    o = hotline.w.o
    hotline.sign_in(o.agent)
    hotline.sign_in(o.agent_two)
    call_id = hotline.answer(hotline.ring(o.agent), o.agent)
    seat = hotline.seat(o.agent_two).number
    assert control(hotline, o.agent, call_id, "transfer", to=seat, mode="attended").status == 202
    hotline.tell(hotline.key(call_id), Kind.RINGING, party=seat, leg="SIP/asked")
    return call_id


def test_who_is_asked_before_a_transfer_is_in_no_conference(hotline: Hotline) -> None:
    o = hotline.w.o
    call_id = hotline.answer(consulting(hotline), o.agent_two)
    (asker,), (asked,) = calls_of(hotline, o.agent), calls_of(hotline, o.agent_two)
    assert asker["id"] == asked["id"] == call_id
    assert (asker["transferring"], asker["conference"]) == ({"to": hotline.seat(o.agent_two).number}, False)
    assert (asked["transferring"], asked["conference"]) == (None, False)


def test_a_transfer_is_over_when_who_was_asked_puts_down(hotline: Hotline) -> None:
    o = hotline.w.o
    call_id = consulting(hotline)
    seat = hotline.seat(o.agent_two).number
    hotline.tell(hotline.key(call_id), Kind.RING_ENDED, party=seat, leg="SIP/asked", cause="refused")
    assert calls_of(hotline, o.agent)[0]["transferring"] is None


def test_a_transfer_that_cannot_be_cancelled_is_not_under_way(hotline: Hotline) -> None:
    o = hotline.w.o
    call_id = consulting(hotline)
    PhoneCommand.objects.filter(pk=control(hotline, o.agent, call_id, "cancel_transfer")["command"]).update(
        state="failed"
    )
    assert calls_of(hotline, o.agent)[0]["transferring"] is None
