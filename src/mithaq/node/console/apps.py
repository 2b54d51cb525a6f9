"""Django application of the console: fills the registry at start."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "mithaq.node.console"
    label = "console"

    def ready(self) -> None:
        """Register what the worker does for the console."""
        from mithaq.node.console import registration

        registration.register()
