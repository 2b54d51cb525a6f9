"""Django application of the subject: fills the registry at start."""

from django.apps import AppConfig

from mithaq.node.start import Node


class AccountsConfig(AppConfig):
    name = "mithaq.node.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Register acts, needs, sources and retention rules."""
        from mithaq.node.accounts import registration

        registration.register()
        if Node.role in {"console", "owner"}:
            # The library's tables are the console's alone: gateway and worker do not load it.
            from mithaq.node.accounts import identities, sessions

            sessions.listen()
            identities.listen()
