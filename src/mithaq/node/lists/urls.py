"""Routes of this subject."""

from django.urls import path

from mithaq.node.lists import views

urlpatterns = [
    path("lists", views.lists, name="lists"),
]
