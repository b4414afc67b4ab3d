"""The calls behind a number: the very conditions that counted it, row by row, newest first.

A call that stood in queues twice, or passed two people, is behind the number as often as it was counted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from gongdan.kernel.errors import Invalid
from gongdan.reports.line import statements
from gongdan.reports.line.contracts import Asked, Rules
from gongdan.reports.line.statements import OF_OFFERS, OF_PARTS

# What a rate or a mean is about.
BEHIND = {
    "abandon_rate": "abandoned",
    "asa_seconds": "answered",
    "longest_wait_seconds": "offered",
    "service_level": "within",
    "service_level_offered": "within",
    "service_level_answered": "within",
    "aht_seconds": "handled_over",
    "talk_seconds_avg": "handled_over",
    "hold_seconds_avg": "handled_over",
    "wrap_up_seconds_avg": "handled_over",
    "over_long_share": "over_long",
    "calls_per_person_day": "handled",
}


@dataclass(frozen=True, slots=True)
class Counted:
    """One that was counted: when, which call, and a number that tells two of one call and moment apart."""

    at: datetime
    call_id: int
    row_id: int


def counted(
    measure: str, asked: Asked, rules: Rules, *, hour: int | None, before: Counted | None, limit: int
) -> list[Counted]:
    """The newest `limit` that make up a measure, before `before`. Raises Invalid("unknown_measure")."""
    text = _statement(measure, asked)
    values = statements.parameters(asked, rules) | {
        "hours": _hours(asked, hour),
        "edges": asked.edges("hour") if hour is not None else [],
        "at": before.at if before else None,
        "row": before.row_id if before else None,
        "limit_rows": limit,
    }
    return [Counted(**row) for row in statements.rows_of(text, values)]


def _statement(measure: str, asked: Asked) -> str:
    name = BEHIND.get(measure, measure)
    if name == "answered" and not asked.of_line:
        name = "handled"
    if name in OF_OFFERS and asked.of_line:
        head, source, at, row = f"WITH {statements.OFFERS_SEEN} ", "seen", "at", "row_id"
        rule = OF_OFFERS[name]
    elif name in OF_PARTS:
        head, source, at, row = "", f"({statements.PARTS})", "rang_at", "id"
        rule = OF_PARTS[name]
    else:
        raise Invalid("unknown_measure", "This number has no calls to show behind it.", field="measure")
    return f"""{head}SELECT o.{at} AS at, o.call_id, o.{row} AS row_id FROM {source} o
      WHERE {rule}
        AND (%(hours)s::int[] IS NULL OR {statements.KEYS["hour"].format(at=at)} = ANY(%(hours)s))
        AND (%(at)s::timestamptz IS NULL OR (o.{at}, o.{row}) < (%(at)s, %(row)s::bigint))
      ORDER BY o.{at} DESC, o.{row} DESC LIMIT %(limit_rows)s"""  # noqa: S608  constants only


def _hours(asked: Asked, hour: int | None) -> list[int] | None:
    """The numbers of the range's hours that are this hour of the day."""
    if hour is None:
        return None
    by_hour = replace(asked, by="hour")
    return [n for n, edge in enumerate(asked.edges("hour")[:-1], 1) if by_hour.key_of(edge) == f"{hour:02d}"]
