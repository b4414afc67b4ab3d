"""What was told, made into the call's state: who talked when, how it ended, what became of it. Pure.

A call whose end was told, or must be concluded, leaves nothing open behind it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast

from gongdan.core.interactions.call_state import (
    CallState,
    Hold,
    Outcome,
    Party,
    Phase,
    QueueStay,
    Talk,
    TalkOutcome,
)
from gongdan.core.interactions.ledger_fold import Fold
from gongdan.core.interactions.ledger_parts import Part, Stay
from gongdan.core.interactions.ledger_words import party_word
from gongdan.core.interactions.phone_signals import Kind, Signal

BUSY = ("busy", "17", "no answer", "no_answer", "19")  # causes that say: it got through, and was not answered


@dataclass(frozen=True, slots=True)
class End:
    """How it ended. `lost`: the system forgot the call; `ours`: the end was concluded, not told."""

    at: datetime
    by: Party
    cause: str = ""
    lost: bool = False
    ours: bool = False


def closed(fold: Fold, signal: Signal | None) -> CallState:
    """The state; `signal` is what ended the call, if anything did."""
    end = _told_end(fold, signal) if signal else _concluded_end(fold)
    there_at = _there_at(fold, end)
    if end:
        _close_parts(fold, end)
    talks = tuple(_talk(fold, part, number, there_at) for number, part in enumerate(fold.parts, 1))
    answered_at = _answered_at(fold, talks, there_at)
    if end:
        _close_stays(fold, end)
    return CallState(
        call=fold.call,
        direction=cast(Literal["inbound", "outbound", "internal"], fold.direction),
        caller=fold.caller,
        dialled=fold.dialled,
        line=fold.line,
        began_at=fold.began_at,
        phase=_phase(fold, talks, end),
        outcome=_outcome(fold, talks, answered_at, end) if end else "",
        menu=tuple(fold.menu),
        stays=tuple(_stay(fold, place, end) for place in range(len(fold.stays))),
        talks=talks,
        conferenced_at=fold.conferenced_at,
        answered_at=answered_at,
        ended_at=end.at if end else None,
        ended_by=end.by if end else "",
        cause=end.cause if end else "",
        recordings=tuple(fold.recordings.values()),
        closed_by_us=bool(end and end.ours),
    )


def _told_end(fold: Fold, signal: Signal) -> End:
    vanished = signal.kind is Kind.VANISHED
    at = max(signal.at, fold.last_at)
    return End(at, party_word(signal.by) or _who_left(fold), signal.cause, vanished, vanished)


def _who_left(fold: Fold) -> Party:
    """Who hung up, when the end itself does not say: whoever left first."""
    left = [(part.ended_at, part.ended_by) for part in fold.parts if part.ended_at and part.picked_up_at]
    if fold.customer_left_at is not None:
        customer: Party = fold.customer_left_by or "customer"
        left.append((fold.customer_left_at, customer))
    if any(part.up for part in fold.parts):
        return left[-1][1] if fold.customer_left_at is not None else ""
    return min(left, key=lambda one: one[0])[1] if left else ""


def _concluded_end(fold: Fold) -> End | None:
    """Nobody told the end, but the one it was for has gone and nobody talks any more."""
    if any(part.up for part in fold.parts):
        return None
    ends = [part.ended_at for part in fold.parts if part.ended_at]
    if fold.customer_left_at is not None:
        at = max([fold.customer_left_at, *ends])
        return End(at, _who_left(fold), ours=True)
    gone = [part for part in fold.parts if not part.live]
    if fold.direction == "internal" and any(fold.originates(part) for part in gone):
        return End(max(ends), _who_left(fold), ours=True)
    return None


def _there_at(fold: Fold, end: End | None) -> datetime | None:
    """When the other side was there to talk to. Systems that never tell of the called side: when we picked up."""
    if fold.direction == "inbound":
        return fold.began_at
    if fold.there_at is None and end and not fold.customer_rang and fold.direction == "outbound":
        return min((part.picked_up_at for part in fold.parts if part.picked_up_at), default=None)
    return fold.there_at


def _close_parts(fold: Fold, end: End) -> None:
    for part in fold.parts:
        if part.up:
            part.end(end.at, "answered", end.by)
        elif part.live:
            outcome: TalkOutcome = "missed"
            if part.elsewhere_at is not None:
                outcome = "elsewhere"
            elif end.by == "customer" or end.ours or fold.originates(part):
                outcome = "cancelled"
            part.end(part.elsewhere_at or end.at, outcome, end.by)


def _talk(fold: Fold, part: Part, seq: int, there_at: datetime | None) -> Talk:
    answered_at = _talks_from(fold, part, there_at)
    ended_at = part.ended_at or part.elsewhere_at
    outcome = part.outcome or ("elsewhere" if part.elsewhere_at else "talking" if answered_at else "ringing")
    if outcome == "answered" and answered_at is None:
        outcome = "cancelled"
    holds = tuple(
        Hold(max(begin, answered_at), until)
        for begin, until in part.holds
        if answered_at and (until is None or until >= answered_at)
    )
    return Talk(
        seq, part.party, part.leg, part.queue, part.rang_at, answered_at, ended_at, outcome, holds,
        part.to, part.mode, part.ended_by,
    )  # fmt: skip


def _talks_from(fold: Fold, part: Part, there_at: datetime | None) -> datetime | None:
    """From when the party talked: once both sides were there."""
    if part.picked_up_at is None or there_at is None:
        return None
    both = max(part.picked_up_at, there_at) if fold.originates(part) else part.picked_up_at
    return None if part.ended_at is not None and both > part.ended_at else both


def _answered_at(fold: Fold, talks: tuple[Talk, ...], there_at: datetime | None) -> datetime | None:
    if fold.direction == "outbound" and there_at is not None:
        return there_at
    told = [talk.answered_at for talk in talks if talk.answered_at]
    return min(told, default=None) or fold.taken_at


def _close_stays(fold: Fold, end: End) -> None:
    for stay in fold.stays:
        if stay.left_at is None:
            stay.leave(end.at, "" if end.lost else "abandoned")


def _stay(fold: Fold, place: int, end: End | None) -> QueueStay:
    """What came of a stay that ended without a word: the next stay says overflowed, an answer answered; of a lost call
    nobody knows."""
    stay = fold.stays[place]
    outcome = stay.outcome
    if stay.left_at is not None and not outcome:
        outcome = _concluded_outcome(fold, stay, place, end)
    return QueueStay(stay.queue, stay.entered_at, stay.left_at, outcome)


def _concluded_outcome(fold: Fold, stay: Stay, place: int, end: End | None) -> str:
    if place + 1 < len(fold.stays):
        return "overflowed"
    if any(part.picked_up_at and part.picked_up_at >= stay.entered_at for part in fold.parts):
        return "answered"
    if end is None:
        return "overflowed"
    return "" if end.lost else "abandoned"


def _phase(fold: Fold, talks: tuple[Talk, ...], end: End | None) -> Phase:
    if end:
        return "ended"
    talking = [talk for talk in talks if talk.live and talk.answered_at]
    if talking:
        held = all(talk.holds and talk.holds[-1].ended_at is None for talk in talking)
        return "held" if held else "talking"
    if any(talk.live for talk in talks) or (fold.customer_rang and fold.there_at is None):
        return "ringing"
    return "waiting" if any(stay.left_at is None for stay in fold.stays) else "begun"


def _outcome(fold: Fold, talks: tuple[Talk, ...], answered_at: datetime | None, end: End) -> Outcome:
    """What became of an ended call; docs/calls.md defines each."""
    if answered_at is not None:
        return "answered"
    if end.lost:
        return "lost"
    if fold.direction == "outbound":
        return _unanswered(fold, end)
    rung = [talk for talk, part in zip(talks, fold.parts, strict=True) if not fold.originates(part)]
    if fold.direction == "internal" and not rung:
        return "failed" if end.by == "system" else "unanswered"
    if _waited_in_vain(fold, end, bool(rung)):
        return "abandoned"
    if not rung:
        return "failed" if end.by == "system" else "abandoned"
    return "refused" if all(talk.outcome == "refused" for talk in rung) else "missed"


def _waited_in_vain(fold: Fold, end: End, rung: bool) -> bool:
    """The caller hung up in a queue, or was sent away from one in which no phone ever rang."""
    return bool(fold.stays) and (end.by in ("", "customer") or not rung)


def _unanswered(fold: Fold, end: End) -> Outcome:
    busy = any(word in end.cause.lower() for word in BUSY)
    return "failed" if end.by == "system" and not fold.customer_rang and not busy else "unanswered"
