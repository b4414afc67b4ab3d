"""What may be sent along. Where to is kernel.guarded_sockets' to decide."""

from __future__ import annotations

import re

from gongdan.kernel.errors import Invalid

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}").fullmatch
_VALUE = re.compile(r"[\t -~]{0,500}").fullmatch
# What the product says itself, or what decides how a request is read.
RESERVED = frozenset(
    "host content-length content-type connection transfer-encoding te trailer upgrade expect keep-alive"
    " proxy-authorization proxy-connection accept-encoding user-agent cookie".split()
)


def require_headers(headers: dict[str, str]) -> None:
    """Raise Invalid("unusable_header") for what may not be sent along."""
    for name, value in headers.items():
        lower = name.lower()
        if not _TOKEN(name) or not _VALUE(value) or lower in RESERVED or lower.startswith("webhook-"):
            raise Invalid(
                "unusable_header", "This header cannot be sent along.", field="headers", header=name[:64]
            )
