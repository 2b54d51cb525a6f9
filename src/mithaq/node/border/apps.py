"""Django application of the subject: fills the registry at start."""

from django.apps import AppConfig


class BorderConfig(AppConfig):
    name = "mithaq.node.border"
    label = "border"

    def ready(self) -> None:
        """Register acts, needs, sources and retention rules."""
        from mithaq.node.border import registration

        registration.register()
