"""The exchange's bare hands: channels are opened, rung, joined and closed, and each step is told to the listeners."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import count
from typing import Any

from gongdan.config.simulate.model import (
    Bridge,
    By,
    Call,
    Channel,
    Happening,
    Phone,
    Plan,
    Queue,
    State,
)
from gongdan.config.simulate.timeline import Timeline

NORMAL, BUSY, NO_ANSWER, REJECTED, CANCELLED = 16, 17, 19, 21, 26


class Switchboard:
    """`robots` is told when a phone rings, when a talk begins and when a phone is free, so that people can behave."""

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.calls: dict[int, Call] = {}
        self.ended: list[Call] = []
        self.phones: dict[str, Phone] = {}
        self.queues: dict[str, Queue] = {}
        self.listeners: list[Callable[[Happening], None]] = []
        self.on_ring: Callable[[Channel], None] = lambda channel: None
        self.on_wait: Callable[[Channel], None] = lambda channel: None
        self.on_talk: Callable[[Channel], None] = lambda channel: None
        self.on_end: Callable[[Call], None] = lambda call: None
        self.on_free: Callable[[Phone], None] = lambda phone: None
        self._call_serials, self._channel_serials, self._bridge_serials = count(1), count(1), count(1)

    def tell(
        self,
        kind: str,
        channel: Channel | None = None,
        other: Channel | None = None,
        bridge: Bridge | None = None,
        **facts: Any,
    ) -> None:
        happening = Happening(
            kind=kind, at=self.timeline.now(), channel=channel, other=other, bridge=bridge, facts=facts
        )
        for listener in self.listeners:
            listener(happening)

    def add_phones(self, extensions: Iterable[str], *, robot: bool) -> None:
        for extension in extensions:
            self.phones.setdefault(extension, Phone(extension)).robot = robot

    def queue(self, name: str) -> Queue:
        return self.queues.setdefault(name, Queue(name))

    def channels(self) -> list[Channel]:
        """All that are open, oldest first."""
        return [channel for call in self.calls.values() for channel in call.channels if channel.live]

    def new_call(self, kind: Any, caller: str, line: str, plan: Plan) -> Call:
        call = Call(next(self._call_serials), kind, caller, line, self.timeline.now(), plan)
        self.calls[call.serial] = call
        return call

    def open(
        self, call: Call, number: str, *, calling: bool = False, dialled: str = "", **more: Any
    ) -> Channel:
        """A channel of `number`: of a phone of ours, or outside. Its caller's channel rings already. `more`: fields."""
        extension = number if number in self.phones else ""
        serial = next(self._channel_serials)
        state: State = "ring" if calling else "down"
        now = self.timeline.now()
        channel = Channel(serial, call, number, extension, calling, dialled, now, state=state, **more)
        call.channels.append(channel)
        if extension:
            self.phones[extension].lines.append(channel)
        self.tell("channel", channel)
        return channel

    def dial(self, caller: Channel | None, call: Call, number: str, **more: Any) -> Channel:
        """`number` begins to ring, for `caller` if there is one. `more`: fields of the channel."""
        channel = self.open(call, number, dialled=number, caller=caller, **more)
        if channel.purpose == "queue":
            self.tell("offered", channel, caller)
        if caller is not None:
            self.tell("dial", channel, caller)
        self.state(channel, "ringing")
        if channel.extension:
            self.phones[channel.extension].ringing = channel
        self.on_ring(channel)
        return channel

    def state(self, channel: Channel, state: State) -> None:
        channel.state = state
        if state == "up":
            channel.answered = self.timeline.now()
        self.tell("state", channel)

    def stop_ringing(self, channel: Channel, status: str) -> None:
        """The phone rings no more; `status`: ANSWER, NOANSWER, BUSY, CANCEL."""
        if channel.ring_over is not None:
            channel.ring_over.cancel()
        phone = self.phones.get(channel.extension)
        if phone is not None and phone.ringing is channel:
            phone.ringing = None
        if channel.caller is not None:
            self.tell("dialled", channel, channel.caller, status=status)

    def bridge(self, *channels: Channel) -> Bridge:
        bridge = Bridge(next(self._bridge_serials))
        self.tell("bridge", bridge=bridge)
        for channel in channels:
            self.enter(bridge, channel)
        return bridge

    def enter(self, bridge: Bridge, channel: Channel) -> None:
        bridge.members.append(channel)
        channel.bridge = bridge
        self.tell("enter", channel, self.partner(channel), bridge=bridge)

    def leave(self, channel: Channel) -> Bridge | None:
        """Out of its bridge; an empty bridge is gone."""
        bridge = channel.bridge
        if bridge is None:
            return None
        partner = self.partner(channel)
        bridge.members.remove(channel)
        channel.bridge = None
        self.tell("leave", channel, partner, bridge=bridge)
        if not bridge.members:
            self.tell("bridge_gone", bridge=bridge)
        return bridge

    def partner(self, channel: Channel) -> Channel | None:
        """Who else is in the bridge, the longest first."""
        if channel.bridge is None:
            return None
        return next((one for one in channel.bridge.members if one is not channel), None)

    def close(self, channel: Channel, cause: int, by: By) -> None:
        """The channel is gone; `by` who wanted it. The call is over with its last channel."""
        if not channel.live:
            return
        if channel.state == "ringing":
            self.stop_ringing(channel, {BUSY: "BUSY", REJECTED: "BUSY"}.get(cause, "CANCEL"))
        self.leave(channel)
        self._stop_recording(channel)
        channel.hung_up_by = by
        channel.state = "gone"
        self.tell("hangup", channel, cause=cause, by=by)
        self._free(channel)
        if not any(one.live for one in channel.call.channels):
            self._end(channel.call, by)

    def _stop_recording(self, channel: Channel) -> None:
        call = channel.call
        if call.recorded_from is not None and channel is call.first:
            seconds = (self.timeline.now() - call.recorded_from).total_seconds()
            call.recorded_from = None
            comes = call.plan.recording_comes
            self.tell("recorded", channel, file=call.recording, seconds=seconds, comes=comes)

    def _free(self, channel: Channel) -> None:
        phone = self.phones.get(channel.extension)
        if phone is not None:
            phone.lines.remove(channel)
            if channel.answered is not None:
                phone.last_end = self.timeline.now()
            self.on_free(phone)

    def _end(self, call: Call, by: By) -> None:
        call.ended = self.timeline.now()
        call.ended_by = call.ended_by or by
        if self.calls.pop(call.serial, None) is not None:
            self.ended.append(call)
            self.on_end(call)

    def forget(self, call: Call) -> None:
        """The call is gone without a word, as when the exchange was restarted."""
        self.calls.pop(call.serial, None)
        self.ended.append(call)
        for channel in call.channels:
            channel.state, channel.bridge = "gone", None
            for queue in self.queues.values():
                queue.waiting = [one for one in queue.waiting if one is not channel]
            phone = self.phones.get(channel.extension)
            if phone is not None and channel in phone.lines:
                phone.lines.remove(channel)
                phone.ringing = None if phone.ringing is channel else phone.ringing
