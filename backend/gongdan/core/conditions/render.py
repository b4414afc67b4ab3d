"""From tree to text: `parse(render(c)) == c` for every condition `parse` can give."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from gongdan.core.conditions.tree import And, Condition, Literal, Not, Op, Or, Test, number_text
from gongdan.core.conditions.words import KEYWORDS, WORD

NEGATED = {Op.IS: "is not", Op.IN: "not in", Op.EMPTY: "is not empty", Op.CONTAINS: "does not contain"}


def render(condition: Condition) -> str:
    """The condition in its own language, in the one spelling that is used for storing."""
    if isinstance(condition, Test):
        return _test(condition, condition.op.value)
    if isinstance(condition, Not):
        return _not(condition.part)
    joiner = " and " if isinstance(condition, And) else " or "
    return joiner.join(_inside(part, condition) for part in condition.parts)


def _inside(part: Condition, around: Condition) -> str:
    text = render(part)
    bare = isinstance(part, (Test, Not)) or (isinstance(part, And) and isinstance(around, Or))
    return text if bare else f"({text})"


def _not(part: Condition) -> str:
    if isinstance(part, Test) and part.op in NEGATED:
        return _test(part, NEGATED[part.op])
    if isinstance(part, (Test, Not)):
        return f"not {render(part)}"
    return f"not ({render(part)})"


def _test(test: Test, words: str) -> str:
    name = _name(test.name)
    if test.op is Op.EMPTY:
        return f"{name} {words}"
    if test.op is Op.IN:
        return f"{name} {words} ({', '.join(map(_literal, test.literals))})"
    return f"{name} {words} {' and '.join(map(_literal, test.literals))}"


def _name(name: str) -> str:
    whole, dot, part = name.partition(".")
    return f"{part} of {whole}" if dot else name


def _literal(value: Literal) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if WORD.fullmatch(value) and value not in KEYWORDS:
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
