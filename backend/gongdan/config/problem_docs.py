"""Completes the OpenAPI schema: which statuses an operation may refuse with, what a refusal holds, which answers are files.

What follows from an operation's shape is derived here, so that no operation lists it by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gongdan.web.problems import CONTENT_TYPE

PROBLEM = {
    "type": "object",
    "description": "A refusal (RFC 9457). `code` is stable; `params` fill the sentence of a client's own language.",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string", "description": "One English sentence."},
        "field": {"type": "string", "description": "The input at fault."},
        "params": {"type": "object", "additionalProperties": True},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "code", "detail"],
                "properties": {name: {"type": "string"} for name in ("field", "code", "detail")},
            },
        },
    },
}
SENTENCES = {
    400: "The request cannot be read.",
    401: "Sign in or send a token.",
    403: "One sees it, but may not do this.",
    404: "It is not there, or not one's own to see.",
    409: "It is not, or no longer, in a state that allows this.",
    411: "The body's length was not said.",
    413: "The body is too large.",
    415: "The body is of a type this operation does not read.",
    422: "The input cannot be used.",
    429: "Too often; `retry_after` says how many seconds to wait.",
    503: "The database did not answer; try again.",
}


def add_problems(schema: dict[str, Any]) -> None:
    """Document the refusals of every operation in an OpenAPI document, in place."""
    parts = schema.setdefault("components", {})
    parts.setdefault("schemas", {})["Problem"] = PROBLEM
    content = {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    parts["responses"] = {
        f"Problem{status}": {"description": words, "content": content} for status, words in SENTENCES.items()
    }
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            for status in sorted(_statuses(path, method, operation)):
                operation["responses"].setdefault(status, {"$ref": f"#/components/responses/Problem{status}"})


def name_files(schema: dict[str, Any]) -> None:
    """Answers that are files come in their own type, not as JSON; in place."""
    for operations in schema["paths"].values():
        for operation in operations.values():
            for response in operation["responses"].values():
                kind = response.get("content", {}).get("application/json", {}).get("schema", {})
                if kind.get("format") == "binary":
                    response["content"] = {"*/*": {"schema": {"type": "string", "format": "binary"}}}


def _statuses(path: str, method: str, operation: dict[str, Any]) -> Iterator[int]:
    yield from (400, 413, 422, 503)  # of any request: what is checked before an operation is chosen
    yield from (411, 415)
    if operation.get("security"):
        yield from (401, 403)
    if "{" in path:
        yield 404
    if method != "get":
        yield from (404, 409)
    if path.endswith("/session") and method == "post":
        yield from (401, 429)
    if any(one.get("name") == "webhook-signature" for one in operation.get("parameters", ())):
        yield from (401, 429)
