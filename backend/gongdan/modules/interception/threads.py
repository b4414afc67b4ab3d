"""Runs a call in a thread of its own, and waits for it no longer than a time limit.

What is late goes on by itself and is not heard any more; of one key only so many may be late at a time, so that
something that hangs for ever costs a few threads and not all.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.db import connections

T = TypeVar("T")
MOST_LATE = 4


class Late(Exception):
    """It did not end within the limit, or too many before it have not."""


@dataclass
class _Call(Generic[T]):
    key: str
    call: Callable[[], T]
    value: list[T] = field(default_factory=list)
    error: list[BaseException] = field(default_factory=list)
    done: threading.Event = field(default_factory=threading.Event)
    late: bool = False


_late: Counter[str] = Counter()
_lock = threading.Lock()


def within(seconds: float, key: str, call: Callable[[], T]) -> T:
    """What `call` answers. Raises Late, or the Exception the call raised."""
    with _lock:
        if _late[key] >= MOST_LATE:
            raise Late(f"{MOST_LATE} earlier calls have not ended yet")
    running = _Call(key, call)
    threading.Thread(target=_run, args=(running,), daemon=True, name=f"asking {key}").start()
    if not running.done.wait(max(0.0, seconds)):
        with _lock:
            if not running.done.is_set():
                running.late = True
                _late[key] += 1
                raise Late(f"no answer within {round(seconds * 1000)} ms")
    for error in running.error:
        if not isinstance(error, Exception):  # whoever waits must not end because the call wanted to
            raise RuntimeError(f"it ended with {type(error).__name__}") from error  # noqa: TRY004
        raise error
    return running.value[0]


def _run(running: _Call[T]) -> None:
    try:
        running.value.append(running.call())
    except BaseException as error:  # noqa: BLE001  whatever it is, the one who waits is told
        running.error.append(error)
    finally:
        connections.close_all()
        with _lock:
            running.done.set()
            if running.late:
                _late[running.key] -= 1
