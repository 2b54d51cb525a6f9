"""Addresses of the border: manifests, one traveller, candidates, judgements.

Rule: what comes in becomes the frozen request of an act; who reads is logged before the answer leaves.
"""

from __future__ import annotations

from functools import partial
from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Body, Router

from mithaq.node.acts.definition import Actor, Effects
from mithaq.node.api import cursor, once
from mithaq.node.api.answers import candidates as answers
from mithaq.node.api.answers import screening
from mithaq.node.api.bodies import Judgement, Traveller
from mithaq.node.api.described import FILE, OFFICER, POSTED, REASON, From, Limit, answered, shown
from mithaq.node.api.door import client_of, officer_of, reason_of
from mithaq.node.api.shapes import Text, request_of
from mithaq.node.border import facts
from mithaq.node.border.manifests import MANIFEST
from mithaq.node.border.requests import JudgeCandidate, ScreenManifest, ScreenTraveller
from mithaq.node.console import people

router = Router(tags=["border"])
CandidateState = Literal["", "candidate", "verifying", "disputed", "confirmed", "rejected"]


@router.post("/manifests", response=answered(screening.ScreeningAnswer), openapi_extra={**POSTED, **FILE})
def screen_manifest(request: HttpRequest, post: Text, name: Text = "") -> HttpResponse:
    """Screen a manifest: the body is the file as received, in any format that the border reads (PAXLST, PNRGOV)."""
    client, made = client_of(request), ScreenManifest(post, name, request.body)
    with people.reading(client.actor, "api.manifests") as read:
        return once.run(request, client, read.actor, "screen-manifest@1", made, partial(_made, read.actor), read)


@router.get("/manifests/{key}", response=shown(screening.ScreeningAnswer), openapi_extra=REASON)
def manifest(request: HttpRequest, key: str) -> HttpResponse:
    """What came of a manifest or of one traveller."""
    who = client_of(request).actor
    found = people.read_of(who, "api.manifest", key, lambda: facts.manifest(key, who), why=reason_of(request))
    return once.json(screening.screening(found, facts.candidates(key, who) if found.candidates else ()))


@router.post("/travellers", response=answered(screening.ScreeningAnswer), openapi_extra=POSTED)
def screen_traveller(request: HttpRequest, asked: Body[Traveller]) -> HttpResponse:
    """Compare one traveller, by the machine-readable zone or by what an officer reads from the document."""
    client, made = client_of(request), request_of(ScreenTraveller, asked)
    with people.reading(client.actor, "api.travellers") as read:
        return once.run(request, client, read.actor, "screen-traveller@1", made, partial(_made, read.actor), read)


@router.get("/candidates", response=shown(answers.CandidatePage), openapi_extra=REASON)
def candidates(
    request: HttpRequest,
    manifest: Text = "",
    state: CandidateState = "",
    following: From = "",
    limit: Limit = cursor.LIMIT,
) -> HttpResponse:
    """The candidates of the system's unit, latest first; of one manifest, or in one state."""
    who = client_of(request).actor
    with people.looked(who, "api.candidates", manifest, why=reason_of(request)) as row:
        found = facts.candidates_page(who, cursor.before(following), limit + 1, manifest, state)
        page, rest = cursor.cut(found, limit)
        row.also = tuple(one.id for one in page)
    return once.json(answers.CandidatePage(tuple(map(answers.candidate_line, page)), rest))


@router.get("/candidates/{key}", response=shown(answers.CandidateAnswer), openapi_extra=REASON)
def candidate(request: HttpRequest, key: str) -> HttpResponse:
    """A candidate beside the listed person, with everything that made its score."""
    who = client_of(request).actor
    found = people.read_of(who, "api.candidate", key, lambda: facts.candidate(key, who), why=reason_of(request))
    return once.json(answers.candidate(found))


@router.post("/candidates/{key}/judgements", response=answered(answers.JudgedAnswer), openapi_extra=OFFICER)
def judge(request: HttpRequest, key: str, asked: Body[Judgement]) -> HttpResponse:
    """One officer's judgement. The second confirmation, which makes a hit, is made at the node itself."""
    officer = officer_of(request)
    people.read(client_of(request).actor, "api.judge", key, f"for {officer.name}")
    made = request_of(JudgeCandidate, asked, candidate=key)
    return once.run(
        request, client_of(request), officer, "judge-candidate@1", made,
        lambda done: answers.JudgedAnswer(key, done.answer["state"], done.answer["hit"]),
    )  # fmt: skip


def _made(who: Actor, done: Effects) -> screening.ScreeningAnswer:
    key = str(done.answer)
    new = next((row for row in done.rows if (row.model, row.id, row.version) == (MANIFEST, key, 0)), None)
    # The same list again is no new row: what is told of it is read.
    found = facts.just_screened(new, who.unit) if new is not None else facts.screened_again(key, who.unit)
    return screening.screening(found, facts.candidates(key, who) if found.candidates else ())
