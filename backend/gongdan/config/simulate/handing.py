"""Handing calls on: to a queue, a phone or a number outside; blind, after consulting, or taking a third in."""

from __future__ import annotations

from gongdan.config.simulate import queues, talks
from gongdan.config.simulate.model import Channel
from gongdan.config.simulate.switchboard import BUSY, CANCELLED, NO_ANSWER, NORMAL, Switchboard
from gongdan.config.simulate.talks import CannotDo

RING_SECONDS = 25.0  # of a phone that no queue rings
BUSY_ENDING, SILENT_ENDING = "9998", "9999"  # outside numbers that are engaged, that nobody answers


def put_through(board: Switchboard, channel: Channel, to: str) -> None:
    """Connect a party with a queue, a phone of ours or a number outside."""
    if to in board.queues:
        board.tell("executed", channel, app="queue", data=to)
        queues.join(board, channel, to)
        return
    board.tell("executed", channel, app="dial", data=to)
    called = board.dial(channel, channel.call, to)
    ring_out(board, called)


def ring_out(board: Switchboard, called: Channel) -> None:
    called.ring_over = board.timeline.after(RING_SECONDS, lambda: _no_answer(board, called))
    if not called.extension and called.number.endswith(BUSY_ENDING):
        board.timeline.after(2.0, lambda: _engaged(board, called))


def _engaged(board: Switchboard, called: Channel) -> None:
    if called.state == "ringing" and called.caller is not None:
        caller = called.caller
        board.close(called, BUSY, "customer")
        not_reached(board, called, caller)


def _no_answer(board: Switchboard, called: Channel) -> None:
    if called.state != "ringing":
        return
    caller = called.caller
    board.stop_ringing(called, "NOANSWER")
    board.close(called, NO_ANSWER, "system")
    if caller is not None and caller.live:
        not_reached(board, called, caller)


def not_reached(board: Switchboard, called: Channel, caller: Channel) -> None:
    """Back to the customer if it was a question between, else the caller is hung up."""
    if called.purpose == "conference":
        return
    if called.purpose == "consult":
        talks.back(board, caller)
    else:
        board.close(caller, NORMAL, "system")


def blind(board: Switchboard, channel: Channel, to: str) -> None:
    """Give the other party on to `to` and be out of it. Raises CannotDo."""
    other = board.partner(channel)
    if other is None:
        raise CannotDo("Channel is not bridged")
    bridge = channel.bridge
    channel.call.transfers.append(("blind", to))
    board.tell("blind_transfer", channel, other, bridge=bridge, to=to)
    _part(board, channel, other)
    board.close(channel, NORMAL, "agent")
    put_through(board, other, to)


def redirect(board: Switchboard, channel: Channel, to: str) -> None:
    """Put a channel somewhere else; whoever it talked to is hung up. Nobody is told of a transfer."""
    if not channel.live:
        raise CannotDo("Channel does not exist")
    other = board.partner(channel)
    if channel.waits_in:
        queues.leave(board, channel, "overflowed")
    for one in channel.call.channels:
        if one.caller is channel and one.state == "ringing":
            board.close(one, CANCELLED, "system")
    if other is not None:
        _part(board, other, channel)
        board.close(other, NORMAL, "system")
    put_through(board, channel, to)


def _part(board: Switchboard, leaving: Channel, staying: Channel) -> None:
    talks.complete_queue(board, leaving, "system")
    board.leave(leaving)
    board.leave(staying)


def consult(board: Switchboard, channel: Channel, to: str) -> Channel:
    """Leave the customer on hold and call `to`. Raises CannotDo."""
    if board.partner(channel) is None:
        raise CannotDo("Channel is not bridged")
    if channel.left is not None:
        raise CannotDo("Already consulting")
    channel.left = board.leave(channel)
    called = board.dial(channel, channel.call, to, purpose="consult")
    channel.consult = called
    ring_out(board, called)
    return called


def complete(board: Switchboard, channel: Channel) -> None:
    """Who was consulted takes the customer over. Raises CannotDo."""
    bridge, target = channel.left, channel.consult
    if bridge is None or target is None or target.state != "up" or not bridge.members:
        raise CannotDo("No attended transfer under way")
    customer = bridge.members[0]
    channel.call.transfers.append(("attended", target.number))
    board.tell("attended_transfer", channel, customer, bridge=bridge, target=target, second=channel.bridge)
    if channel.queue:
        talked = int((board.timeline.now() - (channel.answered or channel.born)).total_seconds())
        board.tell("completed", channel, customer, reason="transfer", talked=talked)
        channel.queue = ""
    channel.left = channel.consult = None
    board.leave(target)
    board.enter(bridge, target)
    target.caller = customer
    board.close(channel, NORMAL, "agent")
    board.on_talk(target)
    queues.deal(board)


def cancel_consult(board: Switchboard, channel: Channel) -> None:
    """Back to the customer without whoever was consulted. Raises CannotDo."""
    target = channel.consult
    if channel.left is None or target is None:
        raise CannotDo("No attended transfer under way")
    board.leave(target)
    board.close(target, NORMAL if target.state == "up" else CANCELLED, "system")
    talks.back(board, channel)


def conference(board: Switchboard, channel: Channel, to: str) -> Channel:
    """Call `to` into the talk. Raises CannotDo."""
    if channel.bridge is None:
        raise CannotDo("Channel is not bridged")
    return invite(board, channel, to)


def invite(board: Switchboard, channel: Channel, to: str, own_id: str = "") -> Channel:
    """Ring `to`, who joins the channel's talk."""
    called = board.dial(channel, channel.call, to, own_id=own_id, purpose="conference")
    ring_out(board, called)
    return called
