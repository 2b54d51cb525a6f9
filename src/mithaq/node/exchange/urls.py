"""Routes of this subject."""

from django.urls import path

from mithaq.node.exchange import letter_views, views

urlpatterns = [
    path("ledger", views.ledger, name="ledger"),
    path("ledger/messages/<str:key>", views.message, name="message"),
    path("ledger/messages/<str:key>/bundle", views.bundle, name="bundle"),
    path("plan", views.plan, name="plan"),
    path("plan/suspend", views.suspend, name="plan-suspend"),
    path("dead-letters", letter_views.dead_letters, name="dead-letters"),
    path("dead-letters/<str:key>", letter_views.dead_letter, name="dead-letter"),
    path("dead-letters/<str:key>/bytes", letter_views.letter_bytes, name="letter-bytes"),
    path("dead-letters/<str:key>/send-again", letter_views.send_again, name="letter-send-again"),
    path("dead-letters/<str:key>/mend", letter_views.mend, name="letter-mend"),
    path("dead-letters/<str:key>/close", letter_views.close, name="letter-close"),
    path("dead-letters/<str:key>/open-again", letter_views.open_again, name="letter-open-again"),
]
