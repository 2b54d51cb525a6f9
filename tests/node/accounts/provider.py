"""An identity provider in a process of its own: allauth's own OpenID Connect provider over a small database.

    python -m tests.node.accounts.provider FOLDER PORT

It has the people of `PEOPLE`, whom it knows by name and password, and the node as its one client.
"""

from __future__ import annotations

import sys
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

CLIENT, SECRET, PASSWORD = "mithaq", "a secret of the tests", "another password entirely"
BACK = "http://127.0.0.1/sign-in/with/authority/back"
PEOPLE = ("lotte", "stranger", "pieter")


class Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


class Threaded(ThreadingMixIn, WSGIServer):
    """A request at a time would wait for itself."""

    daemon_threads = True


def configure(folder: Path) -> None:
    """Django with allauth and its provider, and a key made afresh."""
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric import rsa
    from django.conf import settings

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption()).decode()
    settings.configure(
        SECRET_KEY="a key of the provider of the tests, and of nothing else",
        ALLOWED_HOSTS=["127.0.0.1", "localhost"],
        ROOT_URLCONF="tests.node.accounts.provider_urls",
        INSTALLED_APPS=[
            "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages",
            "allauth", "allauth.account", "allauth.idp.oidc",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        TEMPLATES=[{
            "BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True,
            "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
        }],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "provider.sqlite")}},
        AUTHENTICATION_BACKENDS=["django.contrib.auth.backends.ModelBackend"],
        ACCOUNT_LOGIN_METHODS={"username"}, ACCOUNT_SIGNUP_FIELDS=["username*", "password1*"],
        ACCOUNT_EMAIL_VERIFICATION="none", ACCOUNT_RATE_LIMITS=False,
        IDP_OIDC_PRIVATE_KEY=pem, USE_TZ=True, DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )  # fmt: skip


def fill() -> None:
    """The people, and the node as a client."""
    from allauth.idp.oidc.models import Client
    from django.contrib.auth.models import User
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    for name in PEOPLE:
        User.objects.create_user(name, password=PASSWORD)
    client = Client(id=CLIENT, name="Mithaq", scopes="openid\nprofile\nemail", skip_consent=True)
    client.set_secret(SECRET)
    client.set_redirect_uris([BACK])
    client.save()


def main(folder: str, port: str) -> None:
    """Serve until killed."""
    configure(Path(folder))
    import django

    django.setup()
    fill()
    from django.core.wsgi import get_wsgi_application

    server = make_server("127.0.0.1", int(port), get_wsgi_application(), Threaded, Quiet)
    print("ready", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
