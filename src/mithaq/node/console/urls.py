"""All routes of the console."""

from __future__ import annotations

from django.urls import include, path

from mithaq.node.console import file_views, reason_views, views

urlpatterns = [
    path("", views.home, name="home"),
    path("files", file_views.read, name="file"),
    path("reasons", reason_views.reasons, name="reasons"),
    path("reasons/end", reason_views.end, name="reason-end"),
    path("language", views.language, name="language"),
    path("api/v1/", include("mithaq.node.api.urls")),
    path("", include("mithaq.node.accounts.urls")),
    path("", include("mithaq.node.wanted.urls")),
    path("", include("mithaq.node.lists.urls")),
    path("", include("mithaq.node.border.urls")),
    path("", include("mithaq.node.exchange.urls")),
    path("", include("mithaq.node.retention.urls")),
    path("", include("mithaq.node.oversight.urls")),
]
handler500 = "mithaq.node.console.errors.fault"
