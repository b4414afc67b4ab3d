"""What is dialled for what somebody typed or clicked. Pure."""

from __future__ import annotations

import re

import phonenumbers

from gongdan.kernel.phone import parse_number

MASKED = "****"
_SHORT = re.compile(r"[0-9A-Za-z*#]{1,10}")


def dialable(text: str, region: str = "CN") -> str:
    """Digits as one dials them from `region`: an extension or feature code as it is, a number of the own country in
    its national form, another with the international prefix. "" when there is nothing to dial, as in a masked number."""
    plain = text.strip()
    if MASKED in plain:
        return ""
    number = parse_number(plain, region)
    if number.e164 is None:
        return plain.upper() if _SHORT.fullmatch(plain) else number.digits if number.callable else ""
    parsed = phonenumbers.parse(number.e164)
    written = phonenumbers.format_out_of_country_calling_number(parsed, region)
    return re.sub(r"\D", "", written)
