"""Django application of the retention pages: fills the registry at start."""

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "mithaq.node.retention"
    label = "retention"

    def ready(self) -> None:
        """Register what waits for a person."""
        from mithaq.node.retention import registration

        registration.register()
