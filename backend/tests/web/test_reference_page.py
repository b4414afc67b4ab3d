"""The schema is OpenAPI 3.1 and covers the promised addresses; the reference page needs no other server."""

from __future__ import annotations

import re

import pytest

from tests.client import BASE, Client

pytestmark = pytest.mark.django_db


def test_the_schema_is_openapi_31_with_both_ways_to_authenticate() -> None:
    schema = Client().get("/openapi.json").body
    assert schema["openapi"].startswith("3.1")
    kinds = {
        (scheme["type"], scheme.get("scheme")) for scheme in schema["components"]["securitySchemes"].values()
    }
    assert kinds == {("http", "bearer"), ("apiKey", None)}


def test_every_operation_says_what_it_does_and_has_a_name_of_its_own() -> None:
    schema = Client().get("/openapi.json").body
    operations = [operation for path in schema["paths"].values() for operation in path.values()]
    assert all(operation.get("summary") and operation.get("tags") for operation in operations)
    names = [operation["operationId"] for operation in operations]
    assert len(names) == len(set(names))


def test_the_page_loads_only_files_of_this_server_and_nothing_inline() -> None:
    page = Client().get("/docs")
    assert page.status == 200
    assert not re.search(r"<script(?![^>]*\bsrc=)", page.body)
    files = re.findall(r'(?:src|href)="([^"]+)"', page.body)
    assert len(files) == 4
    for file in files:
        assert file.startswith(f"{BASE}/docs/assets/")
        assert Client().get(file.removeprefix(BASE)).status == 200


def test_other_files_of_the_package_are_not_served() -> None:
    assert Client().get("/docs/assets/redoc.standalone.js").status == 404
