"""The addresses of the provider of the tests; `rename` gives a name to someone else, as a directory does one day."""

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def rename(request: HttpRequest, old: str, new: str) -> HttpResponse:
    """A person gets another name; the identity behind it stays."""
    User.objects.filter(username=old).update(username=new)
    return HttpResponse("done")


urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("", include("allauth.idp.urls")),
    path("rename/<str:old>/<str:new>", rename),
]
