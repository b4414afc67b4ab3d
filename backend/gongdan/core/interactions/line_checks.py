"""Values that an administrator gives for the telephone, checked and put into one spelling. Reads the catalogue only.

Whatever is sent on to an exchange (names, numbers, channels) holds no control character, for those protocols end a
line with one. An exchange may stand in an inner network, so its host is not held to kernel.outward, as addresses of
HTTP are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from gongdan.core.catalogue import resolve
from gongdan.kernel import outward
from gongdan.kernel.errors import Invalid

RIGHT = "admin.phone"
HIDDEN = "…"  # stands for a secret; sent back, it leaves the secret as it is
PORTS: Mapping[str, int] = {"asterisk": 5038, "freeswitch": 8021}
MOST_SETTINGS = 8192  # characters of them as JSON
_LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(\.{_LABEL})*\.?").fullmatch
_EXTENSION = re.compile(r"[A-Z0-9*#+._-]{1,32}").fullmatch
_CHANNEL = re.compile(r"[A-Za-z0-9/_.@:+*#-]{1,120}").fullmatch
_NUMBER = re.compile(r"\+?[A-Za-z0-9*#._-]{1,39}").fullmatch
_DIGITS = re.compile(r"[0-9A-D*#]{1,10}").fullmatch
_ICE = re.compile(r"(stun|stuns|turn|turns):[A-Za-z0-9.\[\]:_-]{1,200}(\?transport=(udp|tcp))?").fullmatch
_SECRET_WORD = re.compile(r"secret|password|token|credential", re.IGNORECASE).search


def plain(text: str, field: str, longest: int) -> str:
    """One line without surrounding blanks. Raises too_long, unusable_line."""
    text = text.strip()
    if len(text) > longest:
        raise Invalid("too_long", f"At most {longest} characters.", field=field, longest=longest)
    if any(char < " " or char in "\x7f\x85\u2028\u2029" for char in text):
        raise Invalid("unusable_line", "This must be one line, without control characters.", field=field)
    return text


def host(text: str) -> str:
    """A host's name or address, in small letters. Raises unusable_host."""
    text = text.strip().lower()
    if not _HOST(text) and not _is_address(text):
        raise Invalid("unusable_host", "This is neither a host's name nor an address.", field="host")
    if _is_address(text) and _nowhere(text):
        raise Invalid("unusable_host", "No exchange can be reached at this address.", field="host")
    return text


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _nowhere(text: str) -> bool:
    one = ip_address(text)
    return one.is_unspecified or one.is_multicast or one.is_link_local


def address(text: str, networks: Sequence[str], field: str) -> str:
    """An HTTP address that may be called, or "". Raises what kernel.outward.require_usable does, for `field`."""
    text = text.strip()
    if not text:
        return ""
    try:
        outward.require_usable(text, networks)
    except Invalid as refusal:
        refusal.field = field
        raise
    return text


def sip_address(text: str) -> str:
    """Where softphones connect to: wss:// (or ws://), or "". Raises unusable_sip_address."""
    text = text.strip()
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        sound = parts.port is None or parts.port > 0
    except ValueError:
        sound, parts = False, urlsplit("")
    clean = text.isascii() and not any(char <= " " for char in text) and "@" not in text
    if not sound or not clean or parts.scheme not in ("ws", "wss") or not _HOST(parts.hostname or ""):
        raise Invalid(
            "unusable_sip_address",
            "The address of softphones begins with wss:// and holds no password.",
            field="sip_address",
        )
    return text


def sip_domain(text: str) -> str:
    """A domain of SIP, or "". Raises unusable_host."""
    text = text.strip().lower()
    if text and not _HOST(text) and not _is_address(text):
        raise Invalid("unusable_host", "This is neither a host's name nor an address.", field="sip_domain")
    return text


def ice_urls(urls: Sequence[str]) -> list[str]:
    """Addresses of a STUN or TURN server. Raises unusable_ice_server."""
    found = [one.strip() for one in urls]
    if not found or not all(_ICE(one) for one in found):
        raise Invalid(
            "unusable_ice_server",
            "A server is written like stun:host:3478 or turn:host:3478?transport=udp.",
            field="ice_servers",
        )
    return found


def words(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Further words of a dialect. Raises unusable_settings for too much of them, and for secrets, which would show."""
    named = [name for name in settings if _SECRET_WORD(name)]
    if named or len(json.dumps(settings)) > MOST_SETTINGS:
        why = "Secrets do not belong among the settings." if named else "These are too many settings."
        raise Invalid("unusable_settings", why, field="settings")
    return dict(settings)


def extension(number: str) -> str:
    """An extension's number: letters and digits, upper case. Raises unusable_extension."""
    number = number.strip().upper()
    if not _EXTENSION(number):
        raise Invalid(
            "unusable_extension", "An extension is 1 to 32 letters, digits or . _ - + * #.", field="number"
        )
    return number


def channel(text: str) -> str:
    """How the system dials it, or "". Raises unusable_channel."""
    text = text.strip()
    if text and not _CHANNEL(text):
        raise Invalid("unusable_channel", "A channel is written like PJSIP/801 or user/801.", field="channel")
    return text


def line_number(number: str) -> str:
    """A dialled number as the exchange tells it. Raises unusable_number."""
    number = re.sub(r"[\s()]", "", number)
    if not _NUMBER(number):
        raise Invalid("unusable_number", "This is no number that can be dialled.", field="number")
    return number


def category(code: str, field: str = "category") -> str:
    """A category's code, or "". Raises unknown_category."""
    if code and code not in resolve.tree().by_code:
        raise Invalid("unknown_category", f"There is no category “{code}”.", field=field, category=code)
    return code


def choices(given: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """What a menu's digits mean: {"2": {"label", "category"}}. Raises unusable_digits, too_long, unknown_category."""
    found = {}
    for digits, meaning in given.items():
        if not _DIGITS(digits):
            raise Invalid("unusable_digits", "Digits are 0-9, * and #.", field="choices", digits=digits[:20])
        label = plain(meaning.get("label", ""), "choices", 80)
        code = category(meaning.get("category", ""), "choices")
        found[digits] = {"label": label} | ({"category": code} if code else {})
    return found
