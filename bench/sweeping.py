"""A process that sweeps: for each line on stdin, the moment it is then, it fires what is due and prints what it took.

`python -m bench.sweeping` with DATABASE_URL; answers {"fired": n, "seconds": s, "cpu": s} per line, `cpu` being its own
and its database process's together. `profile` as its argument prints where the time went to stderr at the end.
"""

from __future__ import annotations

import cProfile
import json
import os
import pstats
import sys
import time
from datetime import datetime
from pathlib import Path

from bench import moment


def cpu() -> float:
    """Seconds of processor time so far, of this process and of the one that serves it in the database."""
    from django.db import connection

    connection.ensure_connection()
    own, served = os.times(), Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text()
    used = served.rsplit(")", 1)[1].split()[11:13]
    return own.user + own.system + sum(map(int, used)) / os.sysconf("SC_CLK_TCK")


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
        begin, before = time.perf_counter(), cpu()
        fired = 0
        while count := sweeper.sweep():
            fired += count
        seconds = time.perf_counter() - begin
        if profile:
            profile.disable()
        found = {"fired": fired, "seconds": seconds, "cpu": cpu() - before}
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()
    if profile:
        pstats.Stats(profile, stream=sys.stderr).sort_stats("tottime").print_stats(35)


if __name__ == "__main__":
    main()
