"""Django application of the subject: fills the registry at start."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "mithaq.node.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Register acts, needs, sources and retention rules."""
        from mithaq.node.accounts import registration

        registration.register()
