"""Renders the generated half of the Python client: types.py and operations.py."""

from __future__ import annotations

import keyword
import textwrap
from typing import Any

import model
from model import Operation, Parameter

WIDTH = 110
HEAD = '"""{words} Written by scripts/clients/make.py; do not edit."""\n\nfrom __future__ import annotations\n'
PLAIN = {"integer": "int", "number": "float", "boolean": "bool", "null": "None", "object": "dict[str, Any]"}


def types(schema: dict[str, Any]) -> str:
    """types.py: a TypedDict per object, an alias per choice of words."""
    lines = [HEAD.format(words="What goes into Gongdan's API and comes out of it.")]
    lines += ["from typing import Any, Literal, NotRequired, TypedDict"]
    for name, one in model.types(schema).items():
        lines += _named(name, one)
    return "\n".join(lines) + "\n"


def _named(name: str, one: dict[str, Any]) -> list[str]:
    properties = one.get("properties", {})
    if one.get("type") != "object" or not properties:
        return ["", f"{name} = {_inline(one, '')}"]
    required = set(one.get("required", []))
    fields = {
        key: typed if key in required else f"NotRequired[{typed}]"
        for key, typed in ((key, hint(each, "")) for key, each in properties.items())
    }
    if all(key.isidentifier() and not keyword.iskeyword(key) for key in fields):
        return ["", "", f"class {name}(TypedDict):", *(f"    {key}: {typed}" for key, typed in fields.items())]
    inside = ", ".join(f"{key!r}: {typed!r}" for key, typed in fields.items())
    return ["", "", f'{name} = TypedDict("{name}", {{{inside}}})']


def hint(schema: dict[str, Any], prefix: str = "types.") -> str:
    """The type of a schema; named ones are found at `prefix`."""
    name = model.reference(schema)
    return f"{prefix}{name}" if name else _inline(schema, prefix)


def _inline(schema: dict[str, Any], prefix: str) -> str:
    if "anyOf" in schema or "oneOf" in schema:
        parts = [hint(each, prefix) for each in schema.get("anyOf") or schema["oneOf"]]
        return " | ".join(dict.fromkeys(parts)).replace("] | Literal[", ", ")
    if "enum" in schema or "const" in schema:
        return f"Literal[{', '.join(map(_literal, schema.get('enum') or [schema['const']]))}]"
    kind = schema.get("type")
    if kind == "string":
        return "bytes" if schema.get("format") == "binary" else "str"
    if kind == "array":
        return f"list[{hint(schema.get('items', {}), prefix)}]"
    more = schema.get("additionalProperties")
    if kind == "object" and isinstance(more, dict):
        return f"dict[str, {hint(more, prefix)}]"
    return PLAIN.get(str(kind), "Any")


def _literal(value: object) -> str:
    text = str(value).replace('"', '\\"')
    return f'"{text}"' if isinstance(value, str) else repr(value)


def operations(schema: dict[str, Any]) -> str:
    """operations.py: a method per operation."""
    lines = [
        HEAD.format(words="One method per operation of Gongdan's API."),
        "from collections.abc import Sequence",
        "from typing import Any, Literal\n",
        "from gongdan_client import types",
        "from gongdan_client.http import Form, Transport, path\n\n",
        "class Operations(Transport):",
        '    """Refusals raise gongdan_client.Problem. A key makes a request that creates safe to repeat."""',
    ]
    for one in model.operations(schema):
        lines += ["", *_method(one)]
    return "\n".join(lines) + "\n"


def _method(one: Operation) -> list[str]:
    in_path = [each for each in one.parameters if each.place == "path"]
    in_query = [each for each in one.parameters if each.place == "query"]
    arguments = [f"{_safe(each.name)}: {hint(each.schema)}" for each in in_path]
    arguments += _body_argument(one)
    named = [_query_argument(each) for each in in_query]
    if one.method == "POST":
        named.append("key: str | None = None")
    signature = ", ".join(["self", *arguments, *(["*", *named] if named else [])])
    answer = "None" if one.empty else "bytes" if one.binary else hint(one.answer) if one.answer else "Any"
    words = textwrap.wrap(one.words, WIDTH - 12)
    end = '"""' if len(words) == 1 else '\n        """'
    call = _call(one, in_path, in_query)
    body = [f"        {call}"] if one.empty else [f"        answer: {answer} = {call}", "        return answer"]
    return [
        f"    def {one.name}({signature}) -> {answer}:",
        '        """' + "\n        ".join(words) + end,
        *body,
    ]


def _body_argument(one: Operation) -> list[str]:
    if one.body is None:
        return []
    typed = "Form" if one.form else hint(one.body)
    return [f"body: {typed}" if one.body_required else f"body: {typed} | None = None"]


def _query_argument(each: Parameter) -> str:
    typed = hint(each.schema).replace("list[", "Sequence[")
    if each.required:
        return f"{_safe(each.name)}: {typed}"
    return f"{_safe(each.name)}: {typed if 'None' in typed.split(' | ') else f'{typed} | None'} = None"


def _call(one: Operation, in_path: list[Parameter], in_query: list[Parameter]) -> str:
    place = f'"{one.path}"'
    if in_path:
        place = f"path({place}, {', '.join(f'{each.name}={_safe(each.name)}' for each in in_path)})"
    parts = [f'"{one.method}"', place]
    if in_query:
        pairs = ", ".join(f'"{each.name}": {_safe(each.name)}' for each in in_query)
        parts.append(f"query={{{pairs}}}")
    if one.body is not None:
        parts.append("form=body" if one.form else "body=body")
    if one.method == "POST":
        parts.append("key=key")
    return f"self.call({', '.join(parts)})"


def _safe(name: str) -> str:
    return f"{name}_" if keyword.iskeyword(name) or name in {"type", "key", "body"} else name
