"""Whose a channel of Asterisk is, by its name: an extension's, the customer's side, or an inner one. Pure.

`PJSIP/801-0000001f` is a channel of the endpoint 801; `Local/801@queue-00000003;1` is one half of an inner channel.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

INNER = frozenset({"local", "message", "cbann", "cbrec", "announcer", "recorder", "snoop", "multicastrtp"})
PATTERN = "[0-9]{2,6}"  # what counts as an extension although administration does not know it
SPY = "gongdan-spy-"  # how the unique ids of our own listening channels begin
_PUBLIC = re.compile(r"\+?[0-9]{7,}|0[0-9]+")


@dataclass(frozen=True, slots=True)
class Sides:
    """`trunks`: beginnings of channel names that are the customer's side. `extensions`: see SystemSettings."""

    trunks: tuple[str, ...]
    pattern: re.Pattern[str]
    extensions: Mapping[str, str]
    technology: str = "PJSIP"

    def extension_of(self, channel: str) -> str:
        """The extension a channel is of, in upper case; "" for the customer's side and inner channels."""
        device = device_of(channel)
        if is_inner(channel) or any(device.lower().startswith(one.lower()) for one in self.trunks):
            return ""
        for number, own in self.extensions.items():
            if own and own.lower() == device.lower():
                return number
        endpoint = device.partition("/")[2].partition("@")[0].upper()
        return endpoint if self.is_extension(endpoint) else ""

    def is_extension(self, number: str) -> bool:
        """Whether a number is one of ours."""
        return number.upper() in self.extensions or self.pattern.fullmatch(number) is not None

    def device(self, extension: str) -> str:
        """How an extension is dialled."""
        return self.extensions.get(extension.upper()) or f"{self.technology}/{extension}"

    def direction(self, dialled: str) -> str:
        """Where an extension calls: internal, outbound, or "" when the number alone does not tell."""
        if dialled.upper() in self.extensions or dialled[:1] in ("*", "#"):
            return "internal"
        return "outbound" if _PUBLIC.fullmatch(dialled) else ""


def sides_of(settings: Mapping[str, Any], extensions: Mapping[str, str]) -> Sides:
    """From a system's settings `trunks` (list), `extension_pattern`, `technology`; what is unusable is as if absent."""
    trunks = settings.get("trunks")
    try:
        pattern = re.compile(str(settings.get("extension_pattern") or PATTERN), re.IGNORECASE)
    except re.error:
        pattern = re.compile(PATTERN)
    named = tuple(str(one) for one in trunks if one) if isinstance(trunks, list | tuple) else ()
    return Sides(named, pattern, extensions, str(settings.get("technology") or "PJSIP"))


def device_of(channel: str) -> str:
    """A channel's name without the part that makes it one of many: PJSIP/801-0000001f is PJSIP/801."""
    name = channel.partition(";")[0]
    return name.rpartition("-")[0] or name


def is_inner(channel: str) -> bool:
    """Whether nobody's phone is at this channel."""
    return channel.partition("/")[0].lower() in INNER


def dialled_of(dial_string: str) -> str:
    """The number in what Dial was told: 13800138000@trunk, trunk/13800138000, PJSIP/13800138000@trunk."""
    for part in re.split(r"[/@&]", dial_string):
        if re.fullmatch(r"\+?[0-9*#]{2,}", part):
            return part
    return ""
