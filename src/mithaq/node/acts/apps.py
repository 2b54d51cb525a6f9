"""Django application of the road."""

from django.apps import AppConfig


class ActsConfig(AppConfig):
    name = "mithaq.node.acts"
    label = "acts"
