"""The product's own source files, as text and as syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).parents[3]
PACKAGE = PROJECT / "backend" / "gongdan"
TESTS = PROJECT / "backend" / "tests"


def modules(folder: Path = PACKAGE, *, migrations: bool = False) -> Iterator[tuple[str, ast.Module]]:
    """(path below `folder`, tree) of every Python file, in order."""
    for path in sorted(folder.rglob("*.py")):
        if migrations or "migrations" not in path.parts:
            yield path.relative_to(folder).as_posix(), tree(path)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def calls(of: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """(the called name's last part, the call) of every call within."""
    for node in ast.walk(of):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id, node
            elif isinstance(node.func, ast.Attribute):
                yield node.func.attr, node


def words(nodes: list[ast.expr]) -> list[str]:
    """The texts among these expressions, both ends of a conditional included."""
    found = []
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.append(node.value)
        elif isinstance(node, ast.IfExp):
            found += words([node.body, node.orelse])
    return found
