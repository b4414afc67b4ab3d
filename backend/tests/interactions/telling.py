"""A telephone system that tells of calls: signals by offset in seconds, and batches of them as a dialect hands over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from gongdan.core.interactions.actions.take_in import take_in
from gongdan.core.interactions.contracts import RawSignal, Taken
from gongdan.core.interactions.models import Extension, Presence, TelephoneSystem
from gongdan.core.interactions.phone_signals import Kind, Signal
from gongdan.core.staff.models import Staff

NINE = datetime(2026, 1, 5, 9, tzinfo=UTC)
_numbers = count(1)


def at(second: float) -> datetime:
    return NINE + timedelta(seconds=second)


def told(kind: str, second: float = 0, *, call: str = "c1", **facts: Any) -> Signal:
    """One signal; its key says what it is, so that telling the same twice is a repeat."""
    key = facts.pop("key", "") or f"{call}:{kind}:{second}:{facts.get('party', '')}:{facts.get('leg', '')}"
    return Signal(kind=Kind(kind), call=call, key=key, at=at(second), **facts)


def raw(*signals: Signal) -> list[RawSignal]:
    """Each signal in a message of its own."""
    return [
        RawSignal(key=one.key, raw=f"{one.kind} {one.key}", received_at=one.at, call=one.call, signals=(one,))
        for one in signals
    ]


def inbound(call: str = "c1", caller: str = "13800138000", **facts: Any) -> Signal:
    return told(
        "began", 0, call=call, direction="inbound", caller=caller, dialled="95598", line="95598", **facts
    )


@dataclass
class Exchange:
    """A telephone system and its extensions."""

    system: TelephoneSystem

    def tell(self, *signals: Signal) -> Taken:
        return take_in(self.system.pk, raw(*signals))

    def tell_all(self, batch: Sequence[RawSignal]) -> Taken:
        return take_in(self.system.pk, batch)

    def sit(self, number: str, staff: Staff, state: str = "ready") -> Presence:
        """The person is signed in to the extension."""
        extension, _ = Extension.objects.get_or_create(system=self.system, number=number)
        presence, _ = Presence.objects.update_or_create(
            staff=staff, defaults={"state": state, "extension": extension, "since": NINE}
        )
        return presence


def exchange(code: str = "main") -> Exchange:
    return Exchange(TelephoneSystem.objects.create(code=code, name="Main", dialect="http"))


def answered_call(
    party: str = "801",
    *,
    call: str = "c1",
    begin: float = 0,
    caller: str = "13800138000",
    by: str = "customer",
) -> list[Signal]:
    """A call that waits five seconds, rings four, is talked for a minute."""
    facts: Iterable[tuple[str, float, dict[str, Any]]] = (
        ("began", 0, {"direction": "inbound", "caller": caller, "dialled": "95598", "line": "95598"}),
        ("menu", 3, {"digits": "2", "label": "repair"}),
        ("queued", 5, {"queue": "service"}),
        ("ringing", 10, {"party": party, "leg": f"{call}-{party}", "queue": "service"}),
        ("left_queue", 14, {"queue": "service", "cause": "answered"}),
        ("answered", 14, {"party": party, "leg": f"{call}-{party}", "queue": "service"}),
        ("party_left", 74, {"party": party, "leg": f"{call}-{party}", "by": by}),
        ("ended", 74, {"by": by, "order": 1}),
    )
    return [told(kind, begin + second, call=call, **more) for kind, second, more in facts]


def abandoned_call(
    *, call: str = "c1", begin: float = 0, caller: str = "13800138000", waits: float = 30
) -> list[Signal]:
    """A call that waits in the queue until the caller hangs up."""
    return [
        told("began", begin, call=call, direction="inbound", caller=caller, dialled="95598", line="95598"),
        told("queued", begin + 5, call=call, queue="service"),
        told("left_queue", begin + 5 + waits, call=call, queue="service", cause="abandoned"),
        told("ended", begin + 5 + waits, call=call, by="customer", order=1),
    ]
