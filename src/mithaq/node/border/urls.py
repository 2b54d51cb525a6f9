"""Routes of this subject."""

from django.urls import path

from mithaq.node.border import bulk_views, post_views, silence_views, threshold_views, views

urlpatterns = [
    path("manifests", views.manifests, name="manifests"),
    path("manifests/<str:key>", views.manifest, name="manifest"),
    path("manifests/<str:key>/reject", bulk_views.reject, name="manifest-reject"),
    path("candidates/<str:key>/portrait", views.portrait, name="candidate-portrait"),
    path("candidates/<str:key>/judge", views.judge, name="judge"),
    path("candidates/<str:key>/silence", silence_views.ask, name="silence-ask"),
    path("silences", silence_views.listing, name="silences"),
    path("silences/<str:key>", silence_views.silence, name="silence"),
    path("silences/<str:key>/portrait", silence_views.portrait, name="silence-portrait"),
    path("silences/<str:key>/road", silence_views.road_of, name="silence-road"),
    path("silences/<str:key>/decide", silence_views.decide, name="silence-decide"),
    path("silences/<str:key>/end", silence_views.end, name="silence-end"),
    path("silences/<str:key>/tell", silence_views.tell, name="silence-tell"),
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
