"""Django's settings. What an administrator may set comes from the environment (docs/settings.md)."""

from __future__ import annotations

import os
from pathlib import Path

from gongdan.config import secrets
from gongdan.kernel import embedded_postgres
from gongdan.kernel.database_url import parse

PROJECT = Path(__file__).resolve().parents[3]
HOME = Path(os.environ.get("GONGDAN_HOME") or PROJECT / "data").expanduser().resolve()
FRONTEND = PROJECT / "frontend" / "dist"
PORT = int(os.environ.get("GONGDAN_PORT") or 8600)
LIVE_PORT = int(os.environ.get("GONGDAN_LIVE_PORT") or PORT + 1)
LIVE_URL = os.environ.get("GONGDAN_LIVE_URL", "")
TRUSTED_PROXIES = int(os.environ.get("GONGDAN_TRUSTED_PROXIES") or 0)

_keys = secrets.load(HOME)
SECRET_KEY = _keys["django"]
TRAIL_KEY = _keys["trail"]
LIVE_KEY = _keys["live"]

DEBUG = False
ALLOWED_HOSTS = [host for host in os.environ.get("GONGDAN_HOSTS", "*").split(",") if host]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.postgres",
    "ninja",
    "procrastinate.contrib.django",
    "gongdan.kernel",
    "gongdan.outbox",
    "gongdan.core.staff",
    "gongdan.core.customers",
    "gongdan.core.catalogue",
    "gongdan.core.calendar",
    "gongdan.core.flow",
    "gongdan.core.sla",
    "gongdan.core.interactions",
    "gongdan.core.tickets",
    "gongdan.web",
    "gongdan.modules.interception",
    "gongdan.listeners.notify",
    "gongdan.listeners.webhooks",
]
MIDDLEWARE = [
    "gongdan.web.headers.SecurityHeaders",
    "gongdan.web.errors.ProblemErrors",
    "gongdan.web.limits.BodyLimits",
]
ROOT_URLCONF = "gongdan.config.urls"
WSGI_APPLICATION = "gongdan.config.wsgi.application"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]

DATABASES = {
    "default": parse(os.environ.get("DATABASE_URL") or embedded_postgres.database_url(HOME)),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "staff.Staff"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
SESSION_COOKIE_NAME = "gongdan_session"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE = os.environ.get("GONGDAN_HTTPS", "") == "1"
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_NAME = "gongdan_csrf"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_SAMESITE = "Lax"

USE_TZ = True
TIME_ZONE = os.environ.get("GONGDAN_TIME_ZONE") or "Asia/Shanghai"
LANGUAGE_CODE = "zh-hans"
USE_I18N = True
DEFAULT_REGION = os.environ.get("GONGDAN_REGION") or "CN"

FILES = HOME / "files"
MAX_BODY_BYTES = 2 * 1024 * 1024
MAX_UPLOAD_BYTES = int(os.environ.get("GONGDAN_MAX_UPLOAD_MB") or 25) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = MAX_UPLOAD_BYTES
WEBHOOK_SECONDS = float(os.environ.get("GONGDAN_WEBHOOK_SECONDS") or 15)
WEBHOOK_DAYS = int(os.environ.get("GONGDAN_WEBHOOK_DAYS") or 30)
LOGGING_CONFIG = None
