"""Pages that these nodes do not come to by themselves: the way back from a provider, and a fault of the node. Each is
rendered here, and shown in Chromium at an address of the node, with the node's own style."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from tests.browser.checks import LANGUAGES, violations, whole, wider
from tests.browser.chromium import NARROW, People, watch
from tests.browser.conftest import Prepared

# The way on leads to a place of the same page, so that it stays where it can be looked at.
APART: dict[str, dict[str, str]] = {"accounts/back.html": {"onward": "#on"}, "console/fault.html": {}}
every_page = pytest.mark.parametrize("template", APART)


def rendered(template: str, language: str) -> str:
    """A template for nobody in particular: a fault asks nothing of who asked, and who comes back is not in yet."""
    request = RequestFactory().get("/apart")
    request.user, request.session = AnonymousUser(), {}  # type: ignore[assignment]
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    with override(language):
        return render_to_string(template, APART[template], request=request if APART[template] else None)


@pytest.mark.parametrize("language", LANGUAGES)
@every_page
def test_it_is_whole_in_a_language(nodes: Prepared, people: People, template: str, language: str) -> None:
    with people.context(nodes.be, "", language) as context:
        watched = watch(context, nodes.be)
        page = watched.page
        page.route("**/apart", lambda route: route.fulfill(body=rendered(template, language), content_type="text/html"))
        page.goto(f"{nodes.be.console}/apart")
        wrong = whole(watched, language)
        assert not wrong, "\n".join(wrong)


@every_page
def test_it_is_readable_in_the_dark_and_on_a_phone(nodes: Prepared, people: People, template: str) -> None:
    with people.context(nodes.be, "", "en", color_scheme="dark", viewport=NARROW) as context:
        page = context.new_page()
        page.route("**/apart", lambda route: route.fulfill(body=rendered(template, "en"), content_type="text/html"))
        page.goto(f"{nodes.be.console}/apart")
        wrong = violations(page) + wider(page)
        assert not wrong, "\n".join(wrong)
