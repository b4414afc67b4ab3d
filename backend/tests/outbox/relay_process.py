"""A process with one relay, for tests that kill it: says "told N" for every event, and "ready" before.

Argument: the number at which to stand still between handling and marking, forever.
"""

from __future__ import annotations

import sys
import threading

import django

django.setup()

from gongdan.outbox.feed import Event  # noqa: E402
from gongdan.outbox.relay import Relays  # noqa: E402
from gongdan.outbox.subscribe import Consumer  # noqa: E402
from tests.outbox import happenings  # noqa: E402,F401


def tell(event: Event) -> None:
    print("told", event.data["n"], flush=True)  # noqa: T201
    if event.data["n"] == int(sys.argv[1]):
        threading.Event().wait()


relays = Relays([Consumer("processes", {"TestHappened": (tell,)})])
print("ready", flush=True)  # noqa: T201  before it may tell anything
relays.start()
sys.stdin.read()
relays.stop()
