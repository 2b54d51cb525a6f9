"""Routes of this subject."""

from django.urls import path

from mithaq.node.oversight import views

urlpatterns = [
    path("oversight", views.home, name="oversight"),
    path("oversight/chain", views.chain, name="oversight-chain"),
]
