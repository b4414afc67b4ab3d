"""Cutting condition text into words, numbers, dates, quoted text and punctuation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongdan.core.conditions.tree import ConditionError, Literal

MAX_TEXT = 4_000

# fmt: off
KEYWORDS = frozenset((
    "and", "or", "not", "is", "in", "of", "empty", "true", "false",
    "over", "under", "at", "least", "most", "between", "contains", "contain", "does", "starts", "with",
))
# fmt: on

# Quotes as people type them: straight, curly and Chinese corner brackets, each with its own closing mark.
QUOTES = {'"': '"', "'": "'", "“": "”", "‘": "’", "「": "」"}

# Full-width brackets and commas come out of a Chinese keyboard; they mean the same.
PUNCTUATION = {"(": "(", ")": ")", ",": ",", "（": "(", "）": ")", "，": ",", "、": ","}

SPACE = re.compile(r"\s+")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?![\w-])", re.ASCII)
NUMBER = re.compile(r"-?\d{1,30}(?:\.\d{1,30})?(?![\w.])", re.ASCII)
WORD = re.compile(r"[^\W\d][\w-]*(?:\.[^\W\d][\w-]*)?")


@dataclass(frozen=True, slots=True)
class Word:
    """`kind` is word, value or mark; `text` what was written; `value` set for a value."""

    kind: str
    text: str
    position: int
    value: Literal = ""


def cut(text: str) -> list[Word]:
    """The words of `text`. ConditionError: too_long, bad_character, open_quote, bad_date."""
    if len(text) > MAX_TEXT:
        raise ConditionError("too_long", f"a condition has at most {MAX_TEXT} characters", MAX_TEXT)
    _refuse_unstorable(text)
    found: list[Word] = []
    at = 0
    while at < len(text):
        if space := SPACE.match(text, at):
            at = space.end()
            continue
        word, at = _next(text, at)
        found.append(word)
    return found


def _refuse_unstorable(text: str) -> None:
    # PostgreSQL stores neither NUL nor half a surrogate pair, so no fact can ever hold one.
    for at, char in enumerate(text):
        if char == "\0" or "\ud800" <= char <= "\udfff":
            raise ConditionError("bad_character", "this character cannot be used", at)


def _next(text: str, at: int) -> tuple[Word, int]:
    char = text[at]
    if char in PUNCTUATION:
        return Word("mark", PUNCTUATION[char], at), at + 1
    if char in QUOTES:
        return _quoted(text, at)
    if match := DATE.match(text, at):
        return Word("value", match[0], at, _date(match[0], at)), match.end()
    if match := NUMBER.match(text, at):
        return Word("value", match[0], at, Decimal(match[0])), match.end()
    if match := WORD.match(text, at):
        return Word("word", match[0], at), match.end()
    raise ConditionError(
        "bad_character", f"{char!r} is not understood here; quote text that is not a word", at
    )


def _date(text: str, at: int) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ConditionError("bad_date", f"{text} is not a day of the calendar", at) from None


def _quoted(text: str, start: int) -> tuple[Word, int]:
    closing = QUOTES[text[start]]
    out: list[str] = []
    at = start + 1
    while at < len(text):
        char = text[at]
        if char == closing:
            value = "".join(out)
            return Word("value", text[start : at + 1], start, value), at + 1
        if char == "\\" and at + 1 < len(text):
            at += 1
            char = text[at]
        out.append(char)
        at += 1
    raise ConditionError("open_quote", f"the quoted text that begins here has no closing {closing}", start)
