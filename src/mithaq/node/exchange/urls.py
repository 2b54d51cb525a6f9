"""Routes of this subject."""

from django.urls import path

from mithaq.node.exchange import views

urlpatterns = [
    path("ledger", views.ledger, name="ledger"),
    path("ledger/messages/<str:key>", views.message, name="message"),
    path("ledger/messages/<str:key>/bundle", views.bundle, name="bundle"),
    path("plan", views.plan, name="plan"),
    path("plan/suspend", views.suspend, name="plan-suspend"),
]
