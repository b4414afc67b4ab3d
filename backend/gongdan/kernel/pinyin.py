"""Pinyin initials of Chinese text, for finding names and categories by two letters.

The dictionary is read on first use only, and without its table of phrases: 13 MB instead of 59 MB per process,
measured. Characters with several readings (银行: yh, yx) therefore give several spellings, the usual reading first.
"""

from __future__ import annotations

import itertools
import os
import unicodedata
from functools import lru_cache

READINGS = 3  # initials kept per character
SPELLINGS = 6  # spellings kept per text


def initials(text: str, *, longest: int = 40) -> tuple[str, ...]:
    """The spellings of `text` in small letters, the likeliest first; Latin letters and digits stand for themselves.

    "银行服务" gives ("yxfw", "yhfw"). Empty when nothing can be spelled. `longest` is in characters of the text.
    """
    letters = [
        readings for char in unicodedata.normalize("NFKC", text)[:longest] if (readings := _readings(char))
    ]
    if not letters:
        return ()
    # Choices beyond what is kept are never built: 2 ** 20 combinations would be.
    several = [place for place, readings in enumerate(letters) if len(readings) > 1][:4]
    usual = [readings[0] for readings in letters]
    spelled: list[tuple[int, str]] = []
    for choice in itertools.product(*(range(len(letters[place])) for place in several)):
        spelling = list(usual)
        for place, reading in zip(several, choice, strict=True):
            spelling[place] = letters[place][reading]
        spelled.append((sum(choice), "".join(spelling)))
    spelled.sort(key=lambda pair: pair[0])
    return tuple(dict.fromkeys(text for _, text in spelled))[:SPELLINGS]


def pairs(text: str, *, longest: int = 40) -> frozenset[str]:
    """Every two neighbouring initials in every reading ("yx", "yh", "xf", "hf", "fw"): what an index keeps."""
    letters = [
        readings for char in unicodedata.normalize("NFKC", text)[:longest] if (readings := _readings(char))
    ]
    return frozenset(a + b for one, two in itertools.pairwise(letters) for a in one for b in two)


@lru_cache(maxsize=8192)
def _readings(char: str) -> tuple[str, ...]:
    if char.isascii():
        return (char.lower(),) if char.isalnum() else ()
    if not _is_han(char):
        return ()
    found = _dictionary().get(ord(char), "")
    first = [_letter(reading) for reading in found.split(",") if reading]
    return tuple(dict.fromkeys(letter for letter in first if letter))[:READINGS]


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff" or char == "〇"


def _letter(reading: str) -> str:
    """The first letter without its tone mark: "ān" gives "a"."""
    plain = unicodedata.normalize("NFD", reading[:1]).lower()[:1]
    return plain if plain.isascii() and plain.isalpha() else ""


@lru_cache(maxsize=1)
def _dictionary() -> dict[int, str]:
    settings = {"PYPINYIN_NO_PHRASES": "true", "PYPINYIN_NO_DICT_COPY": "true"}
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    try:
        from pypinyin.pinyin_dict import pinyin_dict
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
    found: dict[int, str] = pinyin_dict
    return found
