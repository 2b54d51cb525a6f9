"""All routes of the console."""

from __future__ import annotations

from django.urls import include, path

from mithaq.node.console import (
    file_views,
    hold_views,
    home_views,
    key_views,
    name_views,
    planned_views,
    reason_views,
    search_views,
    views,
)

urlpatterns = [
    path("", home_views.home, name="home"),
    path("keys", key_views.keys, name="keys"),
    path("planned/<str:key>", planned_views.batch, name="planned"),
    path("planned/<str:key>/undo", planned_views.undo, name="planned-undo"),
    path("take-next", hold_views.take_next, name="take-next"),
    path("release", hold_views.release, name="release"),
    path("needs/<str:name>", home_views.needs, name="needs"),
    path("search", search_views.search, name="search"),
    path("files", file_views.read, name="file"),
    path("names", name_views.names, name="names"),
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
