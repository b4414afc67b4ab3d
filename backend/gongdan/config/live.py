"""The live push process: `application` is what the ASGI server runs, one process of it (docs/live-push.md)."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongdan.config.settings")

import django

django.setup()

from gongdan.web.live.app import Live  # noqa: E402  Django first

application = Live()
