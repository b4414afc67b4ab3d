"""Migration operations for the triggers that several rooms attach to their tables."""

from __future__ import annotations

from django.db.migrations import RunSQL

KERNEL = ("kernel", "0002_reference_revision")


def bumps_reference(table: str, columns: str = "") -> RunSQL:
    """Every insert, delete or update (of `columns`, if given) of `table` bumps the reference revision."""
    update = f"UPDATE OF {columns}" if columns else "UPDATE"
    return RunSQL(
        f"CREATE TRIGGER {table}_bump AFTER INSERT OR DELETE OR {update} ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION gongdan_bump_reference()",
        f"DROP TRIGGER {table}_bump ON {table}",
    )


def append_only(table: str) -> RunSQL:
    """Rows of `table` can neither be changed nor removed through the product's connection."""
    return RunSQL(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION gongdan_refuse_change()",
        f"DROP TRIGGER {table}_append_only ON {table}",
    )


def never_emptied(table: str) -> RunSQL:
    """TRUNCATE, which passes row triggers by, is refused too."""
    return RunSQL(
        f"CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION gongdan_refuse_change()",
        f"DROP TRIGGER {table}_never_emptied ON {table}",
    )
