"""Routes of this subject."""

from django.urls import path

from mithaq.node.oversight import alarm_views, keeping_views, log_views, person_views, views

urlpatterns = [
    path("oversight", views.home, name="oversight"),
    path("oversight/log", log_views.search, name="oversight-log"),
    path("oversight/log.csv", log_views.export, name="oversight-log-file"),
    path("oversight/person", person_views.person, name="oversight-person"),
    path("oversight/person/evidence", person_views.evidence_of, name="oversight-evidence"),
    path("oversight/alarms", alarm_views.listing, name="oversight-alarms"),
    path("oversight/alarms/<str:key>", alarm_views.alarm, name="oversight-alarm"),
    path("oversight/alarms/<str:key>/close", alarm_views.close, name="alarm-close"),
    path("oversight/alarms/<str:key>/reopen", alarm_views.reopen, name="alarm-reopen"),
    path("oversight/keeping", keeping_views.keeping, name="oversight-keeping"),
    path("oversight/keeping/hold", keeping_views.hold, name="log-hold"),
    path("oversight/keeping/<str:key>/release", keeping_views.release, name="log-release"),
    path("oversight/unusual", views.figures, name="oversight-unusual"),
    path("oversight/chain", views.chain, name="oversight-chain"),
]
