"""What import contracts cannot see: tables that point across rooms by name, models fetched by name, signals, raw SQL."""

from __future__ import annotations

import ast

from tests.house.sources import TESTS, calls, modules, words

# Rooms with tables, from below; a table may point to its own room and to rooms below.
LEVELS = {
    "kernel": 0, "outbox": 1, "staff": 2, "customers": 2, "catalogue": 2, "calendar": 2, "flow": 3, "sla": 3,
    "interactions": 3,
    "tickets": 4, "web": 5, "interception": 6, "notify": 6, "webhooks": 6,
}  # fmt: skip
# A category says by which flow and at which department its tickets begin; the rooms know nothing else of each other.
# A department has a calendar; a calendar version has an author.
AGREED = {("catalogue", "flow"), ("catalogue", "staff"), ("calendar", "staff")}
# Statements no ORM can say, or that run on every verb. Everybody else uses the ORM or kernel.sql's named statements.
RAW_SQL = {
    "config/cli/doctor.py", "core/catalogue/actions.py", "core/customers/by_number.py", "core/customers/hierarchy.py",
    "core/interactions/actions/close_silent.py", "core/interactions/actions/forget_old_signals.py",
    "core/interactions/commands.py", "core/interactions/matching.py", "core/interactions/missed_calls.py",
    "core/interactions/pausing.py", "core/interactions/people.py", "core/interactions/presence_changes.py", "core/interactions/readings.py",
    "core/interactions/rows.py", "core/interactions/sound_files.py", "core/interactions/taking.py", "core/interactions/wrap_up.py",
    "core/staff/administration.py", "core/tickets/actions/shape.py", "core/tickets/actions/work.py", "core/tickets/detail.py",
    "core/tickets/rows.py", "core/tickets/numbers.py", "core/tickets/firing.py", "core/tickets/correction.py",
    "core/tickets/time_page.py", "core/tickets/actions/apply_policy.py", "kernel/reference.py",
    "kernel/sql.py", "kernel/triggers.py", "outbox/anchors.py", "outbox/chains.py", "outbox/feed.py", "outbox/health.py",
    "outbox/lag.py", "outbox/log.py", "outbox/parked.py",
    "outbox/relay.py", "outbox/restored.py", "outbox/verify.py", "web/idempotency.py", "web/live/bell.py",
    "web/sessions.py", "listeners/webhooks/queueing.py", "listeners/webhooks/store.py", "listeners/webhooks/health.py",
    "listeners/webhooks/selectors.py", "reports/line/reach.py", "reports/line/statements.py",
}  # fmt: skip
STATEMENTS = {"cursor", "chunked_cursor", "raw", "RawSQL", "extra", "RawCursor", "RunSQL"}
OF_KERNEL_SQL = {"execute", "send", "first", "fetch"}


def room_of(path: str) -> str:
    return path.split("/")[-2]


def test_tables_point_only_to_rooms_below() -> None:
    wrong = []
    for path, tree in modules():
        for name, call in calls(tree):
            if name not in {"ForeignKey", "OneToOneField", "ManyToManyField"}:
                continue
            for target in words(call.args[:1]):
                here, there = room_of(path), target.partition(".")[0]
                if target != "self" and here != there and (here, there) not in AGREED:
                    wrong += [(path, target)] if LEVELS[there] >= LEVELS[here] else []
    assert wrong == []


def test_no_model_is_fetched_by_name() -> None:
    found = [
        (path, call.lineno) for path, tree in modules() for name, call in calls(tree) if name == "get_model"
    ]
    assert found == []


def test_nothing_happens_by_signal_except_after_migrating() -> None:
    """Reactions read the event log. `post_migrate` fills in what belongs to the schema."""
    allowed = {(f"core/{room}/apps.py", "post_migrate") for room in ("customers", "interactions")}
    found = set()
    for path, tree in modules():
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.ImportFrom)
                and ".signals" in f".{node.module}"
                and node.module != "signal"
            ):
                found |= {(path, one.name) for one in node.names}
            if isinstance(node, ast.ImportFrom) and node.module == "django.dispatch":
                found |= {(path, one.name) for one in node.names}
    assert found == allowed


def is_raw(tree: ast.Module) -> bool:
    for name, call in calls(tree):
        if name in STATEMENTS:
            return True
        func = call.func
        if name in OF_KERNEL_SQL and isinstance(func, ast.Attribute) and ast.unparse(func.value) == "sql":
            return True
    return False


def test_raw_sql_stands_only_in_the_named_places() -> None:
    assert {path for path, tree in modules() if is_raw(tree)} == RAW_SQL


def test_no_test_sleeps() -> None:
    """Tests wait for something to come about, with an end."""
    wrong = []
    for path, tree in modules(TESTS):
        for name, call in calls(tree):
            slept = isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) in {
                "time",
                "asyncio",
            }
            if name == "sleep" and (slept or isinstance(call.func, ast.Name)):
                wrong.append((path, call.lineno))
    assert wrong == []
