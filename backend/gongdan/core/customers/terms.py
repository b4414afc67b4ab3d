"""How a name is kept for searching, and what a search asks for. Pure.

Kept per customer: `folded` (the name for comparing), `initials` (its pinyin spellings) and `search_terms`, which an
index holds: every two neighbouring characters, "^" and the first one, "~" and every two neighbouring initials, "~^"
and the first initial. Two characters are therefore always found by the index, and one character as the beginning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongdan.kernel.phone import parse_number, parse_numbers
from gongdan.kernel.pinyin import initials, pairs
from gongdan.kernel.text import bigrams, fold

FEWEST_DIGITS = 4  # last digits of a number are looked for from here on
_NUMBER = re.compile(r"[\d\s()+.\-/#*,;:转分机号轉extEXT]+")
_LETTERS = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Kept:
    """The three columns a name is searched by."""

    folded: str
    initials: str
    terms: list[str]


@dataclass(frozen=True, slots=True)
class Sought:
    """What to look for; empty parts are not looked for. `digits` are last digits, `e164` a whole
    number and `local` the same without its area code."""

    text: str
    folded: str = ""
    name_terms: tuple[str, ...] = ()
    initials: str = ""
    initial_terms: tuple[str, ...] = ()
    digits: str = ""
    e164: str | None = None
    local: str = ""


def kept_of(name: str) -> Kept:
    """What is kept of a name, at its creation and whenever it changes."""
    folded = fold(name)
    spellings = initials(folded)
    terms = set(bigrams(folded)) | {f"~{pair}" for pair in pairs(folded)}
    terms |= {f"^{folded[:1]}"} if folded else set()
    terms |= {f"~^{spelling[:1]}" for spelling in spellings}
    return Kept(folded, " ".join(spellings), sorted(terms))


def sought(text: str, region: str) -> Sought:
    """What a line typed into the search box asks for."""
    words = text.strip()[:100]
    folded = fold(words)
    digits, e164, local = _number(words, region)
    spelled = folded if _LETTERS.fullmatch(folded) else ""
    return Sought(
        text=words,
        folded=folded,
        name_terms=tuple(sorted(bigrams(folded))) or ((f"^{folded}",) if folded else ()),
        initials=spelled,
        initial_terms=tuple(sorted(f"~{pair}" for pair in bigrams(spelled)))
        or ((f"~^{spelled}",) if spelled else ()),
        digits=digits,
        e164=e164,
        local=local,
    )


def _number(words: str, region: str) -> tuple[str, str | None, str]:
    """Digits to look for, the whole number and its local part. A whole number counts with words around it and as the
    first of a list; a part of one only when nothing else was typed."""
    number = parse_number(words, region) if _NUMBER.fullmatch(words) else None
    if number is None or number.e164 is None:
        number = next((one for one in parse_numbers(words, region) if one.e164), number)
    if number is None or (number.e164 is None and len(number.digits) < FEWEST_DIGITS):
        return "", None, ""
    return number.digits, number.e164, number.local
