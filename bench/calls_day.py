"""The signals of a busy hotline, as a dialect hands them over: batches of what came in each tenth of a second. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gongdan.core.interactions.contracts import RawSignal

CALLS_PER_SECOND = 50
AGENTS = 1000
PER_SECOND = 10  # batches
SLICE = timedelta(seconds=1) / PER_SECOND
LONGEST = 17  # seconds of a call; after so many the hotline is as busy as it gets
RAW = (
    "Event: Newstate\r\nChannel: PJSIP/{party}-{number:08x}\r\nChannelStateDesc: Up\r\nCallerIDNum: {caller}\r\n"
    * 4
)
ANSWERED = (
    (0.0, "began"), (1.5, "menu"), (2.5, "queued"), (3.0, "ringing"), (6.0, "left_queue"), (6.0, "answered"),
    (16.0, "party_left"), (16.0, "ended"), (16.5, "recorded"),
)  # fmt: skip
HELD = ((9.0, "held"), (11.0, "resumed"))
ABANDONED = ((0.0, "began"), (1.5, "menu"), (2.5, "queued"), (10.0, "left_queue"), (10.0, "ended"))


def batches(seconds: int, begin: datetime, run: str) -> list[list[RawSignal]]:
    """Calls begin for so many seconds; every batch is what came in one slice. `run` makes the keys unlike another run's."""
    found: dict[int, list[RawSignal]] = {}
    for number in range(seconds * CALLS_PER_SECOND):
        for signal in _call(number, begin, run):
            found.setdefault(int((signal.received_at - begin) / SLICE), []).append(signal)
    return [sorted(found[place], key=lambda one: one.received_at) for place in sorted(found)]


def _call(number: int, begin: datetime, run: str) -> Iterator[RawSignal]:
    from gongdan.core.interactions.contracts import RawSignal
    from gongdan.core.interactions.phone_signals import Kind, Signal

    call, party = f"{run}-{number}", str(8000 + number % AGENTS)
    caller = f"138{number * 7919 % 1_000_000:08}"
    start = begin + timedelta(seconds=number / CALLS_PER_SECOND)
    facts: dict[str, dict[str, Any]] = {
        "began": {"direction": "inbound", "caller": caller, "dialled": "95598", "line": "95598"},
        "menu": {"digits": str(number % 5)},
        "queued": {"queue": "service"},
        "ringing": {"party": party, "leg": f"{call}-a", "queue": "service"},
        "left_queue": {"queue": "service", "cause": "abandoned" if number % 10 == 0 else "answered"},
        "recorded": {"ref": f"{call}.wav", "seconds": 10},
        "ended": {"by": "customer"},
    }
    told = ABANDONED if number % 10 == 0 else (*ANSWERED, *(HELD if number % 4 == 0 else ()))
    for order, (second, kind) in enumerate(sorted(told)):
        at = start + timedelta(seconds=second)
        own = facts.get(kind, {"party": party, "leg": f"{call}-a"})
        key = f"{call}-{kind}-{order}"
        signal = Signal(kind=Kind(kind), call=call, key=key, at=at, order=order, **own)
        raw = RAW.format(party=party, number=number, caller=caller)
        yield RawSignal(key=key, raw=raw, received_at=at, call=call, signals=(signal,))
