"""Renders the generated half of the TypeScript client: types.ts and operations.ts."""

from __future__ import annotations

import json
import re
import textwrap
from typing import Any

import model
from model import Operation, Parameter

WIDTH = 110
HEAD = "// {words} Written by scripts/clients/make.py; do not edit.\n"
PLAIN = {
    "integer": "number",
    "number": "number",
    "boolean": "boolean",
    "null": "null",
    "object": "Record<string, unknown>",
}
RESERVED = {"delete", "in", "new", "default", "function", "class", "with", "export", "import"}


def types(schema: dict[str, Any]) -> str:
    """types.ts: an interface per object, an alias per choice of words."""
    lines = [HEAD.format(words="What goes into Gongdan's API and comes out of it.")]
    for name, one in model.types(schema).items():
        lines += _named(name, one)
    return "\n".join(lines)


def _named(name: str, one: dict[str, Any]) -> list[str]:
    properties = one.get("properties", {})
    if one.get("type") != "object" or not properties:
        return [f"export type {name} = {_inline(one, '')}\n"]
    required = set(one.get("required", []))
    fields = [
        f"  {_key(key)}{'' if key in required else '?'}: {hint(each, '')}" for key, each in properties.items()
    ]
    return [f"export interface {name} {{", *fields, "}\n"]


def hint(schema: dict[str, Any], prefix: str = "types.") -> str:
    """The type of a schema; named ones are found at `prefix`."""
    name = model.reference(schema)
    return f"{prefix}{name}" if name else _inline(schema, prefix)


def _inline(schema: dict[str, Any], prefix: str) -> str:
    if "anyOf" in schema or "oneOf" in schema:
        parts = [hint(each, prefix) for each in schema.get("anyOf") or schema["oneOf"]]
        return " | ".join(dict.fromkeys(parts))
    if "enum" in schema or "const" in schema:
        return " | ".join(json.dumps(one, ensure_ascii=False) for one in schema.get("enum") or [schema["const"]])
    kind = schema.get("type")
    if kind == "string":
        return "Blob" if schema.get("format") == "binary" else "string"
    if kind == "array":
        return f"Array<{hint(schema.get('items', {}), prefix)}>"
    more = schema.get("additionalProperties")
    if kind == "object" and isinstance(more, dict):
        return f"Record<string, {hint(more, prefix)}>"
    return PLAIN.get(str(kind), "unknown")


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z_$][\w$]*", name) else json.dumps(name)


def operations(schema: dict[str, Any]) -> str:
    """operations.ts: a method per operation."""
    lines = [
        HEAD.format(words="One method per operation of Gongdan's API."),
        "import { path, Transport } from './http.js'",
        "import type * as types from './types.js'\n",
        "/** Refusals are thrown as Problem. A key makes a request that creates safe to repeat. */",
        "export class Operations extends Transport {",
    ]
    for one in model.operations(schema):
        lines += [*_method(one), ""]
    return "\n".join([*lines[:-1], "}"]) + "\n"


def _method(one: Operation) -> list[str]:
    in_path = [each for each in one.parameters if each.place == "path"]
    in_query = [each for each in one.parameters if each.place == "query"]
    arguments = [f"{_safe(each.name)}: {hint(each.schema)}" for each in in_path]
    if one.body is not None:
        typed = "FormData" if one.form else hint(one.body)
        arguments.append(f"body: {typed}" if one.body_required else f"body?: {typed}")
    if in_query:
        fields = "; ".join(_field(each) for each in in_query)
        must = any(each.required for each in in_query)
        arguments.append(f"query: {{ {fields} }}" if must else f"query: {{ {fields} }} = {{}}")
    if one.method == "POST":
        arguments.append("key?: string")
    answer = "void" if one.empty else "Blob" if one.binary else hint(one.answer) if one.answer else "unknown"
    words = textwrap.wrap(one.words.replace("*/", "* /"), WIDTH - 8)
    return [
        "  /** " + "\n   *  ".join(words) + " */",
        f"  {_camel(one.name)}({', '.join(arguments)}): Promise<{answer}> {{",
        f"    return this.call<{answer}>({_call(one, in_path, in_query)})",
        "  }",
    ]


def _field(each: Parameter) -> str:
    typed = hint(each.schema)
    return f"{_key(each.name)}{'' if each.required else '?'}: {typed}"


def _call(one: Operation, in_path: list[Parameter], in_query: list[Parameter]) -> str:
    place = f"'{one.path}'"
    if in_path:
        names = ", ".join(
            each.name if _safe(each.name) == each.name else f"{each.name}: {_safe(each.name)}" for each in in_path
        )
        place = f"path({place}, {{ {names} }})"
    more = ["query"] if in_query else []
    if one.body is not None:
        more.append("form: body" if one.form else "body")
    if one.method == "POST":
        more.append("key")
    if one.binary:
        more.append("binary: true")
    return ", ".join([f"'{one.method}'", place, *([f"{{ {', '.join(more)} }}"] if more else [])])


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def _safe(name: str) -> str:
    return f"{name}_" if name in RESERVED | {"body", "query", "key"} else name
