"""Where softphones connect to: what a page must be allowed to reach."""

from __future__ import annotations

from urllib.parse import urlsplit

from gongdan.core.interactions.models import TelephoneSystem
from gongdan.kernel import reference


def softphone_origins() -> tuple[str, ...]:
    """`wss://pbx.example:8089` of every active system that has a SIP address, sorted. From the reference cache."""
    return reference.get("softphone_origins", _load)


def _load() -> tuple[str, ...]:
    addresses = TelephoneSystem.objects.filter(active=True).exclude(sip_address="")
    return tuple(sorted({_origin(one) for one in addresses.values_list("sip_address", flat=True)} - {""}))


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("ws", "wss") and parts.hostname else ""
