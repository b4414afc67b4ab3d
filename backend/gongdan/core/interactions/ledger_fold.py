"""One signal after the other, in their order, into parts, stays and the rest. Pure; only the ledger uses it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from gongdan.core.interactions.call_state import MenuChoice, Party, RecordingRef, TalkOutcome
from gongdan.core.interactions.ledger_parts import Part, Stay
from gongdan.core.interactions.ledger_words import direction_of, first_word, party_word
from gongdan.core.interactions.phone_signals import Kind, Signal

_RING_ENDINGS = frozenset({"missed", "refused", "elsewhere", "cancelled"})
_STAY_ENDINGS = frozenset({"answered", "abandoned", "overflowed"})


class Fold:
    """What has been told so far. `end_at`: the moment of the call's end, if it is known; nothing happens later."""

    def __init__(self, told: Sequence[Signal], end_at: datetime | None) -> None:
        self.call, self.end_at = told[0].call, end_at
        self.direction = direction_of(told)
        self.caller, self.dialled, self.line = (
            first_word(told, name) for name in ("caller", "dialled", "line")
        )
        self.began_at = min(told[0].at, end_at) if end_at else told[0].at
        self.last_at = self.began_at
        self.menu: list[MenuChoice] = []
        self.stays: list[Stay] = []
        self.parts: list[Part] = []
        self.recordings: dict[str, RecordingRef] = {}
        self.conferenced_at: datetime | None = None
        self.customer_rang = False
        self.there_at: datetime | None = None  # the called side answered (outbound, internal)
        self.taken_at: datetime | None = None  # a queue said it was answered, and nobody else did
        self.customer_left_at: datetime | None = None
        self.customer_left_by: Party = ""

    def take(self, signal: Signal) -> None:
        at = min(signal.at, self.end_at) if self.end_at else signal.at
        self.last_at = max(self.last_at, at)
        handler = _HANDLERS.get(signal.kind)
        if handler is not None:
            handler(self, signal, at)

    # The parties.

    def originates(self, part: Part) -> bool:
        """Whether this party made the call rather than being rung by it."""
        if self.direction == "outbound":
            return part is self.parts[0]
        return self.direction == "internal" and bool(self.caller) and part.party == self.caller.upper()

    def _live(self, signal: Signal) -> Part | None:
        """The live part a signal speaks of; among several of one party the one with the leg, else the last."""
        found = [part for part in self.parts if part.live and part.is_of(signal.party, signal.leg)]
        exact = [part for part in found if part.leg == signal.leg]
        return (exact or found)[-1] if found else None

    def _knows(self, signal: Signal) -> bool:
        return any(part.is_of(signal.party, signal.leg) for part in self.parts)

    def _add(self, signal: Signal, at: datetime) -> Part:
        part = Part(signal.party, signal.leg, signal.queue, at)
        self.parts.append(part)
        return part

    def began(self, signal: Signal, at: datetime) -> None:
        """Who begins a call of ours is in it from the beginning."""
        if signal.party and self.direction != "inbound" and not self._knows(signal):
            self._add(signal, at)

    def ringing(self, signal: Signal, at: datetime) -> None:
        if not signal.party:
            self.customer_rang = self.customer_rang or self.direction == "outbound"
            return
        if signal.queue and not any(stay.queue == signal.queue for stay in self.stays):
            self.stays.append(Stay(signal.queue, at))
        part = self._live(signal)
        if part is not None:
            part.leg, part.queue = part.leg or signal.leg, part.queue or signal.queue
        elif not (self._after_end(signal) and self._knows(signal)):
            self._add(signal, at)

    def _after_end(self, signal: Signal) -> bool:
        return self.end_at is not None and signal.at > self.end_at

    def ring_ended(self, signal: Signal, at: datetime) -> None:
        part = self._live(signal)
        if part is None and signal.party and not self._knows(signal):
            part = self._add(signal, at)
        if part is None or not part.rings:
            return
        cause = signal.cause if signal.cause in _RING_ENDINGS else "missed"
        if part.elsewhere_at is not None and cause != "refused":
            cause = "elsewhere"
        part.end(at, cast(TalkOutcome, cause), party_word(signal.by))

    def answered(self, signal: Signal, at: datetime) -> None:
        if not signal.party:
            self._customer_answered(at)
            return
        part = self._live(signal)
        if part is None:
            if self._after_end(signal) and self._knows(signal):
                self._answered_after_all(signal)
                return
            part = self._add(signal, at)
        part.leg, part.queue = part.leg or signal.leg, part.queue or signal.queue
        self._pick_up(part, at)

    def _answered_after_all(self, signal: Signal) -> None:
        """The answer was told when all was over: they talked, nobody knows how long."""
        part = next(one for one in reversed(self.parts) if one.is_of(signal.party, signal.leg))
        if part.picked_up_at is None and part.outcome in ("missed", "cancelled"):
            part.picked_up_at, part.outcome = part.ended_at, "answered"

    def _customer_answered(self, at: datetime) -> None:
        """The called customer is there: then the one who called has picked up too."""
        if self.direction != "outbound" or self.there_at is not None:
            return
        self.there_at = at
        ringing = [part for part in self.parts if part.rings]
        if len(ringing) == 1 and not any(part.up for part in self.parts):
            ringing[0].pick_up(at)

    def _pick_up(self, part: Part, at: datetime) -> None:
        if part.picked_up_at is not None:
            return
        alone = not any(other.up for other in self.parts)
        part.pick_up(at)
        if self.originates(part):
            return
        if self.direction == "internal" and self.there_at is None:
            self._other_side_answered(part, at)
        elif alone:
            self._rings_elsewhere(part, at)
        self._leave_queue("", at, "answered")

    def _other_side_answered(self, part: Part, at: datetime) -> None:
        self.there_at = at
        for other in self.parts:
            if other.rings and self.originates(other):
                other.pick_up(at)
        self._rings_elsewhere(part, at)

    def _rings_elsewhere(self, taken: Part, at: datetime) -> None:
        for part in self.parts:
            if part is not taken and part.rings and not self.originates(part):
                part.elsewhere_at = part.elsewhere_at or at

    def _talking(self, signal: Signal, at: datetime) -> Part | None:
        """The part of a party that does what only one who talks can do; so it talks, whatever was not told."""
        part = self._live(signal)
        if part is None:
            if not signal.party or self._knows(signal):
                return None
            part = self._add(signal, at)
        self._pick_up(part, at)
        if self.direction == "outbound" and self.there_at is None:
            self.there_at = at
        return part

    def held(self, signal: Signal, at: datetime) -> None:
        part = self._talking(signal, at)
        if part is not None:
            part.hold(at)

    def resumed(self, signal: Signal, at: datetime) -> None:
        part = self._talking(signal, at)
        if part is not None:
            part.resume(at)

    def transferred(self, signal: Signal, at: datetime) -> None:
        """The one who gives a call on is out of it. In an attended transfer the other one talks already."""
        part = self._talking(signal, at)
        if part is None:
            part = next((one for one in reversed(self.parts) if one.is_of(signal.party, signal.leg)), None)
        if part is None:
            return
        part.to, part.mode = part.to or signal.to, part.mode or signal.mode
        if part.live:
            part.end(at, "answered", "agent")
        if signal.mode == "attended":
            self._taken_over(signal.to, at)

    def conferenced(self, signal: Signal, at: datetime) -> None:
        self.conferenced_at = self.conferenced_at or at
        part = self._talking(signal, at)
        if part is not None:
            part.resume(at)
        self._taken_over(signal.to, at)

    def _taken_over(self, party: str, at: datetime) -> None:
        """Who was asked along talks now, if they still seemed to ring."""
        for part in self.parts:
            if part.rings and part.party == party.upper():
                self._pick_up(part, at)

    def party_left(self, signal: Signal, at: datetime) -> None:
        if not signal.party:
            self.customer_left_at = at
            self.customer_left_by = party_word(signal.by)
            return
        part = self._live(signal)
        if part is None:
            return
        by = party_word(signal.by)
        if part.picked_up_at is not None:
            part.end(at, "answered", by)
        elif part.elsewhere_at is not None:
            part.end(at, "elsewhere", by)
        elif self.originates(part) or by == "customer":
            part.end(at, "cancelled", by)
        else:
            part.end(at, "refused" if by == "agent" else "missed", by)

    # The queues and the rest.

    def menu_chosen(self, signal: Signal, at: datetime) -> None:
        self.menu.append(MenuChoice(signal.digits, signal.label, at))

    def queued(self, signal: Signal, at: datetime) -> None:
        for stay in self.stays:
            if stay.left_at is None:
                if stay.queue == signal.queue:
                    return
                stay.leave(at, "overflowed")
        self.stays.append(Stay(signal.queue, at))

    def left_queue(self, signal: Signal, at: datetime) -> None:
        cause = signal.cause if signal.cause in _STAY_ENDINGS else ""
        if not self._leave_queue(signal.queue, at, cause):
            self._correct_or_add(signal, at, cause)
        if cause == "answered":
            self._somebody_answered(signal.queue, at)

    def _leave_queue(self, queue: str, at: datetime, outcome: str) -> bool:
        """Close the open stay, if there is one and it is in this queue ("": in any)."""
        for stay in self.stays:
            if stay.left_at is None and queue in ("", stay.queue):
                stay.leave(at, outcome)
                return True
        return False

    def _correct_or_add(self, signal: Signal, at: datetime, cause: str) -> None:
        if signal.queue and not any(stay.queue == signal.queue for stay in self.stays):
            self.stays.append(Stay(signal.queue, at, at, cause))

    def _somebody_answered(self, queue: str, at: datetime) -> None:
        """A queue says it was answered: by the one that rang for it, if only one did."""
        ringing = [part for part in self.parts if part.rings and part.queue in ("", queue)]
        if any(part.up for part in self.parts):
            return
        if len(ringing) == 1:
            self._pick_up(ringing[0], at)
        self.taken_at = self.taken_at or at

    def recorded(self, signal: Signal, at: datetime) -> None:
        name = signal.ref or signal.url
        known = self.recordings.get(name)
        if known is None:
            known = RecordingRef(name, signal.url, max(0, signal.seconds), at)
        self.recordings[name] = RecordingRef(
            name, known.url or signal.url, max(known.seconds, signal.seconds), known.at
        )


_HANDLERS = {
    Kind.BEGAN: Fold.began,
    Kind.MENU: Fold.menu_chosen,
    Kind.QUEUED: Fold.queued,
    Kind.LEFT_QUEUE: Fold.left_queue,
    Kind.RINGING: Fold.ringing,
    Kind.RING_ENDED: Fold.ring_ended,
    Kind.ANSWERED: Fold.answered,
    Kind.HELD: Fold.held,
    Kind.RESUMED: Fold.resumed,
    Kind.TRANSFERRED: Fold.transferred,
    Kind.CONFERENCED: Fold.conferenced,
    Kind.PARTY_LEFT: Fold.party_left,
    Kind.RECORDED: Fold.recorded,
}
