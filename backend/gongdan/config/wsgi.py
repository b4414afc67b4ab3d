"""The WSGI application of the web process. The addresses are loaded at once, so that the first request is quick."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongdan.config.settings")
application = get_wsgi_application()

import gongdan.config.urls  # noqa: E402, F401
from gongdan.modules.interception import asking  # noqa: E402

asking.install()
