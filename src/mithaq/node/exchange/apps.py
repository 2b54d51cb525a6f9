"""Django application of the subject: fills the registry at start."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "mithaq.node.exchange"
    label = "exchange"

    def ready(self) -> None:
        """Register acts, needs, sources and retention rules."""
        from mithaq.node.exchange import registration

        registration.register()
