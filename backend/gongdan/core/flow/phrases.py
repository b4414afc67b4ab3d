"""The short sentences inside a flow document: durations, who handles a node, n of m, shares.

Each reader takes text and gives a value, or raises PhraseError with one sentence that says what is possible.
`write_*` gives the text back that its reader reads.
"""

from __future__ import annotations

import re

from gongdan.core.calendar import duration
from gongdan.core.calendar.duration import Duration
from gongdan.core.flow.definition import HandledBy

CODE = re.compile(r"[a-z][a-z0-9_]{0,63}")
AGREE = re.compile(r"(\d{1,3}) of (\d{1,3})")
SHARE = re.compile(r"(\d{1,3}(?:\.\d{1,4})?) ?%")

HANDLERS = (
    "department of category, department of opener, department <code>, team <code>, role <code>, "
    "role <code> in <department or team>, head of department of category, head of department of opener, "
    "head of department <code>, handler of <node>, field <name>, opener"
)


class PhraseError(ValueError):
    """The text is not such a phrase."""


def read_code(text: str) -> str:
    """A code: lower-case Latin letters, digits and underscores; spaces are read as underscores."""
    code = "_".join(text.split())
    if not CODE.fullmatch(code):
        raise PhraseError(
            f"{text!r} is not a code: use lower-case letters, digits and _, beginning with a letter"
        )
    return code


def read_duration(text: str) -> Duration:
    """`4 working hours`, `1 day`, `30 minutes`; a trailing `before` is allowed for card times."""
    try:
        return duration.read_duration(text)
    except ValueError as error:
        raise PhraseError(str(error)) from None


def read_agree(text: str) -> tuple[int, int]:
    """`2 of 3`."""
    match = AGREE.fullmatch(" ".join(text.split()))
    if match is None or not 1 <= int(match[1]) <= int(match[2]):
        raise PhraseError(f"{text!r} is not a majority: say 2 of 3, the first number not above the second")
    return int(match[1]), int(match[2])


def read_share(text: str) -> float:
    """`30 %` as 0.3; also always (1) and never (0)."""
    word = " ".join(text.split())
    if word in ("always", "never"):
        return 1.0 if word == "always" else 0.0
    match = SHARE.fullmatch(word)
    if match is None or float(match[1]) > 100:
        raise PhraseError(f"{text!r} is not a share: say 30 %, always or never")
    return round(float(match[1]) / 100, 6)


def read_handled_by(text: str) -> HandledBy:
    """Who handles a node, as HANDLERS lists."""
    words = text.split()
    if words[:1] == ["role"] and "in" in words:
        at = words.index("in")
        place = _who(" ".join(words[at + 1 :]))
        if place is None or place.kind not in (
            "department",
            "category_department",
            "opener_department",
            "team",
        ):
            raise PhraseError(
                "after `in` a department or team is expected: role supervisor in department of category"
            )
        return HandledBy(place.kind, place.code, read_code(" ".join(words[1:at])))
    found = _who(" ".join(words))
    if found is None:
        raise PhraseError(f"{text!r} names nobody: say one of {HANDLERS}")
    return found


def _who(text: str) -> HandledBy | None:
    fixed = {
        "department of category": "category_department",
        "department of opener": "opener_department",
        "head of department of category": "category_head",
        "head of department of opener": "opener_head",
        "opener": "opener",
    }
    if text in fixed:
        return HandledBy(fixed[text])
    prefixes = (
        ("handler of ", "handler_of"),
        ("head of department ", "department_head"),
        ("department ", "department"),
        ("team ", "team"),
    )
    for phrase, kind in prefixes:
        if text.startswith(phrase):
            return HandledBy(kind, read_code(text.removeprefix(phrase)))
    for kind in ("role", "field"):
        if text.startswith(f"{kind} "):
            return HandledBy(kind, read_code(text.removeprefix(f"{kind} ")))
    return None


def write_handled_by(who: HandledBy) -> str:
    """The phrase that `read_handled_by` reads as `who`."""
    fixed = {
        "category_department": "department of category",
        "opener_department": "department of opener",
        "category_head": "head of department of category",
        "opener_head": "head of department of opener",
        "department_head": f"head of department {who.code}",
        "opener": "opener",
        "handler_of": f"handler of {who.code}",
    }
    text = fixed.get(who.kind, f"{who.kind} {who.code}")
    return f"role {who.role} in {text}" if who.role else text


TIMEOUTS = {
    "red card": ("red_card", ""),
    "raise priority": ("raise_priority", ""),
    "hand to head of department": ("hand_to_head", ""),
    "hand to next level": ("hand_up", ""),
    "urge": ("urge", ""),
    "supervise": ("supervise", ""),
    "circulate": ("circulate", ""),
    "notify handler": ("notify", "handler"),
    "notify head of department": ("notify", "head"),
    "notify next level": ("notify", "next_level"),
    "notify opener": ("notify", "opener"),
}


def read_timeout(text: str) -> tuple[str, str]:
    """What happens when a limit passes, as (what, whom): `notify head of department`, `notify role supervisor`, …"""
    words = " ".join(text.split())
    if words in TIMEOUTS:
        return TIMEOUTS[words]
    if words.startswith("notify role "):
        return "notify", f"role:{read_code(words.removeprefix('notify role '))}"
    raise PhraseError(f"{text!r} is not known: say {', '.join(TIMEOUTS)} or notify role <code>")
