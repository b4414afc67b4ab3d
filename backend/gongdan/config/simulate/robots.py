"""Those who use the exchange without being asked: customers, and agents whose phones nobody's page moves.

A phone that is no robot's rings until it is commanded to answer or the ring time is over. It answers by itself only
when its own page asked it to dial or to listen in, as phones do that are told to.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from gongdan.config.simulate import acts, handing, queues, talks
from gongdan.config.simulate.model import Channel, Phone, Plan
from gongdan.config.simulate.switchboard import Switchboard
from gongdan.config.simulate.talks import CannotDo

OUTSIDE_PICKS_UP = 3.0
BY_ITSELF = 0.5
REST_SECONDS = 25.0  # after-call work
CONSULTS_FOR = 15.0
LONGEST = 1800.0  # a customer stays on the line with somebody who does not hang up


class Robots:
    """Takes the switchboard's hooks."""

    def __init__(self, board: Switchboard) -> None:
        self.board = board
        board.on_ring, board.on_wait, board.on_talk, board.on_free = (
            self.ring,
            self.wait,
            self.talk,
            self.free,
        )

    def ring_in(self, plan: Plan) -> None:
        acts.ring_in(self.board, plan)

    def wait(self, channel: Channel) -> None:
        patience = channel.call.plan.patience
        if patience:
            self.board.timeline.after(patience, lambda: self._lose_patience(channel))

    def _lose_patience(self, channel: Channel) -> None:
        if channel.waits_in:
            acts.hang_up(self.board, channel, "customer")

    def ring(self, channel: Channel) -> None:
        plan, phone = channel.call.plan, self.board.phones.get(channel.extension)
        if phone is None:
            if not channel.number.endswith((handing.SILENT_ENDING, handing.BUSY_ENDING)):
                self._answer_in(OUTSIDE_PICKS_UP, channel)
        elif channel.purpose in ("originate", "spy"):
            self._answer_in(BY_ITSELF, channel)
        elif not phone.robot or (plan.miss and not channel.call.missed):
            return
        elif plan.refuse and not channel.call.missed:
            self.board.timeline.after(plan.pick_up, lambda: self._refuse(channel))
        else:
            self._answer_in(plan.pick_up, channel)

    def _answer_in(self, seconds: float, channel: Channel) -> None:
        self.board.timeline.after(seconds, lambda: self._answer(channel))

    def _answer(self, channel: Channel) -> None:
        if channel.state == "ringing":
            acts.answer(self.board, channel)

    def _refuse(self, channel: Channel) -> None:
        if channel.state == "ringing":
            acts.hang_up(self.board, channel, "agent")

    def talk(self, channel: Channel) -> None:
        """`channel` talks with its caller from now on."""
        plan, phone = channel.call.plan, self.board.phones.get(channel.extension)
        if not plan.talk:
            return
        if phone is None or not phone.robot:
            self._end_in(plan.talk + 120 if not plan.agent_ends else LONGEST, channel, agent=False)
            return
        if channel.purpose == "conference":
            self._later(CONSULTS_FOR, lambda: self._leave(channel))
            return
        handed_on = bool(channel.call.transfers)
        if plan.hold is not None and not handed_on:
            begin, length = plan.hold
            self._later(begin, lambda: self._hold(channel, held=True))
            self._later(begin + length, lambda: self._hold(channel, held=False))
        if plan.transfer and not handed_on:
            self._later(plan.talk * 0.7, lambda: self._hand_on(channel))
        self._end_in(plan.talk, channel, agent=plan.agent_ends)

    def _later(self, seconds: float, what: Callable[[], None]) -> None:
        self.board.timeline.after(seconds, what)

    def _end_in(self, seconds: float, channel: Channel, *, agent: bool) -> None:
        caller = channel.caller
        self._later(seconds, lambda: self._end(channel, caller, agent=agent))

    def _end(self, channel: Channel, caller: Channel | None, *, agent: bool) -> None:
        """Only if these two still talk with each other."""
        if caller is None or channel.bridge is None or caller.bridge is not channel.bridge:
            return
        ends = channel if agent else caller
        acts.hang_up(self.board, ends, "customer" if not ends.extension else "agent")

    def _leave(self, channel: Channel) -> None:
        if channel.live:
            acts.hang_up(self.board, channel, "agent" if channel.extension else "customer")

    def _hold(self, channel: Channel, *, held: bool) -> None:
        if channel.live and channel.bridge is not None and channel.held != held:
            talks.hold(self.board, channel, held=held)

    def _hand_on(self, channel: Channel) -> None:
        to = self._somebody_free(channel)
        if to is None or channel.bridge is None or channel.held:
            return
        match channel.call.plan.transfer:
            case "blind":
                handing.blind(self.board, channel, to)
            case "conference":
                handing.conference(self.board, channel, to)
            case "attended":
                handing.consult(self.board, channel, to)
                self._later(CONSULTS_FOR, lambda: self._complete(channel))

    def _complete(self, channel: Channel) -> None:
        """Hands over if the other one answered, else goes back."""
        if not channel.live or channel.consult is None:
            return
        try:
            handing.complete(self.board, channel)
        except CannotDo:
            handing.cancel_consult(self.board, channel)

    def _somebody_free(self, channel: Channel) -> str | None:
        now = self.board.timeline.now()
        free = (one for one in self.board.phones.values() if one.robot and queues.is_free(one, now))
        return next((one.extension for one in free), None)

    def free(self, phone: Phone) -> None:
        now = self.board.timeline.now()
        if phone.robot and phone.last_end == now:
            rest = REST_SECONDS * (0.6 + (phone.calls_taken * 37 % 80) / 100)
            phone.free_from = now + timedelta(seconds=rest)
            self._later(rest, lambda: queues.deal(self.board))
