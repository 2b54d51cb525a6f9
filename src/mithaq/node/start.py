"""Starts Django for one role of one node, once a process.

Rule: settings come from the frozen `Config` and from nowhere else; each role connects as its own database role.
Design: architecture, "Three processes, three database roles".
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import django
from django.conf import settings

from mithaq.node.clock import Clock, clock_of
from mithaq.node.config import Config, secret

SUBJECTS = ("accounts", "wanted", "lists", "border", "exchange", "retention")
LANGUAGES = (("en", "English"), ("fr", "Français"), ("nl", "Nederlands"), ("ar", "العربية"))


class Node:
    """What the running process is: its configuration, its role and its clock. Set once by `start`."""

    config: Config
    role: str
    clock: Clock


def start(config: Config, role: str, database_url: str) -> None:
    """Configure Django for `role` (`gateway`, `worker`, `console` or `owner`) and load the subjects."""
    Node.config, Node.role, Node.clock = config, role, clock_of(config)
    settings.configure(**django_settings(config, role, database_url))
    django.setup()


def django_settings(config: Config, role: str, database_url: str) -> dict[str, Any]:
    """All Django settings of a process. Only the console knows the key of sessions and forms."""
    key = secret(config.secret_key, config.directory, "console.secret_key") if role == "console" else f"unused-{role}"
    return {
        "DEBUG": False,
        "SECRET_KEY": key,
        "ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]", *_host(config.public_url)],
        "CSRF_TRUSTED_ORIGINS": [config.public_url] if config.public_url else [],
        "INSTALLED_APPS": [
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "django.contrib.staticfiles",
            "django_htmx",
            "mithaq.node.acts",
            *(f"mithaq.node.{subject}" for subject in SUBJECTS),
            "mithaq.node.console",
            "mithaq.node.api",
        ],
        "MIDDLEWARE": [
            "mithaq.node.console.middleware.SecurityHeaders",
            "whitenoise.middleware.WhiteNoiseMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.locale.LocaleMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django_htmx.middleware.HtmxMiddleware",
            "mithaq.node.console.middleware.SignedIn",
            "mithaq.node.console.middleware.ErrorPages",
            "mithaq.node.api.door.ApiDoor",
        ],
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                        "mithaq.node.console.context.page",
                    ],
                    "builtins": ["mithaq.node.console.templatetags.mithaq"],
                },
            }
        ],
        "ROOT_URLCONF": "mithaq.node.console.urls",
        "DATABASES": {"default": database(database_url)},
        "AUTH_USER_MODEL": "accounts.User",
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.Argon2PasswordHasher"],
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "LANGUAGE_CODE": "en",
        "LANGUAGES": [(code, name) for code, name in LANGUAGES if code in config.languages],
        "LOCALE_PATHS": [],
        "USE_TZ": True,
        "TIME_ZONE": "UTC",
        "STATIC_URL": "/static/",
        "STORAGES": {
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
        "WHITENOISE_USE_FINDERS": True,
        "WHITENOISE_MAX_AGE": 3600,
        "LOGIN_URL": "/sign-in",
        "LOGIN_REDIRECT_URL": "/",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Strict",
        "SESSION_COOKIE_AGE": 8 * 3600,
        # Consoles of two nodes may share a host name (the demo does): a cookie of one must not sign out the other.
        "SESSION_COOKIE_NAME": f"mithaq-{config.authority.lower()}",
        "CSRF_COOKIE_NAME": f"mithaq-csrf-{config.authority.lower()}",
        "LANGUAGE_COOKIE_NAME": "mithaq-language",
        "SESSION_COOKIE_SECURE": config.public_url.startswith("https:"),
        "CSRF_COOKIE_SECURE": config.public_url.startswith("https:"),
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 4 * 1024 * 1024,
        "FILE_UPLOAD_MAX_MEMORY_SIZE": 4 * 1024 * 1024,
        "FILE_UPLOAD_HANDLERS": ["mithaq.node.console.uploads.CappedUpload"],
        "X_FRAME_OPTIONS": "DENY",
        "SILENCED_SYSTEM_CHECKS": [],
        "LOGGING": _logging(config.log_level),
    }


def database(url: str) -> dict[str, Any]:
    """Django's connection settings from a `postgresql://` URL (a `host` in the query names a socket directory)."""
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", [parts.hostname or ""])[0],
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # What is asked a fifth time on a connection is planned for good: planning took as long as doing it.
        "OPTIONS": {"options": "-c timezone=UTC", "server_side_binding": True, "prepare_threshold": 5},
    }


def _host(public_url: str) -> list[str]:
    return [host] if (host := urlsplit(public_url).hostname) else []


def _logging(level: str) -> dict[str, Any]:
    # Diagnostics carry no content and no names: only the node's own loggers and warnings of libraries pass.
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
    }
