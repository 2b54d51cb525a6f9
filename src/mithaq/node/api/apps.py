"""Django application of the API: its clients, tokens and kept answers."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "mithaq.node.api"
    label = "api"
