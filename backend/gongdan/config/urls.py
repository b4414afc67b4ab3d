"""Addresses: the API, its reference page's files, and the front end everywhere else."""

from __future__ import annotations

from django.urls import path

from gongdan.config.api import api
from gongdan.config.page import page
from gongdan.config.reference_page import asset

urlpatterns = [
    path("api/v1/docs/assets/<str:name>", asset),
    path("api/v1/", api.urls),
    path("", page),
    path("<path:path>", page),
]
handler400 = "gongdan.web.errors.bad_request"
handler403 = "gongdan.web.errors.forbidden"
handler404 = "gongdan.web.errors.not_found"
handler500 = "gongdan.web.errors.server_error"
