"""Keeping passwords of other systems so that a copy of the database does not hold them: Fernet (AES-128-CBC and HMAC,
https://github.com/fernet/spec) with a key made from the installation's secret key.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


def seal(text: str) -> str:
    """What to store of a password; "" stays ""."""
    return _fernet().encrypt(text.encode()).decode() if text else ""


def unseal(sealed: str) -> str:
    """The password again; "" for "" and for what another installation sealed."""
    try:
        return _fernet().decrypt(sealed.encode()).decode() if sealed else ""
    except InvalidToken:
        return ""


def _fernet() -> Fernet:
    digest = hmac.digest(settings.SECRET_KEY.encode(), b"sealing", hashlib.sha256)
    return Fernet(base64.urlsafe_b64encode(digest))
