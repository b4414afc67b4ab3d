"""API tokens: everyone their own; with the right admin.tokens, everyone's."""

from __future__ import annotations

from ninja import Router

router = Router()
