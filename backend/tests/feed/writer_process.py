"""A process that writes events for tests with several writers: `seed count`. Some of its transactions last, so that
ids are committed out of their order; some are taken back."""

from __future__ import annotations

import random
import sys
import threading

import django

django.setup()

from django.db import transaction  # noqa: E402

from tests.outbox.happenings import happen  # noqa: E402

seed, count = int(sys.argv[1]), int(sys.argv[2])
chance = random.Random(seed)
pause = threading.Event()
for n in range(count):
    with transaction.atomic():
        happen(seed * 10 + chance.randrange(5), seed * 100_000 + n)
        pause.wait(chance.random() / 200)
        if chance.random() < 0.5:
            happen(chance.randrange(5), seed * 100_000 + 50_000 + n)
        if chance.random() < 0.1:
            transaction.set_rollback(True)
