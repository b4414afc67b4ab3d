"""What people and commands do with calls: ring in, answer, hang up, dial, listen in."""

from __future__ import annotations

from gongdan.config.simulate import handing, queues, talks
from gongdan.config.simulate.model import By, Call, Channel, Plan
from gongdan.config.simulate.switchboard import CANCELLED, NORMAL, REJECTED, Switchboard
from gongdan.config.simulate.talks import CannotDo


def ring_in(board: Switchboard, plan: Plan) -> Call:
    """A call comes in from outside: menu if the plan has a choice, then its queue or the phone it wants."""
    call = board.new_call("inbound", plan.number, plan.line, plan)
    channel = board.open(call, plan.number, calling=True, dialled=plan.line)
    board.state(channel, "up")
    if plan.menu:
        board.timeline.after(plan.menu_seconds, lambda: _past_menu(board, channel))
    else:
        _past_menu(board, channel)
    return call


def _past_menu(board: Switchboard, channel: Channel) -> None:
    if not channel.live:
        return
    plan = channel.call.plan
    if plan.menu:
        for digit in plan.menu:
            board.tell("digit", channel, digit=digit)
        board.tell("menu", channel, digits=plan.menu, label=plan.label)
    if plan.queue:
        board.tell("executed", channel, app="queue", data=plan.queue)
        queues.join(board, channel, plan.queue)
    elif plan.ring:
        handing.put_through(board, channel, plan.ring)


def answer(board: Switchboard, channel: Channel) -> None:
    """The ringing phone is picked up. Raises CannotDo."""
    if channel.state != "ringing":
        raise CannotDo("Channel is not ringing")
    board.stop_ringing(channel, "ANSWER")
    board.state(channel, "up")
    if channel.extension:
        channel.call.talked.append(channel.extension)
        board.phones[channel.extension].calls_taken += 1
    match channel.purpose:
        case "queue":
            _answered_for_queue(board, channel)
        case "consult":
            assert channel.caller is not None
            board.bridge(channel.caller, channel)
        case "conference":
            _join_talk(board, channel)
        case "originate":
            handing.put_through(board, channel, channel.aim)
        case "spy":
            board.tell("spying", channel, channel.spies_on)
        case "direct":
            talks.talk(board, channel)


def _answered_for_queue(board: Switchboard, channel: Channel) -> None:
    caller = channel.caller
    assert caller is not None
    rang = int((board.timeline.now() - channel.born).total_seconds())
    queues.leave(board, caller, "answered")
    board.tell("connected", channel, caller, rang=rang, waited=queues.waited(board, caller))
    talks.talk(board, channel)


def _join_talk(board: Switchboard, channel: Channel) -> None:
    caller = channel.caller
    bridge = caller.bridge if caller is not None else None
    if bridge is None:
        board.close(channel, NORMAL, "system")
        return
    bridge.conference = True
    board.enter(bridge, channel)
    board.on_talk(channel)


def hang_up(board: Switchboard, channel: Channel, by: By, cause: int = NORMAL) -> None:
    """This party puts down; what that means for the others follows."""
    if not channel.live:
        return
    if channel.state == "ringing":
        _refuse(board, channel, by)
        return
    if channel.consult is not None and channel.consult.live and channel.left is not None:
        if channel.consult.state == "up":
            handing.complete(board, channel)
            return
        board.close(channel.consult, CANCELLED, "system")
    _abandon_waiting(board, channel)
    bridge = channel.bridge
    channel.call.ended_by = channel.call.ended_by or (by if _is_last_talk(channel) else None)
    talks.complete_queue(board, channel, by)
    board.close(channel, cause, by)
    talks.others(board, channel, bridge)
    queues.deal(board)


def _is_last_talk(channel: Channel) -> bool:
    """Whether the talk ends with this party (a third who leaves ends nothing)."""
    return channel.bridge is None or len(channel.bridge.members) <= 2


def _refuse(board: Switchboard, channel: Channel, by: By) -> None:
    if channel.purpose == "queue":
        channel.call.missed.append(channel.extension)
    caller = channel.caller
    board.close(channel, REJECTED, by)
    if channel.purpose == "queue":
        board.timeline.after(queues.AGAIN_SECONDS, lambda: queues.deal(board))
    elif caller is not None and caller.live:
        handing.not_reached(board, channel, caller)


def _abandon_waiting(board: Switchboard, channel: Channel) -> None:
    ringing = [one for one in channel.call.channels if one.caller is channel and one.state == "ringing"]
    for one in ringing:
        board.close(one, CANCELLED, "system")
    queues.leave(board, channel, "abandoned")


def originate(board: Switchboard, extension: str, to: str, plan: Plan, own_id: str = "") -> Channel:
    """Ring a phone of ours and put it through to `to` when it is picked up. Raises CannotDo."""
    if extension not in board.phones:
        raise CannotDo("Extension does not exist")
    kind = "internal" if to in board.phones else "outbound"
    call = board.new_call(kind, extension, "", plan)
    channel = board.dial(None, call, extension, own_id=own_id, purpose="originate", aim=to)
    handing.ring_out(board, channel)
    return channel


def spy(board: Switchboard, extension: str, on: Channel, own_id: str = "") -> Channel:
    """Ring a phone of ours and let it hear a channel. Raises CannotDo."""
    if extension not in board.phones:
        raise CannotDo("Extension does not exist")
    call = board.new_call("internal", extension, "", Plan())
    channel = board.dial(None, call, extension, own_id=own_id, purpose="spy", spies_on=on)
    handing.ring_out(board, channel)
    return channel
