"""The frozen request types of this subject: the one definition that wire, forms, CLI and documents derive from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from mithaq.node.acts.nouns import Document, Handling, Language

Verdict = Literal["match", "no-match"]
# What was compared beyond name and birth date: confirmation needs one of these.
Identifier = Literal["", "document", "portrait", "fingerprints", "marks", "biometric-chip"]


@dataclass(frozen=True, slots=True)
class ScreenManifest:
    """Screen a manifest at a post: the file's bytes as received."""

    post: str
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class ScreenTraveller:
    """Compare one traveller who stands at a post: the machine-readable zone of the document (two or three lines, as
    scanned or typed), or what an officer reads from it; where both are given, the officer's words count."""

    post: str
    mrz: str = ""
    name: str = ""
    birth_date: str = ""
    nationality: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class RescreenCrossings:
    """Compare the kept crossings of a post with the subjects as they are now."""

    post: str


@dataclass(frozen=True, slots=True)
class SetThreshold:
    """Choose from which score on a traveller is a candidate at a post and a feed: by a rate of false alerts (one in so
    many), or, where too few travellers are counted, by the score in bits. `follows` is the choice that stood when this
    one was made (empty: the clause's)."""

    post: str
    feed: str
    one_in: int = 0
    bits: str = ""
    reason: str = ""
    follows: str = ""


@dataclass(frozen=True, slots=True)
class CrossingQuery:
    """Ask the register who crossed: a name, a document number or both, between two days (both included), and why."""

    name: str
    document: str
    since: date
    until: date
    reason: str


@dataclass(frozen=True, slots=True)
class JudgeCandidate:
    """One officer's judgement; `version` is the version of the candidate that the officer has read."""

    candidate: str
    version: int
    verdict: Verdict
    identifier: Identifier = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class ReportHit:
    """Tell the notice's owner of a hit, again, after the plan has refused it once."""

    hit: str
    version: int


# Why a document is silenced for a listed record.
SilenceGround = Literal["biometrics", "document", "owner", "other"]


@dataclass(frozen=True, slots=True)
class AskSilence:
    """Ask that the document of a rejected candidate makes no candidate for the same listed record any more; `version`
    is the version of the candidate that was read."""

    candidate: str
    version: int
    ground: SilenceGround
    reason: str


@dataclass(frozen=True, slots=True)
class DecideSilence:
    """Agree to a silence that another unit asks for, or decline it with a reason."""

    silence: str
    version: int
    verdict: Literal["agree", "decline"]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EndSilence:
    """End a silence before its time, with a reason."""

    silence: str
    version: int
    reason: str


@dataclass(frozen=True, slots=True)
class TellSilence:
    """Tell the owner of the record of a silence, again, after the plan has refused it once."""

    silence: str
    version: int


@dataclass(frozen=True, slots=True)
class ToldSilence:
    """The body of `tell-silence@1`: that a document makes no candidate for a notice, since when, until when and why;
    nothing of the traveller. `silence` is its id at the sender, `until` the moment of its end where it has ended."""

    silence: str
    notice: str
    since: str
    until: str
    ground: SilenceGround
    purpose: str = "locate"
    handling: Handling = "H1"
    language: Language = "en"


@dataclass(frozen=True, slots=True)
class TravellerData:
    """A traveller as the manifest describes one."""

    names: tuple[str, ...]
    birth_date: str = ""
    sex: str = "unknown"
    nationality: str = ""
    documents: tuple[Document, ...] = ()
    role: str = "passenger"


@dataclass(frozen=True, slots=True)
class Travel:
    """The journey: carrier and flight, from, to, and the local times as the manifest gives them."""

    flight: str
    departure: str
    arrival: str
    departs: str = ""
    arrives: str = ""
    post: str = ""


@dataclass(frozen=True, slots=True)
class HitReport:
    """The body of `report-hit@1`: who was found, where, and on which identifier two officers confirmed it.

    `purpose` and `handling` are those of the notice: what answers it is bound as it is.
    """

    hit: str
    notice: str
    traveller: TravellerData
    travel: Travel
    identifiers: tuple[str, ...]
    officers: int
    confirmed: str
    purpose: str = "locate"
    handling: Handling = "H1"
    language: Language = "en"
    remark: str = ""
