"""Raw signals are kept as long as policy says, and of calls under way always."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from gongdan.core.interactions import line_words
from gongdan.kernel import clock, reference, sql

BATCH = 5_000
# A call's signals go together, or what is left of them would make something else of the call (see taking).
_FORGET = """DELETE FROM interactions_phonesignal WHERE id = ANY(ARRAY(
SELECT one.id FROM interactions_phonesignal one WHERE one.received_at < %s
AND NOT EXISTS (SELECT FROM interactions_call call
  WHERE call.system_id = one.system_id AND call.key = one.call AND call.phase <> 'ended')
AND NOT EXISTS (SELECT FROM interactions_phonesignal newer WHERE newer.system_id = one.system_id
  AND newer.call = one.call AND newer.call <> '' AND newer.received_at >= %s)
ORDER BY one.received_at LIMIT %s)) RETURNING id"""


def forget_old_signals() -> int:
    """Remove what is older than LineSettings.signal_days, all or nothing; answers how many rows went."""
    reference.refresh()
    before = clock.now() - timedelta(days=line_words.settings().signal_days)
    count = 0
    with transaction.atomic():
        while gone := len(sql.execute(_FORGET, [before, before, BATCH])):
            count += gone
    return count
