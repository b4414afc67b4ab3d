"""The documentation names everything there is: event types, settings, and what the front end's client is made from."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from gongdan.config.api import api
from gongdan.core import events
from gongdan.outbox import registry
from tests.house.sources import PACKAGE, PROJECT

DOCS = PROJECT / "docs"
VARIABLE = re.compile(r"\b(GONGDAN_[A-Z_]+|DATABASE_URL)\b")
OF_THE_PROJECT = {"GONGDAN_CHROMIUM"}  # read by ./test
METHODS = {"get", "post", "put", "patch", "delete"}


def test_every_type_of_event_is_described() -> None:
    assert events.__doc__
    rows = set((DOCS / "event-log.md").read_text().splitlines())
    wanted = [
        f"| `{one.name}` | {one.subject} | `{one.right}` | {one.doc} |"
        for one in registry.TYPES.values()
        if one.subject != "test"  # declared by tests of the log itself
    ]
    assert [row for row in wanted if row not in rows] == []


def test_every_setting_is_described_and_every_described_one_exists() -> None:
    sources = "\n".join(path.read_text() for path in PACKAGE.rglob("*.py"))
    described = set(VARIABLE.findall((DOCS / "settings.md").read_text()))
    assert described == set(VARIABLE.findall(sources)) | OF_THE_PROJECT


def test_deployment_names_only_settings_that_exist() -> None:
    named = set(VARIABLE.findall((DOCS / "deployment.md").read_text()))
    assert named
    assert named <= set(VARIABLE.findall((DOCS / "settings.md").read_text()))


def operations_of(schema: dict[str, Any]) -> dict[str, Any]:
    """ "METHOD path" to what goes in and comes out."""
    return {
        f"{method.upper()} {path}": {
            key: operation.get(key) for key in ("parameters", "requestBody", "responses")
        }
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
        if method in METHODS
    }


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return dict(json.loads(json.dumps(api.get_openapi_schema(), default=str)))


def test_the_front_ends_schema_is_current(schema: dict[str, Any]) -> None:
    """If not: `gongdan openapi frontend/openapi.json`, `npm run api` in frontend/, `python scripts/clients/make.py`."""
    kept = json.loads((PROJECT / "frontend" / "openapi.json").read_text())
    now, then = operations_of(schema), operations_of(kept)
    assert sorted(now.keys() ^ then.keys()) == []
    assert [name for name in now if now[name] != then[name]] == []
    assert kept["components"] == schema["components"]


def test_every_operation_says_how_it_refuses(schema: dict[str, Any]) -> None:
    silent = [
        name
        for name, operation in operations_of(schema).items()
        if not any(status.startswith("4") for status in operation["responses"])
    ]
    assert silent == []
    assert schema["openapi"].startswith("3.1")
