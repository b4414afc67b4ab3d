"""Who speaks this time: their number as it is kept in the ticket."""

from __future__ import annotations

from django.conf import settings

from gongdan.core.customers.phone import parse_number


def normalised_phone(text: str) -> str:
    """E.164 with ";ext=" when there is an extension; what is no number is kept as it was said (40 characters)."""
    if not text:
        return ""
    number = parse_number(text, settings.DEFAULT_REGION)
    if number.e164 is None:
        return text[:40]
    return f"{number.e164};ext={number.extension}" if number.extension else number.e164
