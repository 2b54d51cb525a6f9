"""Routes of this subject."""

from django.urls import path

from mithaq.node.border import views

urlpatterns = [
    path("manifests", views.manifests, name="manifests"),
    path("manifests/<str:key>", views.manifest, name="manifest"),
    path("candidates/<str:key>/judge", views.judge, name="judge"),
    path("hits", views.hits, name="hits"),
    path("hits/<str:key>", views.hit, name="hit"),
    path("hits/<str:key>/road", views.road_of, name="hit-road"),
    path("hits/<str:key>/report", views.report, name="hit-report"),
]
