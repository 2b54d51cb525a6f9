"""Routes of this subject."""

from django.urls import path

from mithaq.node.border import bulk_views, post_views, threshold_views, views

urlpatterns = [
    path("manifests", views.manifests, name="manifests"),
    path("manifests/<str:key>", views.manifest, name="manifest"),
    path("manifests/<str:key>/reject", bulk_views.reject, name="manifest-reject"),
    path("candidates/<str:key>/portrait", views.portrait, name="candidate-portrait"),
    path("candidates/<str:key>/judge", views.judge, name="judge"),
    path("posts", post_views.posts, name="posts"),
    path("posts/<str:key>", post_views.post, name="post"),
    path("posts/<str:key>/rescreen", post_views.rescreen, name="post-rescreen"),
    path("posts/<str:key>/threshold", threshold_views.threshold, name="post-threshold"),
    path("travellers", post_views.travellers, name="travellers"),
    path("travellers/<str:key>", post_views.traveller, name="traveller"),
    path("crossings", post_views.crossings, name="crossings"),
    path("hits", views.hits, name="hits"),
    path("hits/<str:key>", views.hit, name="hit"),
    path("hits/<str:key>/road", views.road_of, name="hit-road"),
    path("hits/<str:key>/report", views.report, name="hit-report"),
]
