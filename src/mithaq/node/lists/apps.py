"""Django application of the subject: fills the registry at start."""

from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "mithaq.node.lists"
    label = "lists"

    def ready(self) -> None:
        """Register acts and the source of screening."""
        from mithaq.node.lists import registration

        registration.register()
