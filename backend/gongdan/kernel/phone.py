"""Telephone numbers, pure: any way people write them to E.164, extension and digits; and how they are masked.

`parse_number` never raises. What it answers is stable: parsing `display`, or `rfc3966`, gives the same number again.
Knows full-width digits, 0086 and carrier prefixes, 转/分机/ext./x/# extensions with letters, a third "-" group as
extension, short service numbers (95598, 12345), and lists such as "010-12345678/79、13800138000".
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumberFormat

LONGEST = 100  # characters looked at; the rest of a longer text is ignored
SHORT_DIGITS = 6  # national numbers up to this length are service numbers without E.164
EXTENSION_LETTERS = 16

_EXTENSION = re.compile(
    r"^(?P<main>.*?)\s*(?:转分机|转|轉|分机号?|分機號?|内线|內線|;\s*ext=|[,;]?\s*\bextension|[,;]?\s*\bext\b|[,;]?\s*ext(?=[\s.:\d])"
    r"|(?<=[\d)\s])x(?=\s*\d)|#|,)\s*(?:号|號)?[\s.:]*(?P<extension>[0-9A-Za-z]{1,16})\s*$",
    re.IGNORECASE,
)
_DASHED = re.compile(r"^(?P<main>.*\d.*?)\s*-\s*(?P<extension>\d{1,6})$")
_CN_MOBILE = re.compile(r"^(?:\+86|0086|86)?0?(1[3-9]\d{9})$")
_LOCAL = re.compile(r"^[2-9]\d{6,7}$")
_SEPARATORS = re.compile(r"[/、;|\n\\]|(?<=\d)\s*,\s*(?=\+?\d{7,})|或")
_NOISE = re.compile(r"\D")


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """`e164` like +8613800138000, or None for short, local and unusable numbers. `digits` are the E.164 digits, or
    those written, without the extension ("" when there is no number). `region` is the one it was read in."""

    e164: str | None
    extension: str
    digits: str
    region: str

    @property
    def display(self) -> str:
        """For people: national form for the own region, international otherwise; 转 before the extension."""
        main = _written(self.e164, self.region) if self.e164 else self.digits
        return f"{main}转{self.extension}" if main and self.extension else main

    @property
    def rfc3966(self) -> str:
        """For machines and storage: `+861012345678;ext=801`, or the bare digits of a short number."""
        main = self.e164 or self.digits
        return f"{main};ext={self.extension}" if main and self.extension else main

    @property
    def national(self) -> str:
        """The digits without the country's code; a short or local number as it is."""
        if self.e164 is None:
            return self.digits
        return phonenumbers.national_significant_number(phonenumbers.parse(self.e164))

    @property
    def local(self) -> str:
        """A landline without its area code, as neighbours dial it; "" for mobiles and numbers without E.164."""
        if self.e164 is None:
            return ""
        area = phonenumbers.length_of_geographical_area_code(phonenumbers.parse(self.e164))
        return self.national[area:] if area else ""

    @property
    def callable(self) -> bool:
        """Whether there is anything to call at all (three digits or more)."""
        return len(self.digits) >= 3


@lru_cache(maxsize=4096)
def parse_number(text: str, region: str = "CN") -> PhoneNumber:
    """One number in any form. `region` is an ISO country code ("CN"). Withheld or unusable text gives digits ""."""
    plain = _plain(text)
    main, extension = _split_extension(plain, region)
    e164 = _e164(main, region)
    if e164 is not None:
        return PhoneNumber(e164, extension, e164[1:], region)
    digits = _short(main, region)
    return PhoneNumber(None, extension if digits else "", digits, region)


def parse_numbers(text: str, region: str = "CN") -> tuple[PhoneNumber, ...]:
    """Every number of a list ("/", "、", ";", "或", line breaks), each once, in order.

    A piece that only replaces last digits ("010-12345678/79") or leaves out the area code takes the rest from the
    number before it.
    """
    found: list[PhoneNumber] = []
    for piece in _SEPARATORS.split(_plain(text)):
        number = parse_number(piece, region)
        if not number.callable and not (number.digits and found):
            continue
        completed = _completed(number, found[-1]) if found else number
        if completed.callable and completed not in found:
            found.append(completed)
    return tuple(found)


def mask(text: str, region: str = "CN") -> str:
    """`138****8000` for 13800138000 in any form; four digits of a landline stay, none of an extension does."""
    number = parse_number(text, region)
    foreign = number.e164 is not None and not _at_home(number.e164, region)
    digits = number.national if foreign else re.sub(r"\D", "", number.display.partition("转")[0])
    prefix = f"+{number.digits[: -len(digits)]} " if foreign else ""
    kept = _kept(len(digits))
    return f"{prefix}{digits[: kept[0]]}****{digits[len(digits) - kept[1] :]}" if digits else "****"


def _kept(length: int) -> tuple[int, int]:
    if length >= 10:
        return 3, 4
    return (2, 2) if length >= 7 else (1, 0)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text[:LONGEST])
    folded = "".join("-" if unicodedata.category(char) == "Pd" else char for char in folded)
    folded = "".join(_ascii_digit(char) for char in folded).strip()
    folded = re.sub(r"^(?:tel|sips?|callto):(?://)?", "", folded, flags=re.IGNORECASE)
    return folded.split("@", 1)[0]


def _ascii_digit(char: str) -> str:
    value = unicodedata.decimal(char, None)
    return char if value is None else str(value)


def _split_extension(text: str, region: str) -> tuple[str, str]:
    named = _EXTENSION.match(text)
    if named and re.search(r"\d", named["main"]):
        return named["main"], named["extension"].upper()
    dashed = _DASHED.match(text)
    if dashed and _e164(text, region) is None and _stands_alone(dashed["main"], region):
        return dashed["main"], dashed["extension"]
    return text, ""


def _stands_alone(main: str, region: str) -> bool:
    """Whether what is before a last "-123" is a whole number by itself, so that the rest must be an extension."""
    if _e164(main, region) is not None:
        return True
    return bool(_LOCAL.match(_NOISE.sub("", main)))


@lru_cache(maxsize=1024)
def _e164(main: str, region: str) -> str | None:
    written = _compact(main)
    mobile = _CN_MOBILE.match(written) if region == "CN" or written.startswith(("+86", "0086")) else None
    if mobile:
        return f"+86{mobile[1]}"
    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return None
    return _usable(number, written, region)


def _compact(main: str) -> str:
    """Digits, with the plus sign if one stands before them. Letters are words around a number here, never its keys."""
    digits = _NOISE.sub("", main)
    return f"+{digits}" if re.match(r"\D*\+[\s(]*\d", main) else digits


def _usable(number: phonenumbers.PhoneNumber, written: str, region: str) -> str | None:
    formatted = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    if _at_home(formatted, region) and len(str(number.national_number)) <= SHORT_DIGITS:
        return None
    if phonenumbers.is_valid_number(number):
        return formatted
    # A new range that the metadata does not know yet: believed when the country was written out.
    with_country = written.startswith("+") and phonenumbers.is_possible_number(number)
    return formatted if with_country and _same_again(formatted, region) else None


def _same_again(formatted: str, region: str) -> bool:
    try:
        again = phonenumbers.parse(formatted, region)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.format_number(again, PhoneNumberFormat.E164) == formatted


def _at_home(e164: str, region: str) -> bool:
    return e164.startswith(f"+{phonenumbers.country_code_for_region(region)}")


def _short(main: str, region: str) -> str:
    """The digits of what has no E.164; a country's code before a short number is dropped."""
    written = _compact(main)
    digits = written.removeprefix("+")
    if not written.startswith(("+", "00")):
        return digits
    home = str(phonenumbers.country_code_for_region(region))
    rest = digits.lstrip("0").removeprefix(home)
    return rest if 3 <= len(rest) <= SHORT_DIGITS else digits


def _written(e164: str, region: str) -> str:
    number = phonenumbers.parse(e164, region)
    if _at_home(e164, region):
        national = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
        if _e164(national, region) == e164:
            return national
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)


def _completed(number: PhoneNumber, before: PhoneNumber) -> PhoneNumber:
    length = len(number.digits)
    if before.extension and number.e164 is None and length == len(before.extension):
        return PhoneNumber(before.e164, number.digits, before.digits, before.region)
    known = before.e164 or before.digits
    if number.e164 is not None or length not in (1, 2, 4, 7, 8) or len(before.national) <= length:
        return number
    candidate = parse_number(known[:-length] + number.digits, number.region)
    if (candidate.e164 is None) != (before.e164 is None):
        return number
    return PhoneNumber(candidate.e164, number.extension, candidate.digits, number.region)
