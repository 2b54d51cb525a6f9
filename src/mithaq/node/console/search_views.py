"""The page of search: one box for subjects and scripts.

Rules: what is asked for is posted, so that it stands in no address, and changes nothing; the access log holds the words
and every record that was found before the answer leaves, and the words when the search fails. Every person may ask;
what is answered is bounded by who asks (`acts/searching.py`).
Design: architecture, "Layout" (search); subjects, safeguard 7.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from mithaq.errors import InputError
from mithaq.node.acts import searching
from mithaq.node.acts.access import Reading
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.acts.search_keys import MOST_WORDS
from mithaq.node.acts.searching import Result
from mithaq.node.console import people


@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """The box; posted, what was found, best first, by kind."""
    words, kind = (request.POST.get(name, "").replace("\0", "").strip() for name in ("words", "kind"))
    words = words[:MOST_WORDS]
    about: dict[str, Any] = {
        "words": words,
        "kind": kind,
        "kinds": [(source.kind, source.title) for source in REGISTRY.search.values()],
        "asked": request.method == "POST" and bool(words),
    }
    with people.looking(request, "console.search", reason=f"{kind}: {words}" if kind else words) as row:
        if about["asked"]:
            try:
                about |= _answer(row, words, kind, request.POST.get("following", ""))
            except InputError as error:
                about["problem"] = error
    return render(request, "console/search.html", about, status=400 if "problem" in about else 200)


def _answer(row: Reading, words: str, kind: str, following: str) -> dict[str, Any]:
    results = searching.search(row.actor, words, kind, following)
    row.also = tuple(one.record for one in results.found)
    # A page is marked as the strictest record on it.
    marking = max((one.line.handling for one in results.found), default="H1")
    return {"results": results, "groups": groups(results.found), "first": not following, "marking": marking}


def groups(found: tuple[Result, ...]) -> list[tuple[Any, list[Result]]]:
    """Results by kind: the kind of the best one first."""
    titles = {source.kind: source.title for source in REGISTRY.search.values()}
    kinds = dict.fromkeys(one.kind for one in found)
    return [(titles[kind], [one for one in found if one.kind == kind]) for kind in kinds]
