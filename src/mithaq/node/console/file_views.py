"""A page that reads any file as `mithaq formats read` does: what it is, and what of it was understood.

Rule: nothing of the file is kept or done with; the access log holds its digest before anything is shown.
Design: architecture, "Layout" (formats); subjects, safeguard 7.
"""

from __future__ import annotations

import io
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from mithaq.errors import InputError
from mithaq.formats.reading import Reading
from mithaq.formats.recognise import Asked, read_file
from mithaq.formats.unpack import unpack
from mithaq.node.console import file_outcome, people, uploads
from mithaq.node.start import Node
from mithaq.seal import canonical

SHOWN = 200
# Where a person goes on with a file of this format, what the way is called, and what to do there.
_SCREEN = ("/manifests", _("Screen it at a post"), _("Choose the file there once more: nothing of it was kept here."))
_IMPORT = ("/lists", _("Import it as a list"), _("Choose the file there once more: nothing of it was kept here."))
_COMPARE = ("/travellers", _("Compare one traveller"), _("Scan the document there, or type its lines."))
NEXT = {
    "PAXLST": _SCREEN,
    "PNRGOV": _SCREEN,
    "MRZ": _COMPARE,
    "UN list": _IMPORT,
    "EU list": _IMPORT,
    "OFAC list": _IMPORT,
    "JSON Lines": _IMPORT,
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
    # The form's last field follows its files: without it, the upload broke off.
    cut = request.method == "POST" and "whole" not in request.POST
    form = FileForm() if cut else FileForm(request.POST or None, request.FILES or None)
    data = form.cleaned_data["file"].read() if request.method == "POST" and form.is_valid() else None
    # The digest says which file was read, and nothing of who stands in it.
    people.reads(request, "console.file", canonical.digest(data) if data is not None else "")
    about: dict[str, Any] = {"form": form, **({"problem": uploads.cut()} if cut else {})}
    if data is not None:
        about["file_name"] = form.cleaned_data["file"].name
        try:
            about |= _read(data, form.cleaned_data["aliases"])
        except InputError as error:
            about["problem"] = error
    return render(
        request, "console/file.html", about, status=400 if cut or (form.is_bound and "reading" not in about) else 200
    )


def _read(data: bytes, aliases: Any) -> dict[str, Any]:
    beside = unpack(aliases.file) if aliases else None
    reading = read_file(io.BytesIO(data), Asked(Node.clock.now().date(), aliases=beside))
    return told(reading, unpack(io.BytesIO(data)))


def told(reading: Reading, data: bytes) -> dict[str, Any]:
    """What the page says of a file as read; `data` is the file, unpacked."""
    found = file_outcome.outcomes(reading, data)
    lines, more = file_outcome.lines(reading, SHOWN)
    return {
        "reading": reading,
        "counts": file_outcome.counts(reading),
        "journeys": file_outcome.journeys(reading),
        "lines": lines,
        "more": more,
        "outcomes": found,
        "verdict": file_outcome.verdict(found),
        "next": NEXT.get(reading.kind),
    }
