"""What an interceptor answers, read strictly: allow, refuse with a sentence, or change within what it may. Pure.

    {"decision": "allow"}
    {"decision": "refuse", "sentence": "…"}
    {"decision": "change", "changes": {"priority": 3, "fields": {"code": 1}}, "sentence": "…"}

Names that are not known here are passed over, so that answers may grow.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec

from gongdan.kernel.errors import Invalid
from gongdan.kernel.text import unusable_text
from gongdan.modules.interception import verbs
from gongdan.web.text import require_usable

LONGEST_SENTENCE = 500
Said = Literal["allow", "refuse", "change"]


class Nonsense(Exception):
    """An answer that cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`changes` are flat: an argument's name, or fields.<code>, to its new value."""

    decision: Said
    sentence: str = ""
    changes: Mapping[str, Any] = field(default_factory=dict)


def read(raw: bytes) -> Answer:
    """The answer in a body. Raises Nonsense."""
    try:
        value = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Nonsense("the answer is not JSON in UTF-8") from None
    if value is None:  # only a function may say nothing: a receiver that does has no answer
        raise Nonsense("the answer is no object")
    return understood(value)


def understood(value: object) -> Answer:
    """The answer a JSON value means; None means allow. Raises Nonsense."""
    if value is None:
        return Answer("allow")
    if not isinstance(value, dict):
        raise Nonsense("the answer is no object")
    match value.get("decision"):
        case "allow":
            return Answer("allow", _sentence(value))
        case "refuse":
            return Answer("refuse", _sentence(value))
        case "change":
            return Answer("change", _sentence(value), _flat(value.get("changes")))
        case other:
            raise Nonsense(f"the decision is {_shown(other)}, not allow, refuse or change")


def _shown(value: object) -> str:
    return repr(value)[:60] if isinstance(value, str) and not unusable_text(value) else "not given as text"


def _sentence(value: Mapping[str, Any]) -> str:
    sentence = value.get("sentence", "")
    if not isinstance(sentence, str):
        raise Nonsense("the sentence is no text")
    clean = "".join(one for one in sentence if not unusable_text(one)).strip()
    return clean if len(clean) <= LONGEST_SENTENCE else clean[: LONGEST_SENTENCE - 1] + "…"


def _flat(changes: object) -> Mapping[str, Any]:
    if not isinstance(changes, dict) or not changes:
        raise Nonsense("the changes are no object, or there are none")
    try:
        require_usable(changes)
    except Invalid:
        raise Nonsense("the changes hold a character that cannot be stored") from None
    flat = {name: value for name, value in changes.items() if name != verbs.FIELDS}
    own = changes.get(verbs.FIELDS, {})
    if not isinstance(own, dict):
        raise Nonsense("the changed fields are no object")
    return flat | {f"{verbs.FIELDS}.{code}": value for code, value in own.items()}


def changed(
    verb: str, args: Mapping[str, Any], changes: Mapping[str, Any], may_change: Collection[str]
) -> dict[str, Any]:
    """`args` with the changes. Raises Nonsense for what may not be changed, and for what the verb does not take."""
    for name in changes:
        if name not in may_change:
            raise Nonsense(f"it may not change {name[:80]}")
        if not verbs.is_argument(verb, name):
            raise Nonsense(f"the verb {verb} takes no {name[:80]}")
    made = dict(args)
    own = dict(made.get(verbs.FIELDS) or {})
    for name, value in changes.items():
        whole, _, code = name.partition(".")
        if whole == verbs.FIELDS:
            own[code] = value
        else:
            made[name] = value
    if own:
        made[verbs.FIELDS] = own
    _require_fitting(verb, made, changes)
    return made


def _require_fitting(verb: str, made: dict[str, Any], changes: Mapping[str, Any]) -> None:
    """Only what was changed is blamed on the interceptor."""
    touched = {name.partition(".")[0] for name in changes}
    for wrong in verbs.mistakes(verb, made):
        if wrong.place[0] in touched:
            raise Nonsense(f"it changed {'.'.join(wrong.place)[:80]} wrongly: {wrong.words}")
