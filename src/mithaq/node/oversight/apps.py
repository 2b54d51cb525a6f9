"""Django application of the subject: fills the registry at start."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "mithaq.node.oversight"
    label = "oversight"

    def ready(self) -> None:
        """Register acts, needs, sources and retention rules."""
        from mithaq.node.oversight import registration

        registration.register()
