"""One entry of `nodes:` to a Node."""

from __future__ import annotations

from collections.abc import Mapping

from gongdan.core.flow.definition import FieldMode, HandledBy, Node, Titles
from gongdan.core.flow.kinds import (
    DEFAULT_VERBS,
    HUMAN,
    KIND_TITLES,
    NOT_YET,
    OUTCOME_TITLES,
    OUTCOMES,
    OWN_OUTCOMES,
    VERBS,
    Kind,
)
from gongdan.core.flow.phrases import (
    CODE,
    PhraseError,
    read_agree,
    read_code,
    read_duration,
    read_handled_by,
    read_share,
    read_timeout,
)
from gongdan.core.flow.reading import Reader
from gongdan.core.flow.yaml_tree import Table, Text, Tree

COMMON = {"kind", "title"}
WORK = {"handled_by", "fields", "limit", "on_timeout", "verbs", "without", "reviewer"}
KEYS: Mapping[Kind, set[str]] = {
    Kind.START: COMMON | WORK | {"form", "outcomes"},
    Kind.TASK: COMMON | WORK | {"outcomes", "script"},
    Kind.APPROVAL: COMMON | WORK,
    Kind.COUNTERSIGN: COMMON | WORK | {"agree"},
    Kind.CALLBACK: COMMON | WORK | {"sample", "script", "tries", "retry_after"},
    Kind.DECISION: COMMON,
    Kind.SPLIT: COMMON,
    Kind.JOIN: COMMON | {"wait_for"},
    Kind.END: COMMON,
}
NODE_KEYS = tuple(sorted(set().union(*KEYS.values())))
WAITS = {"every branch that was started": "every", "the first branch": "first"}
DEFAULT_HANDLER = {Kind.START: HandledBy("opener"), Kind.CALLBACK: HandledBy("role", "callback_agent")}
MAX_TRIES = 20


def read_node(reader: Reader, code: str, parts: Mapping[str, Tree], line: int) -> Node | None:
    """The node, or None when not even its kind can be told."""
    place = f"node {code}"
    kind = _kind(reader, parts.get("kind"), place, line)
    if kind is None:
        return None
    for key in parts.keys() - KEYS[kind]:
        reader.find("key_of_other_kind", place, f"`{key}` means nothing at a {kind}", parts[key].line)
    limit, yellow = reader.limit(parts.get("limit"), place)
    outcomes, outcome_titles = _outcomes(reader, kind, parts.get("outcomes"), place)
    return Node(
        code=code,
        kind=kind,
        title=reader.titles(parts.get("title"), place) or KIND_TITLES[kind],
        handled_by=reader.phrase(parts.get("handled_by"), read_handled_by, place, DEFAULT_HANDLER.get(kind)),
        fields=_fields(reader, parts.get("fields"), place),
        outcomes=outcomes,
        outcome_titles=outcome_titles,
        verbs=_verbs(reader, kind, parts, place),
        limit=limit,
        yellow=yellow,
        on_timeout=_timeouts(reader, parts.get("on_timeout"), place),
        agree=reader.phrase(parts.get("agree"), read_agree, place, None),
        wait_for=_wait_for(reader, parts.get("wait_for"), place),
        sample=reader.phrase(parts.get("sample"), read_share, place, None),
        script=reader.phrase(parts.get("script"), read_code, place, None),
        form=reader.phrase(parts.get("form"), read_code, place, None),
        tries=reader.phrase(parts.get("tries"), _read_tries, place, 1),
        retry_after=reader.phrase(parts.get("retry_after"), read_duration, place, None),
        another_handler=reader.phrase(parts.get("reviewer"), _read_reviewer, place, False),
    )


def _timeouts(reader: Reader, tree: Tree | None, place: str) -> tuple[str, ...]:
    """What happens when the limit passes, as written; each phrase must be known."""
    words = reader.words(tree, place)
    for text in words:
        try:
            read_timeout(text)
        except PhraseError as error:
            reader.find("bad_phrase", place, str(error), tree.line if tree else None)
    return words


def _kind(reader: Reader, tree: Tree | None, place: str, line: int) -> Kind | None:
    text = reader.text(tree, place)
    if text is None:
        if tree is None:
            reader.find("missing", place, "`kind:` is missing", line)
        return None
    if text in NOT_YET:
        reader.find("not_supported_yet", place, f"nodes of kind {text} are not supported yet", line)
        return None
    if text not in list(Kind):
        hint = reader.meant(text, Kind) or f"; possible: {', '.join(Kind)}"
        reader.find("unknown_kind", place, f"there is no kind {text!r}{hint}", line)
        return None
    return Kind(text)


def _outcomes(
    reader: Reader, kind: Kind, tree: Tree | None, place: str
) -> tuple[tuple[str, ...], dict[str, Titles]]:
    if kind not in HUMAN:
        return (), {}
    if tree is None or kind not in OWN_OUTCOMES:
        codes = OUTCOMES[kind]
        return codes, {code: OUTCOME_TITLES[code] for code in codes}
    titles: dict[str, Titles] = {}
    if isinstance(tree, Table):
        for key, value in tree.items:
            titles[key.value] = reader.titles(value, place) or {}
    else:
        titles = {code: {} for code in reader.words(tree, place)}
    if not titles:
        reader.find("bad_shape", place, "at least one outcome is needed", tree.line)
    for code in titles:
        if not CODE.fullmatch(code):
            reader.find("bad_code", place, f"outcome {code!r} is not a code", tree.line)
        titles[code] = titles[code] or OUTCOME_TITLES.get(code) or {"en": code.replace("_", " ")}
    return tuple(titles), titles


def _fields(reader: Reader, tree: Tree | None, place: str) -> dict[str, FieldMode]:
    fields: dict[str, FieldMode] = {}
    for key, value in reader.pairs(tree, place):
        mode = value.value if isinstance(value, Text) else ""
        if not CODE.fullmatch(key.value):
            reader.find("bad_code", place, f"field {key.value!r} is not a code", key.line)
        elif mode not in list(FieldMode):
            reader.find(
                "bad_field_mode", place, f"field {key.value} is one of {', '.join(FieldMode)}", key.line
            )
        else:
            fields[key.value] = FieldMode(mode)
    return fields


def _verbs(reader: Reader, kind: Kind, parts: Mapping[str, Tree], place: str) -> frozenset[str] | None:
    """`verbs` replaces the list of the kind, `without` takes away from it."""
    said = reader.words(parts.get("verbs"), place)
    without = reader.words(parts.get("without"), place)
    for verb in (*said, *without):
        if verb not in VERBS:
            line = parts["verbs" if verb in said else "without"].line
            reader.find("unknown_verb", place, f"there is no verb {verb!r}{reader.meant(verb, VERBS)}", line)
    if not said and not without:
        return None
    return (frozenset(said) or DEFAULT_VERBS[kind]) - frozenset(without)


def _wait_for(reader: Reader, tree: Tree | None, place: str) -> str:
    return reader.phrase(tree, _read_wait_for, place, "every")


def _read_wait_for(text: str) -> str:
    words = " ".join(text.split())
    if words not in WAITS:
        raise PhraseError(f"a join waits for {' or for '.join(WAITS)}")
    return WAITS[words]


def _read_tries(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:4]) <= MAX_TRIES:
        raise PhraseError(f"tries is a number from 1 to {MAX_TRIES}")
    return int(text)


def _read_reviewer(text: str) -> bool:
    if text != "another":
        raise PhraseError("reviewer can only be: another")
    return True
