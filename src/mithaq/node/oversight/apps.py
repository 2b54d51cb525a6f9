"""Django application of the subject: fills the registry at start."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "mithaq.node.oversight"
    label = "oversight"

    def ready(self) -> None:
        """Register what waits for oversight."""
        from mithaq.node.oversight import registration

        registration.register()
