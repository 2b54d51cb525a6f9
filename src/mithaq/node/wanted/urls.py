"""Routes of this subject."""

from django.urls import path, re_path

from mithaq.node.wanted import views

urlpatterns = [
    path("notices", views.listing, name="notices"),
    path("notices/new", views.new, name="notice-new"),
    re_path(r"^notices/bulk/(?P<verb>approve|publish)$", views.bulk, name="notice-bulk"),
    path("notices/<str:key>", views.notice, name="notice"),
    path("notices/<str:key>/portrait", views.portrait, name="portrait"),
    path("notices/<str:key>/road", views.road_of, name="notice-road"),
    path("notices/<str:key>/extend", views.extend, name="notice-extend"),
    path("notices/<str:key>/withdraw", views.withdraw, name="notice-withdraw"),
    re_path(r"^notices/(?P<key>[^/]+)/(?P<verb>approve|publish)$", views.move, name="notice-move"),
]
