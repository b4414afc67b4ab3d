"""What the generators of the clients need of the OpenAPI schema: operations in the order of their names, and types."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

METHODS = ("get", "put", "post", "patch", "delete")
_ROOM = re.compile(r"^gongdan_(config|desk|web|portal|channels|listeners|modules|reports)_")


@dataclass(frozen=True)
class Parameter:
    """`place` is path or query."""

    name: str
    place: str
    required: bool
    schema: dict[str, Any]


@dataclass(frozen=True)
class Operation:
    """`body` and `answer` are schemas; a `form` is sent as multipart. `answer` None: nothing comes back, or bytes."""

    name: str
    method: str
    path: str
    words: str
    parameters: tuple[Parameter, ...]
    body: dict[str, Any] | None
    body_required: bool
    form: bool
    answer: dict[str, Any] | None
    binary: bool
    empty: bool


def operations(schema: dict[str, Any]) -> list[Operation]:
    """All of them, by name."""
    found = [
        _operation(path, method, one)
        for path, methods in schema["paths"].items()
        for method, one in methods.items()
        if method in METHODS
    ]
    return sorted(found, key=lambda one: one.name)


def types(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The named schemas, by name."""
    return dict(sorted(schema["components"]["schemas"].items()))


def _operation(path: str, method: str, one: dict[str, Any]) -> Operation:
    content = one.get("requestBody", {}).get("content", {})
    form = "multipart/form-data" in content
    body = next(iter(content.values()))["schema"] if content else None
    status, answer = next((code, each) for code, each in sorted(one["responses"].items()) if code[0] == "2")
    kinds = answer.get("content") or {}
    return Operation(
        name=_ROOM.sub("", one["operationId"]).replace("_api_", "_", 1),
        method=method.upper(),
        path=path.removeprefix("/api/v1"),
        words=" ".join(f"{one.get('summary', '')}. {one.get('description', '')}".replace("`", "").split()),
        parameters=tuple(
            Parameter(each["name"], each["in"], each.get("required", False), each["schema"])
            for each in one.get("parameters", [])
            if each["in"] in {"path", "query"}
        ),
        body=body,
        body_required=bool(one.get("requestBody", {}).get("required")),
        form=form,
        answer=kinds["application/json"]["schema"] if "application/json" in kinds else None,
        binary=bool(kinds) and "application/json" not in kinds,
        empty=status == "204",
    )


def reference(schema: dict[str, Any]) -> str | None:
    """The name a schema points to, if it does nothing else."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    alone = schema.get("allOf")
    return reference(alone[0]) if alone and len(alone) == 1 else None
