"""A party's part in a call while it is being told. Pure; `ledger_close` makes a `Talk` of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from gongdan.core.interactions.call_state import Party, TalkOutcome


@dataclass(slots=True)
class Part:
    """`picked_up_at`: the party's own side is open; it talks once the other side is there too. `elsewhere_at`: another
    took the call while it rang here, and nothing more was heard of this ring yet."""

    party: str
    leg: str
    queue: str
    rang_at: datetime
    picked_up_at: datetime | None = None
    elsewhere_at: datetime | None = None
    ended_at: datetime | None = None
    outcome: TalkOutcome | None = None
    ended_by: Party = ""
    holds: list[tuple[datetime, datetime | None]] = field(default_factory=list)
    to: str = ""
    mode: str = ""

    @property
    def live(self) -> bool:
        return self.ended_at is None

    @property
    def up(self) -> bool:
        """Picked up, and not over."""
        return self.picked_up_at is not None and self.ended_at is None

    @property
    def rings(self) -> bool:
        return self.picked_up_at is None and self.ended_at is None

    def is_of(self, party: str, leg: str) -> bool:
        """Whether a signal of this party and leg speaks of this part; systems that name no legs match by party."""
        return self.party == party and (self.leg == leg or not leg or not self.leg)

    def pick_up(self, at: datetime) -> None:
        if self.picked_up_at is None:
            self.picked_up_at, self.elsewhere_at = at, None

    def hold(self, at: datetime) -> None:
        if not self.holds or self.holds[-1][1] is not None:
            self.holds.append((at, None))

    def resume(self, at: datetime) -> None:
        if self.holds and self.holds[-1][1] is None:
            self.holds[-1] = (self.holds[-1][0], at)

    def end(self, at: datetime, outcome: TalkOutcome, by: Party = "") -> None:
        self.resume(at)
        self.ended_at, self.outcome, self.ended_by = at, outcome, by


@dataclass(slots=True)
class Stay:
    """A stay in a queue while it is being told; `outcome` "" when nobody said what came of it."""

    queue: str
    entered_at: datetime
    left_at: datetime | None = None
    outcome: str = ""

    def leave(self, at: datetime, outcome: str) -> None:
        self.left_at, self.outcome = at, outcome
