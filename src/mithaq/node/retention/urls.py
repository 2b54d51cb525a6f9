"""Routes of this subject."""

from django.urls import path

from mithaq.node.retention import views

urlpatterns = [
    path("retention", views.retention, name="retention"),
    path("retention/erased", views.erased, name="erased"),
    path("retention/erased/<str:key>/proof", views.proof, name="erasure-proof"),
]
