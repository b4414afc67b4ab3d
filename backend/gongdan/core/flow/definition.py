"""What a flow is: frozen values, made once by `document.parse` or `stored.from_json`, shared by every ticket.

Nothing here reads a file, a clock or a table. Titles are {locale: text} with the locales zh-Hans, en, zh-Hant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from gongdan.core.calendar.duration import Duration
from gongdan.core.conditions import Condition, render
from gongdan.core.flow.kinds import (
    AUTOMATIC,
    DEFAULT_VERBS,
    HUMAN,
    RESTS,
    Kind,
)

__all__ = [
    "AUTOMATIC",
    "DEFAULT_VERBS",
    "HUMAN",
    "RESTS",
    "Definition",
    "Duration",
    "Edge",
    "FieldMode",
    "Finding",
    "HandledBy",
    "Kind",
    "Node",
    "Titles",
    "allowed_verbs",
]

Titles = Mapping[str, str]


class FieldMode(StrEnum):
    HIDDEN = "hidden"
    READ = "read"
    OPTIONAL = "optional"
    REQUIRED = "required"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with a definition. `place` is "flow", "node verify" or "edge a -> b"; `line` counts from 1."""

    code: str
    place: str
    message: str
    line: int | None = None

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}" if self.line else f"{self.place}: {self.message}"


@dataclass(frozen=True, slots=True)
class HandledBy:
    """Who does the work at a node.

    `kind`: category_department, opener_department, department, category_head, opener_head, department_head, team,
    role, handler_of, field, opener.
    `code` is the department's, team's, role's, node's or field's code; empty where the kind needs none.
    `role` narrows a department or team to the people with that role ("role supervisor in department of category").
    """

    kind: str
    code: str = ""
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """One station of the flow. What a kind does not use stays at its default."""

    code: str
    kind: Kind
    title: Titles
    handled_by: HandledBy | None = None
    fields: Mapping[str, FieldMode] = field(default_factory=dict)
    outcomes: tuple[str, ...] = ()
    outcome_titles: Mapping[str, Titles] = field(default_factory=dict)
    verbs: frozenset[str] | None = None
    limit: Duration | None = None
    yellow: Duration | None = None
    on_timeout: tuple[str, ...] = ()
    agree: tuple[int, int] | None = None
    wait_for: str = "every"
    sample: float | None = None
    script: str | None = None
    form: str | None = None
    tries: int = 1
    retry_after: Duration | None = None
    another_handler: bool = False

    @property
    def is_human(self) -> bool:
        return self.kind in HUMAN


@dataclass(frozen=True, slots=True)
class Edge:
    """A way from one node to another.

    `condition` None and `otherwise` False: the only way. `another_handler`: whoever had the target before
    must not get it again. `because` is the reason as text, for the track.
    """

    source: str
    target: str
    condition: Condition | None = None
    otherwise: bool = False
    another_handler: bool = False
    because: str = field(init=False, compare=False, default="")

    def __post_init__(self) -> None:
        because = "otherwise" if self.otherwise else "always"
        if self.condition is not None:
            because = render(self.condition)
        object.__setattr__(self, "because", because)

    @property
    def place(self) -> str:
        return f"edge {self.source} -> {self.target}"


@dataclass(frozen=True, slots=True)
class Definition:
    """A whole flow. Equal when all it says is equal."""

    code: str
    title: Titles
    limit: Duration | None
    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]
    start: str
    yellow: Duration | None = None
    _out: Mapping[str, tuple[Edge, ...]] = field(init=False, compare=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        out: dict[str, tuple[Edge, ...]] = {}
        for edge in self.edges:
            out[edge.source] = (*out.get(edge.source, ()), edge)
        object.__setattr__(self, "_out", out)

    def edges_from(self, code: str) -> tuple[Edge, ...]:
        """The ways out of a node, in the order they are tried."""
        return self._out.get(code, ())

    def node(self, code: str) -> Node:
        """The node called `code`; KeyError when there is none."""
        return self.nodes[code]


def allowed_verbs(node: Node) -> frozenset[str]:
    """What may be done to a ticket that rests at `node`: its own list, or the one of its kind."""
    return node.verbs if node.verbs is not None else DEFAULT_VERBS[node.kind]
