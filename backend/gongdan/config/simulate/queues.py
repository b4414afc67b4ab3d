"""Waiting in queues: joining, being dealt out to the phone that rested longest, giving up, overflowing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from gongdan.config.simulate.model import Channel, Phone, Queue
from gongdan.config.simulate.switchboard import NO_ANSWER, NORMAL, Switchboard

AGAIN_SECONDS = 3.0  # after a phone was not answered, before somebody else's rings


def join(board: Switchboard, channel: Channel, name: str) -> None:
    """The caller waits in the queue, behind the others."""
    queue = board.queue(name)
    channel.waits_in, channel.joined = name, board.timeline.now()
    channel.call.queues.append(name)
    queue.waiting.append(channel)
    board.tell("joined", channel, queue=name, position=len(queue.waiting), count=len(queue.waiting))
    board.timeline.after(queue.most_seconds, lambda: _overflow(board, channel, name))
    board.on_wait(channel)
    deal(board)


def deal(board: Switchboard) -> None:
    """Ring a free phone for everyone who waits and for whom none rings."""
    for queue in list(board.queues.values()):
        for channel in list(queue.waiting):
            if _rings_for(board, channel) is None:
                phone = _free_phone(board, channel.call.plan.ring)
                if phone is not None:
                    _ring(board, queue, channel, phone)


def leave(board: Switchboard, channel: Channel, how: str) -> None:
    """The caller waits no more: answered, abandoned, overflowed."""
    name = channel.waits_in
    if not name:
        return
    queue = board.queue(name)
    position = queue.waiting.index(channel) + 1
    queue.waiting.remove(channel)
    channel.waits_in = ""
    channel.call.stays.append((name, how))
    facts: dict[str, Any] = {
        "queue": name,
        "position": position,
        "count": len(queue.waiting),
        "waited": waited(board, channel),
    }
    if how == "abandoned":
        board.tell("abandoned", channel, **facts)
    board.tell("left_queue", channel, how=how, **facts)


def waited(board: Switchboard, channel: Channel) -> int:
    return int((board.timeline.now() - (channel.joined or channel.born)).total_seconds())


def unanswered(board: Switchboard, channel: Channel) -> None:
    """The phone rang long enough, or somebody there refused."""
    if channel.state != "ringing" or channel.caller is None:
        return
    caller = channel.caller
    channel.call.missed.append(channel.extension)
    board.stop_ringing(channel, "NOANSWER")
    board.tell("unanswered", channel, caller, rang=int((board.timeline.now() - channel.born).total_seconds()))
    board.close(channel, NO_ANSWER, "system")
    board.timeline.after(AGAIN_SECONDS, lambda: deal(board))


def _ring(board: Switchboard, queue: Queue, caller: Channel, phone: Phone) -> None:
    channel = board.dial(caller, caller.call, phone.extension, purpose="queue", queue=queue.name)
    channel.ring_over = board.timeline.after(queue.ring_seconds, lambda: unanswered(board, channel))


def _rings_for(board: Switchboard, caller: Channel) -> Channel | None:
    return next(
        (one for one in caller.call.channels if one.caller is caller and one.state == "ringing"), None
    )


def _free_phone(board: Switchboard, wanted: str) -> Phone | None:
    """The wanted phone or, if any will do, the one that rested longest, people's before robots'."""
    if wanted:
        phone = board.phones.get(wanted)
        return phone if phone is not None and not phone.lines else None
    now = board.timeline.now()
    free = [one for one in board.phones.values() if is_free(one, now)]
    return min(free, key=lambda one: one.last_end or datetime.min.replace(tzinfo=now.tzinfo), default=None)


def is_free(phone: Phone, now: datetime) -> bool:
    at_rest = phone.free_from is None or phone.free_from <= now
    return phone.member and not phone.paused and not phone.lines and at_rest


def _overflow(board: Switchboard, channel: Channel, name: str) -> None:
    """Nobody came in the longest time one may wait: an announcement, and the exchange hangs up."""
    if channel.waits_in != name or not channel.live:
        return
    rings = _rings_for(board, channel)
    leave(board, channel, "overflowed")
    if rings is not None:
        board.close(rings, NORMAL, "system")
    board.close(channel, NORMAL, "system")
