"""How many questions may be under way at once in one process, so that a slow interceptor does not take all its threads.

The breaker rests one that fails. One that answers, but slowly, or that has not failed often enough yet, would keep every
thread waiting, and who only wants to read a list would wait with them. A web process has four threads (`gongdan up`).
"""

from __future__ import annotations

import threading
from collections import Counter

OF_ONE = 2  # questions to one interceptor
OF_ALL = 3  # to all: one thread is always left
PATIENCE = (
    0.5  # seconds that a question waits for its place; interceptors that answer at once need none of it
)


class Places:
    """One per process; safe to use from many threads."""

    def __init__(self) -> None:
        self._taken: Counter[int] = Counter()
        self._crowded: set[int] = set()  # nobody waits there again until a place is given back
        self._changed = threading.Condition()

    def take(self, key: int, seconds: float) -> bool:
        """Whether there is a place within PATIENCE, or `seconds` if that is less. What is taken must be given back."""
        with self._changed:
            patience = 0.0 if key in self._crowded else min(seconds, PATIENCE)
            if not self._changed.wait_for(lambda: self._free(key), patience):
                self._crowded.add(key)
                return False
            self._taken[key] += 1
            return True

    def give_back(self, key: int) -> None:
        with self._changed:
            self._taken[key] -= 1
            self._taken += Counter()  # forgets who has none
            self._crowded.clear()
            self._changed.notify_all()

    def _free(self, key: int) -> bool:
        return self._taken[key] < OF_ONE and self._taken.total() < OF_ALL
