"""A talk: two or more in a bridge, recorded, on hold, and what becomes of whoever is left alone in it."""

from __future__ import annotations

from gongdan.config.simulate.model import Bridge, By, Channel
from gongdan.config.simulate.switchboard import NORMAL, Switchboard


class CannotDo(Exception):
    """The exchange refuses; the words are what its dialect says."""


def talk(board: Switchboard, channel: Channel) -> None:
    caller = channel.caller
    assert caller is not None
    if caller.state != "up":
        board.state(caller, "up")
    board.bridge(caller, channel)
    record(board, caller)
    board.on_talk(channel)


def record(board: Switchboard, caller: Channel) -> None:
    """Recorded from the first talk on, if this call is, until the caller's channel closes."""
    call = caller.call
    if call.plan.recorded and call.kind != "internal" and not call.recording:
        call.recording = f"{call.began:%Y%m%d-%H%M%S}-{call.serial}.wav"
        call.recorded_from = board.timeline.now()
        board.tell("recording", caller, file=call.recording)


def complete_queue(board: Switchboard, channel: Channel, by: By) -> None:
    """The queue reports the end of the talk it made, once."""
    if channel.bridge is None or channel.bridge.conference:
        return
    agent = next((one for one in channel.bridge.members if one.queue and one.extension), None)
    if agent is not None and agent.caller is not None and agent.caller.bridge is agent.bridge:
        reason = {"agent": "agent", "customer": "caller"}.get(by, "transfer")
        talked = int((board.timeline.now() - (agent.answered or agent.born)).total_seconds())
        board.tell("completed", agent, agent.caller, reason=reason, talked=talked)
        agent.queue = ""


def hold(board: Switchboard, channel: Channel, *, held: bool) -> None:
    """Put the other side on hold, or take it back. Raises CannotDo."""
    if channel.state != "up":
        raise CannotDo("Channel is not up")
    if channel.held != held:
        channel.held = held
        board.tell("held" if held else "resumed", channel, board.partner(channel))


def others(board: Switchboard, gone: Channel, bridge: Bridge | None) -> None:
    """Without a customer nobody stays; who is left alone is hung up, or goes back to the talk they left to consult."""
    if bridge is None:
        return
    if _was_the_customer(gone):
        for one in list(bridge.members):
            board.close(one, NORMAL, "system")
    if len(bridge.members) != 1:
        return
    alone = bridge.members[0]
    if alone.left is not None and alone.consult is gone:
        back(board, alone)
    elif not _is_consulted_about(alone):
        board.close(alone, NORMAL, "system")


def _was_the_customer(gone: Channel) -> bool:
    outside = any(one.live and not one.extension for one in gone.call.channels)
    return not gone.extension and not outside


def _is_consulted_about(alone: Channel) -> bool:
    """Somebody left this party on hold to consult a third and will come back."""
    return any(one.left is not None and one.left is alone.bridge and one.live for one in alone.call.channels)


def back(board: Switchboard, channel: Channel) -> None:
    """From the consultation back to the customer."""
    bridge = channel.left
    channel.left = channel.consult = None
    board.leave(channel)
    if bridge is None or not bridge.members:
        board.close(channel, NORMAL, "system")
        return
    board.enter(bridge, channel)
