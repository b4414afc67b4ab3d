"""YAML as a tree of text with line numbers, and nothing more: no types, no aliases, no tags, bounded depth.

Every scalar stays text, so `no`, `1.10` and `on` mean what they say. The tree is built from parser events
without recursion, so that a hostile document can cost neither memory nor the stack.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

MAX_BYTES = 256 * 1024
MAX_DEPTH = 12
MAX_ITEMS = 1_000  # in one list or table
PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class TreeError(Exception):
    """The text is not a tree this file allows."""

    def __init__(self, code: str, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.line = line


@dataclass(slots=True)
class Text:
    value: str
    line: int


@dataclass(slots=True)
class Many:
    items: list[Tree]
    line: int


@dataclass(slots=True)
class Table:
    items: list[tuple[Text, Tree]]
    line: int


Tree = Text | Many | Table


@dataclass(slots=True)
class _Open:
    """A collection that is still being read; `key` is the key whose value comes next."""

    tree: Many | Table
    key: Text | None = field(default=None)


def read_tree(text: str) -> Tree:
    """The one document in `text`.

    TreeError: too_large, too_deep, not_yaml, alias, tag, too_many, duplicate_key, bad_key, empty.
    """
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise TreeError("too_large", f"a flow document has at most {MAX_BYTES // 1024} KiB")
    try:
        return _build(yaml.parse(text, Loader=PARSER))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise TreeError("not_yaml", f"this is not YAML: {error.problem}", line) from None
    except (yaml.YAMLError, UnicodeError):
        raise TreeError("not_yaml", "this is not YAML: it has characters that YAML does not allow") from None


def _build(events: Iterator[Any]) -> Tree:
    stack: list[_Open] = []
    root: Tree | None = None
    for event in events:
        tree = _tree_of(event, len(stack))
        if isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            stack.pop()
        if tree is None:
            continue
        if root is None:
            root = tree
        elif not stack:
            raise TreeError("not_yaml", "one file holds one flow", tree.line)
        else:
            _put(stack[-1], tree)
        if not isinstance(tree, Text):
            stack.append(_Open(tree))
    if root is None:
        raise TreeError("empty", "the document is empty")
    return root


def _tree_of(event: Any, depth: int) -> Tree | None:
    line = event.start_mark.line + 1
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise TreeError("alias", "anchors and aliases (& and *) are not used in flows; write it out", line)
    if getattr(event, "tag", None) not in (None, "!"):
        raise TreeError("tag", "tags (!) are not used in flows", line)
    if depth > MAX_DEPTH:
        raise TreeError("too_deep", f"the document nests more than {MAX_DEPTH} deep", line)
    if isinstance(event, yaml.ScalarEvent):
        return Text(event.value, line)
    if isinstance(event, yaml.SequenceStartEvent):
        return Many([], line)
    if isinstance(event, yaml.MappingStartEvent):
        return Table([], line)
    return None


def _put(into: _Open, tree: Tree) -> None:
    if len(into.tree.items) >= MAX_ITEMS:
        raise TreeError("too_many", f"a list has at most {MAX_ITEMS} entries", tree.line)
    if isinstance(into.tree, Many):
        into.tree.items.append(tree)
    elif into.key is not None:
        into.tree.items.append((into.key, tree))
        into.key = None
    elif not isinstance(tree, Text):
        raise TreeError("bad_key", "a name is expected before the colon", tree.line)
    elif any(key.value == tree.value for key, _ in into.tree.items):
        raise TreeError("duplicate_key", f"{tree.value!r} is written twice", tree.line)
    else:
        into.key = tree
