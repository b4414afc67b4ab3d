"""How many statements opening a ticket costs with the company's policies, and with none in use.

`python -m bench.opening` with DATABASE_URL prints {"with": n, "without": n} as JSON; BEGIN and COMMIT count.
"""

from __future__ import annotations

import json
import sys

from bench import moment
from bench.templates import CATEGORIES, WORDS


def counts() -> dict[str, int]:
    import django

    django.setup()
    from gongdan.core.sla.models import Policy
    from gongdan.core.sla.publish import change_policy
    from gongdan.kernel.actor import system

    moment.play(moment.OPENED)
    found = {"with": _statements()}
    for code in Policy.objects.values_list("code", flat=True):
        change_policy(code, active=False, actor=system("bench"))
    found["without"] = _statements()
    return found


def _statements() -> int:
    """Of the second of two: the first fills the caches."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from gongdan.core.tickets.actions.open_ticket import open_ticket
    from gongdan.core.tickets.contracts import OpenTicket
    from gongdan.kernel import reference
    from gongdan.kernel.actor import system

    count = 0
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            reference.refresh()
            open_ticket(OpenTicket(category=CATEGORIES[0], body=WORDS), actor=system("bench"))
        count = len(captured)
    return count


if __name__ == "__main__":
    sys.stdout.write(json.dumps(counts()) + "\n")
