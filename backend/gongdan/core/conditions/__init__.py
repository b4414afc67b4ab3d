"""The condition language: one small text for branches, limits, assignment, triggers and views.

`parse` turns text into an immutable tree, `matches` asks it about facts, `render` writes it back,
`names` lists the facts it looks at. `sql.to_q` (the only part that knows Django) says the same in SQL.
"""

from gongdan.core.conditions.match import matches
from gongdan.core.conditions.render import render
from gongdan.core.conditions.text import parse
from gongdan.core.conditions.tree import (
    And,
    Condition,
    ConditionError,
    Literal,
    Not,
    Op,
    Or,
    Test,
    literals,
    names,
)

__all__ = [
    "And",
    "Condition",
    "ConditionError",
    "Literal",
    "Not",
    "Op",
    "Or",
    "Test",
    "literals",
    "matches",
    "names",
    "parse",
    "render",
]
