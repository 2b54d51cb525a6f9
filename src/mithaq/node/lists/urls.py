"""Routes of this subject."""

from django.urls import path

from mithaq.node.lists import views

urlpatterns = [
    path("lists", views.lists, name="lists"),
    path("lists/<str:name>/refresh", views.refresh_now, name="list-refresh"),
    path("lists/<str:key>", views.version, name="list-version"),
    path("lists/<str:key>/confirm", views.confirm, name="list-confirm"),
    path("lists/<str:key>/discard", views.discard, name="list-discard"),
]
