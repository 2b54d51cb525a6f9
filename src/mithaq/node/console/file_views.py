"""A page that reads any file as `mithaq formats read` does: what it is, and what of it was understood.

Rule: nothing of the file is kept or done with; the access log holds its digest before anything is shown.
Design: architecture, "Layout" (formats); subjects, safeguard 7.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from mithaq.errors import InputError
from mithaq.formats.lines import line_of
from mithaq.formats.reading import Reading, Warning
from mithaq.formats.recognise import Asked, read_file
from mithaq.formats.unpack import unpack
from mithaq.node.console import people
from mithaq.node.start import Node
from mithaq.seal import canonical

SHOWN = 200
# Where a person goes on with a file of this format, and what the way is called.
NEXT = {
    "PAXLST": ("/manifests", _("Screen it at a post")),
    "PNRGOV": ("/manifests", _("Screen it at a post")),
    "MRZ": ("/travellers", _("Compare one traveller")),
    "UN list": ("/lists", _("Import it as a list")),
    "EU list": ("/lists", _("Import it as a list")),
    "OFAC list": ("/lists", _("Import it as a list")),
    "JSON Lines": ("/lists", _("Import it as a list")),
}


class FileForm(forms.Form):
    """A file to read, and OFAC's file of aliases when the file is sdn.csv."""

    file = forms.FileField(
        label=_("File"), allow_empty_file=True, help_text=_("Any file that you received, at most 32 MiB.")
    )
    aliases = forms.FileField(
        label=_("Aliases"), required=False, help_text=_("Only for OFAC's sdn.csv: the file alt.csv.")
    )


@require_http_methods(["GET", "HEAD", "POST"])
def read(request: HttpRequest) -> HttpResponse:
    """The form; posted, what the file holds."""
    form = FileForm(request.POST or None, request.FILES or None)
    data = form.cleaned_data["file"].read() if request.method == "POST" and form.is_valid() else None
    # The digest says which file was read, and nothing of who stands in it.
    people.reads(request, "console.file", canonical.digest(data) if data is not None else "")
    about: dict[str, Any] = {"form": form}
    if data is not None:
        try:
            about |= _told(_read(data, form.cleaned_data["aliases"]))
        except InputError as error:
            about["problem"] = error
    return render(request, "console/file.html", about, status=200 if not form.is_bound or "reading" in about else 400)


def _read(data: bytes, aliases: Any) -> Reading:
    beside = unpack(aliases.file) if aliases else None
    return read_file(io.BytesIO(data), Asked(Node.clock.now().date(), aliases=beside))


def _told(reading: Reading) -> dict[str, Any]:
    counts = Counter(one.kind for one in reading.records)
    return {
        "reading": reading,
        "counts": sorted(counts.items()),
        "lines": [line_of(one) for one in reading.records[:SHOWN]],
        "more": max(0, len(reading.records) - SHOWN),
        "bent": _piles(reading.warnings),
        "left": _piles(reading.not_understood),
        "next": NEXT.get(reading.kind),
    }


def _piles(told: Iterable[Warning]) -> list[tuple[Warning, list[str], int]]:
    """Warnings that say the same, once: the sentence, the first places, and how many places more there are."""
    piles: dict[tuple[str, str], tuple[Warning, list[str]]] = {}
    for one in told:
        piles.setdefault((one.code, one.detail), (one, []))[1].append(one.where)
    return [(one, places[:10], max(0, len(places) - 10)) for one, places in piles.values()]
