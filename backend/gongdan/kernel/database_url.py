"""DATABASE_URL, as libpq writes it (postgresql://user:password@host:port/name?option=value), for Django."""

from __future__ import annotations

from typing import Any

from psycopg.conninfo import conninfo_to_dict


def parse(url: str) -> dict[str, Any]:
    """A Django DATABASES entry. An unusable URL raises ValueError with a sentence."""
    try:
        parts = conninfo_to_dict(url)
    except Exception as error:
        raise ValueError("DATABASE_URL is not a PostgreSQL connection string.") from error
    known = {"user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT", "dbname": "NAME"}
    entry: dict[str, Any] = {
        django: str(parts.pop(name)) for name, django in known.items() if parts.get(name)
    }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": False,  # kernel.sql.first connects again by itself, without a statement per request
        "OPTIONS": {name: value for name, value in parts.items() if value is not None},
        **entry,
    }
