"""Forms name the fields of the frozen request types, no more and no fewer (one definition)."""

from __future__ import annotations

from dataclasses import fields

from mithaq.node.acts.nouns import Person
from mithaq.node.border.forms import (
    AskSilenceForm,
    CrossingForm,
    DecideSilenceForm,
    EndSilenceForm,
    JudgeForm,
    ManifestForm,
    ThresholdForm,
    TravellerForm,
)  # fmt: skip
from mithaq.node.border.requests import (
    AskSilence,
    CrossingQuery,
    DecideSilence,
    EndSilence,
    JudgeCandidate,
    ScreenManifest,
    ScreenTraveller,
    SetThreshold,
)  # fmt: skip
from mithaq.node.exchange.forms import CloseForm, MendForm, SuspendForm
from mithaq.node.exchange.requests import CloseDeadLetter, SuspendLine
from mithaq.node.lists.forms import ConfirmForm, ListForm
from mithaq.node.lists.requests import ConfirmList, ImportList
from mithaq.node.wanted.forms import ExtendForm, NoticeForm, WithdrawForm
from mithaq.node.wanted.requests import Basis, BasisAgain, ExtendNotice, NoticeContent, WithdrawNotice


def names(kind: type) -> set[str]:
    return {one.name for one in fields(kind)}


def test_the_judgement() -> None:
    assert set(JudgeForm().fields) == names(JudgeCandidate) - {"candidate"}  # the candidate is in the address


def test_the_manifest() -> None:
    assert set(ManifestForm(posts=[]).fields) == names(ScreenManifest) - {"name"}  # the file's own name


def test_the_traveller_and_the_question_to_the_register() -> None:
    assert set(TravellerForm(posts=[]).fields) == names(ScreenTraveller)
    assert set(CrossingForm().fields) == names(CrossingQuery)
    assert set(ThresholdForm().fields) == names(SetThreshold) - {"post"}


def test_silences() -> None:
    assert set(AskSilenceForm().fields) == names(AskSilence) - {"candidate"}
    assert set(DecideSilenceForm().fields) == names(DecideSilence) - {"silence"}
    assert set(EndSilenceForm().fields) == names(EndSilence) - {"silence"}


def test_the_withdrawal() -> None:
    assert set(WithdrawForm().fields) == names(WithdrawNotice) - {"notice"}


def test_the_extension() -> None:
    assert set(ExtendForm().fields) == (names(ExtendNotice) - {"notice", "basis"}) | names(BasisAgain)


def test_the_notice() -> None:
    flat = (names(NoticeContent) - {"person", "basis", "reference"}) | names(Basis) | names(Person)
    assert set(NoticeForm().fields) == flat


def test_the_suspension_and_the_list() -> None:
    assert set(SuspendForm().fields) == names(SuspendLine)
    assert set(ListForm().fields) == names(ImportList) - {"name"}
    assert set(ConfirmForm().fields) == names(ConfirmList) - {"version"}  # the version is in the address


def test_the_closing_of_a_letter() -> None:
    assert set(CloseForm().fields) == names(CloseDeadLetter) - {"letter"}  # the letter is in the address


def test_the_mended_file() -> None:
    # The post or the list is that of the letter, the name the file's own.
    assert set(MendForm(two=True).fields) == names(ImportList) - {"name", "list"}
    assert set(MendForm(two=False).fields) == names(ScreenManifest) - {"name", "post"}
