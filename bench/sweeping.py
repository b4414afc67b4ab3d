"""A process that sweeps: for each line on stdin, the moment it is then, it fires what is due and prints what it took.

`python -m bench.sweeping` with DATABASE_URL; answers {"fired": n, "seconds": s} per line. `profile` as its argument
prints where the time went to stderr at the end.
"""

from __future__ import annotations

import cProfile
import json
import pstats
import sys
import time
from datetime import datetime

from bench import moment


def main() -> None:
    import django

    django.setup()
    from gongdan.core.tickets.firing import Sweeper

    sweeper = Sweeper()
    profile = cProfile.Profile() if "profile" in sys.argv else None
    for line in sys.stdin:
        moment.play(datetime.fromisoformat(line.strip()))
        if profile:
            profile.enable()
        begin = time.perf_counter()
        fired = 0
        while count := sweeper.sweep():
            fired += count
        seconds = time.perf_counter() - begin
        if profile:
            profile.disable()
        sys.stdout.write(json.dumps({"fired": fired, "seconds": seconds}) + "\n")
        sys.stdout.flush()
    if profile:
        pstats.Stats(profile, stream=sys.stderr).sort_stats("tottime").print_stats(35)


if __name__ == "__main__":
    main()
