"""Pages of dead letters: what came to nothing, why, and what can be done about it.

Rules: a row of the access log is written before anything is looked up, so that a try at another unit's letter is
there, too; what a partner or a file says is shown as text and never as a page. Design: exchange, "Delivery".
"""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mithaq.errors import InputError
from mithaq.node.acts import undelivered
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.perform import perform
from mithaq.node.console import people, uploads
from mithaq.node.exchange import files, letters, mending, rules
from mithaq.node.exchange.forms import CloseForm, MendForm
from mithaq.node.exchange.letters import Letter
from mithaq.node.exchange.requests import CloseDeadLetter, OpenAgain, SendAgain
from mithaq.node.start import Node


@require_safe
def dead_letters(request: HttpRequest) -> HttpResponse:
    """The open dead letters of the reader's unit."""
    who = people.reads(request, "exchange.letters")
    return render(request, "exchange/letters.html", {"page": letters.page(who, request.GET.get("before", ""))})


@require_safe
def dead_letter(request: HttpRequest, key: str) -> HttpResponse:
    """One dead letter: the message or the file, the ground, and what can be done."""
    who = people.actor(request)
    found = people.reads_of(request, "exchange.letter", key, lambda: letters.letter(key, who))
    return render(request, "exchange/letter.html", _about(found, who))


def _about(found: Letter, who: Actor) -> dict[str, object]:
    acts = rules.may_act(found, who) and found.handled is None
    mends = acts and found.file is not None and mending.can_mend(found.file)
    return {
        "letter": found,
        "form": CloseForm() if acts else None,
        "mend_form": MendForm(two=mending.takes_beside(found.file)) if mends and found.file else None,
        "again": undelivered.successor(found.id) if found.handled else None,
        **_surroundings(found),
    }


def _surroundings(found: Letter) -> dict[str, object]:
    if found.file is None:
        return {}
    start, data = files.part(found.id, Node.clock.now())
    return {"dump": files.dump(data, start, found.file.place) if data else ()}


@require_safe
def letter_bytes(request: HttpRequest, key: str) -> HttpResponse:
    """The bytes of a refused file as they came, or the part that is kept, to download: never to be shown."""
    who = people.actor(request)
    people.reads_of(request, "exchange.letter-bytes", key, lambda: letters.letter(key, who))
    start, data = files.part(key, Node.clock.now())
    if not data:
        raise Http404
    response = HttpResponse(data, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="refused-{key}-{start}.bin"'
    return response


@require_POST
def send_again(request: HttpRequest, key: str) -> HttpResponse:
    """Send the record again."""
    perform("send-again@1", SendAgain(key), people.actor(request))
    messages.info(request, _("The record is on its way again, as a new message."))
    return _back(key)


@require_POST
def mend(request: HttpRequest, key: str) -> HttpResponse:
    """Bring a mended file in the place of the refused one; refused again, the page says what is wrong with it."""
    who = people.actor(request)
    found = people.reads_of(request, "exchange.letter-mend", key, lambda: letters.letter(key, who))
    rules.check_act(found, who)
    rules.check_kind(found, "file")
    assert found.file is not None
    form = MendForm(request.POST, request.FILES, two=mending.takes_beside(found.file))
    about: dict[str, object] = {}
    if form.is_valid():
        data = form.cleaned_data["data"]
        beside = {name: sent.read() for name in mending.BESIDE if (sent := form.cleaned_data.get(name))}
        try:
            if "whole" not in request.POST:
                raise uploads.cut()
            done = mending.mend(key, data.name or "", data.read(), beside, who)
            messages.info(request, _("The mended file is read, and the letter is closed."))
            return HttpResponseRedirect(done.target.url if done.target else f"/dead-letters/{key}")
        except InputError as error:
            about["problem"] = error
    else:
        about["mend_form"] = form
    return render(request, "exchange/letter.html", {**_about(letters.letter(key), who), **about}, status=400)


@require_POST
def close(request: HttpRequest, key: str) -> HttpResponse:
    """Close a letter with a reason."""
    form = CloseForm(request.POST)
    if not form.is_valid():
        raise InputError("letter.reason", "A reason of at most 500 characters is needed.", where="reason")
    perform("close-dead-letter@1", CloseDeadLetter(key, **form.cleaned_data), people.actor(request))
    messages.info(request, _("The letter is closed."))
    return HttpResponseRedirect("/dead-letters")


@require_POST
def open_again(request: HttpRequest, key: str) -> HttpResponse:
    """Let the worker try a message again."""
    who: Actor = people.actor(request)
    perform("open-again@1", OpenAgain(key), who)
    messages.info(request, _("The message is tried again."))
    return HttpResponseRedirect("/dead-letters")


def _back(key: str) -> HttpResponse:
    return HttpResponseRedirect(f"/dead-letters/{key}")
