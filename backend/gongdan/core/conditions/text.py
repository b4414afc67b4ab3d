"""From text to tree: `kind is complaint and (amount over 0 or subject contains "宽带")`.

`not` binds tightest, then `and`, then `or`. A bare word after a comparison is text; numbers and
ISO dates are themselves; anything else is quoted. `is not`, `not in`, `does not contain` are short
for `not (…)`. `outcome of verify` is the fact `verify.outcome`.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from gongdan.core.conditions.tree import (
    And,
    Condition,
    ConditionError,
    Literal,
    Not,
    Op,
    Or,
    Test,
    number_text,
)
from gongdan.core.conditions.words import KEYWORDS, Word, cut

MAX_DEPTH = 40
ORDERS = {("over",): Op.OVER, ("under",): Op.UNDER, ("at", "least"): Op.AT_LEAST, ("at", "most"): Op.AT_MOST}


def parse(text: str) -> Condition:
    """The condition `text` says. ConditionError, with the position, when it says none."""
    reader = _Reader(cut(text), len(text))
    condition = reader.any_of(0)
    if reader.here is not None:
        raise reader.error(
            "unexpected", f"{reader.here.text!r} is not expected here; is an `and` or `or` missing?"
        )
    return condition


class _Reader:
    """Recursive descent over the words; every method leaves `here` at the first word it did not use."""

    def __init__(self, words: list[Word], length: int) -> None:
        self.words = words
        self.length = length
        self.at = 0

    @property
    def here(self) -> Word | None:
        return self.words[self.at] if self.at < len(self.words) else None

    def error(self, code: str, message: str) -> ConditionError:
        return ConditionError(code, message, self.here.position if self.here else self.length)

    def take(self, *expected: str) -> bool:
        """Use the next words when they are exactly `expected` keywords or marks."""
        ahead = self.words[self.at : self.at + len(expected)]
        if tuple(word.text if word.kind != "value" else "" for word in ahead) != expected:
            return False
        self.at += len(expected)
        return True

    def any_of(self, depth: int) -> Condition:
        parts = [self.all_of(depth)]
        while self.take("or"):
            parts.append(self.all_of(depth))
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def all_of(self, depth: int) -> Condition:
        parts = [self.one(depth)]
        while self.take("and"):
            parts.append(self.one(depth))
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def one(self, depth: int) -> Condition:
        if depth > MAX_DEPTH:
            raise self.error("too_deep", f"brackets and `not` nest at most {MAX_DEPTH} deep")
        if self.take("not"):
            return Not(self.one(depth + 1))
        if self.take("("):
            inside = self.any_of(depth + 1)
            if not self.take(")"):
                raise self.error("open_bracket", "a closing bracket is missing")
            return inside
        return self.test()

    def test(self) -> Condition:
        name = self.name()
        said_is = self.take("is")
        if said_is and self.take("empty"):
            return Test(name, Op.EMPTY)
        if said_is and self.take("not", "empty"):
            return Not(Test(name, Op.EMPTY))
        if self.take("not", "in"):
            return Not(Test(name, Op.IN, self.listed()))
        if self.take("in"):
            return Test(name, Op.IN, self.listed())
        if self.take("between"):
            return self.between(name)
        for words, op in ORDERS.items():
            if self.take(*words):
                return Test(name, op, (self.ordered(),))
        if said_is and self.take("not"):
            return Not(Test(name, Op.IS, (self.value(),)))
        if said_is:
            return Test(name, Op.IS, (self.value(),))
        return self.text_test(name)

    def text_test(self, name: str) -> Condition:
        if self.take("contains"):
            return Test(name, Op.CONTAINS, (self.words_of(),))
        if self.take("does", "not", "contain"):
            return Not(Test(name, Op.CONTAINS, (self.words_of(),)))
        if self.take("starts", "with"):
            return Test(name, Op.STARTS, (self.words_of(),))
        raise self.error(
            "no_comparison",
            f"say what {name!r} should be: is, in, over, under, at least, at most, between, contains",
        )

    def name(self) -> str:
        first = self.bare("a fact's name")
        return f"{self.bare('a name after `of`')}.{first}" if self.take("of") else first

    def bare(self, wanted: str) -> str:
        word = self.here
        if word is None or word.kind != "word" or word.text in KEYWORDS:
            raise self.error("no_name", f"{wanted} is expected here")
        self.at += 1
        return word.text

    def value(self) -> Literal:
        word = self.here
        if word is None or word.kind == "mark":
            raise self.error("no_value", "a value is expected here")
        if word.kind == "value":
            self.at += 1
            return word.value
        if word.text in ("true", "false"):
            self.at += 1
            return word.text == "true"
        if word.text in KEYWORDS:
            raise self.error(
                "no_value", f"a value is expected here; quote {word.text!r} if you mean the word"
            )
        self.at += 1
        return word.text

    def words_of(self) -> str:
        value = self.value()
        if isinstance(value, str):
            return value
        if isinstance(value, Decimal):
            return number_text(value)
        return str(value).lower()

    def ordered(self) -> Literal:
        at = self.at
        value = self.value()
        if isinstance(value, (Decimal, date)):
            return value
        # The order of words depends on the language they are sorted in, so text has none here.
        self.at = at
        raise self.error("no_order", "a number or a date is expected here")

    def between(self, name: str) -> Condition:
        low = self.ordered()
        if not self.take("and"):
            raise self.error("no_value", "`between` needs two values: between 1 and 5")
        at = self.at
        high = self.ordered()
        if type(low) is not type(high):
            self.at = at
            raise self.error("no_order", "both ends of `between` are numbers, or both are dates")
        return Test(name, Op.BETWEEN, (low, high))

    def listed(self) -> tuple[Literal, ...]:
        if not self.take("("):
            raise self.error("no_value", "a list in brackets is expected here: in (gold, vip)")
        values = [self.value()]
        while self.take(","):
            values.append(self.value())
        if not self.take(")"):
            raise self.error("open_bracket", "a closing bracket is missing")
        return tuple(values)
