"""Django application of the subject: fills the registry at start."""

from django.apps import AppConfig


class WantedConfig(AppConfig):
    name = "mithaq.node.wanted"
    label = "wanted"

    def ready(self) -> None:
        """Register acts, needs, sources and retention rules."""
        from mithaq.node.wanted import registration

        registration.register()
