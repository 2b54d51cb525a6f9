"""Routes of this subject."""

from django.urls import path

from mithaq.node.oversight import log_views, person_views, views

urlpatterns = [
    path("oversight", views.home, name="oversight"),
    path("oversight/log", log_views.search, name="oversight-log"),
    path("oversight/log.csv", log_views.export, name="oversight-log-file"),
    path("oversight/person", person_views.person, name="oversight-person"),
    path("oversight/person/evidence", person_views.evidence_of, name="oversight-evidence"),
    path("oversight/unusual", views.figures, name="oversight-unusual"),
    path("oversight/chain", views.chain, name="oversight-chain"),
]
