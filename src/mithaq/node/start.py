"""Starts Django for one role of one node, once a process.

Rule: settings come from the frozen `Config` and from nowhere else; each role connects as its own database role.
Design: architecture, "Three processes, three database roles".
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import django
from django.conf import settings

from mithaq.node import diagnostics
from mithaq.node.clock import Clock, clock_of
from mithaq.node.config import Config, secret

# The applications of django-allauth: second factors, sessions, and the authority's own identity provider (decision 15).
LIBRARY = (
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
)
SUBJECTS = ("accounts", "wanted", "lists", "border", "exchange", "retention", "oversight")
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
    is_https = config.public_url.startswith("https:")
    prefix = "__Host-" if is_https else ""
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
            *(LIBRARY if role in {"console", "owner"} else ()),
            "django_htmx",
            "mithaq.node.acts",
            *(f"mithaq.node.{subject}" for subject in SUBJECTS),
            "mithaq.node.console",
            "mithaq.node.api",
        ],
        "MIDDLEWARE": [
            "mithaq.node.console.forwarded.Forwarded",
            "mithaq.node.console.middleware.SecurityHeaders",
            "whitenoise.middleware.WhiteNoiseMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.locale.LocaleMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django_htmx.middleware.HtmxMiddleware",
            *(("allauth.account.middleware.AccountMiddleware",) if role in {"console", "owner"} else ()),
            "mithaq.node.console.middleware.SignedIn",
            "mithaq.node.console.middleware.OneState",
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
                    "builtins": [
                        f"mithaq.node.console.templatetags.{one}"
                        for one in ("mithaq", "mithaq_lines", "mithaq_letters")
                    ],
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
        # Before those of the libraries: one of them has other words for a key and a browser.
        "LOCALE_PATHS": [Path(__file__).parent / "console" / "locale"],
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
        "SESSION_ENGINE": "mithaq.node.acts.session_store",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Strict",
        "SESSION_COOKIE_AGE": config.accounts.session_hours * 3600,
        # Consoles of two nodes may share a host name (the demo does): a cookie of one must not sign out the other.
        # Under https the browser itself holds them to this host alone, whatever a neighbour of the domain sets.
        "SESSION_COOKIE_NAME": f"{prefix}mithaq-{config.authority.lower()}",
        "CSRF_COOKIE_NAME": f"{prefix}mithaq-csrf-{config.authority.lower()}",
        "LANGUAGE_COOKIE_NAME": "mithaq-language",
        "SESSION_COOKIE_SECURE": is_https,
        "CSRF_COOKIE_SECURE": is_https,
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 4 * 1024 * 1024,
        "FILE_UPLOAD_MAX_MEMORY_SIZE": 4 * 1024 * 1024,
        "FILE_UPLOAD_HANDLERS": ["mithaq.node.console.uploads.CappedUpload"],
        "X_FRAME_OPTIONS": "DENY",
        "SILENCED_SYSTEM_CHECKS": [],
        "LOGGING": diagnostics.logging_of(config.log_level, config.log_format, role),
        **_accounts(config, role),
    }


def _accounts(config: Config, role: str) -> dict[str, Any]:
    # The library's settings: nobody signs up, nothing is mailed, and its own limits are off, because they would let a
    # colleague be shut out; `accounts/throttle.py` slows guessing instead.
    return {
        "AUTHENTICATION_BACKENDS": ["mithaq.node.accounts.backend.Backend"],
        # What must be seen by every process of the console: that a code was used. Kept by the real clock, as codes are.
        "CACHES": {"default": _CACHE if role == "console" else _NO_CACHE},
        "ACCOUNT_ADAPTER": "mithaq.node.accounts.adapters.Entry",
        "ACCOUNT_USER_MODEL_USERNAME_FIELD": "name",
        "ACCOUNT_USER_MODEL_EMAIL_FIELD": None,
        "ACCOUNT_LOGIN_METHODS": {"username"},
        "ACCOUNT_SIGNUP_FIELDS": ["username*", "password1*"],
        "ACCOUNT_EMAIL_VERIFICATION": "none",
        "ACCOUNT_RATE_LIMITS": False,
        "ACCOUNT_DEFAULT_HTTP_PROTOCOL": "https" if config.public_url.startswith("https:") else "http",
        "MFA_ADAPTER": "mithaq.node.accounts.adapters.Factors",
        "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        "MFA_RATE_LIMITS": False,
        "MFA_TOTP_ISSUER": f"Mithaq {config.authority}",
        "MFA_TOTP_TOLERANCE": 1,
        "MFA_RECOVERY_CODES_SHOW_ONCE": True,
        "MFA_WEBAUTHN_USER_VERIFICATION": "preferred",
        "MFA_ALLOW_UNVERIFIED_EMAIL": True,
        "SOCIALACCOUNT_ADAPTER": "mithaq.node.accounts.adapters.Outside",
        "SOCIALACCOUNT_AUTO_SIGNUP": False,
        "SOCIALACCOUNT_STORE_TOKENS": False,
        "SOCIALACCOUNT_LOGIN_ON_GET": True,
        "SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX": "",
        "SOCIALACCOUNT_PROVIDERS": _providers(config, role),
    }


_CACHE = {
    "BACKEND": "django.core.cache.backends.db.DatabaseCache",
    "LOCATION": "accounts_usedcode",
    # By default the three hundredth code would make room by forgetting others that could still be used again.
    "OPTIONS": {"MAX_ENTRIES": 100_000},
}
_NO_CACHE = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
PROVIDER = "authority"


def _providers(config: Config, role: str) -> dict[str, Any]:
    found = config.accounts.provider
    if found is None or role != "console":
        return {}
    app = {
        "provider_id": PROVIDER,
        "name": found.name,
        "client_id": found.client,
        "secret": secret(found.secret, config.directory, "accounts.provider.secret"),
        "settings": {"server_url": found.server, "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


def database(url: str) -> dict[str, Any]:
    """Django's connection settings from a `postgresql://` URL: a `host` in the query names a socket directory, and
    what else stands there (`sslmode`, `sslrootcert`) is for libpq, which must not lose it."""
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
        # What is asked a fifth time on a connection is parsed for good, but planned each time: one plan for everybody
        # takes a person of whom there are ten rows for one of whom there are a million.
        "OPTIONS": {
            **{name: values[-1] for name, values in query.items() if name not in {"host", "options"}},
            "options": "-c timezone=UTC -c plan_cache_mode=force_custom_plan",
            "server_side_binding": True,
            "prepare_threshold": 5,
        },
    }


def _host(public_url: str) -> list[str]:
    return [host] if (host := urlsplit(public_url).hostname) else []
