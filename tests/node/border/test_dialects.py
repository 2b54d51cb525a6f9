"""What the border makes of lists and bookings of other systems: every traveller has a flight and can be screened."""

from __future__ import annotations

from datetime import date

import pytest

from mithaq.errors import InputError
from mithaq.formats.paxlst import read_paxlst
from mithaq.formats.pnrgov import read_pnrgov
from mithaq.node.border import reading
from tests.formats import paxlst_dialects, pnrgov_dialects

DAY = date(2026, 3, 1)
LISTS = [one for one in paxlst_dialects.DIALECTS if one.name != "no trailers at all"]


@pytest.mark.parametrize("dialect", LISTS, ids=lambda one: one.name)
def test_travellers_of_a_list_carry_its_flight_and_their_papers(dialect: paxlst_dialects.Dialect) -> None:
    found = reading.read(dialect.data, "BEBRU", DAY)
    assert found.feed == "paxlst"
    assert f"{found.travel.flight} " == dialect.journeys[0][: len(found.travel.flight) + 1]
    sent = [one for message in read_paxlst(dialect.data).messages for one in message.travellers]
    assert [one.role for one in found.travellers] == [one.role for one in sent]
    for position, (one, whole) in enumerate(zip(found.travellers, sent, strict=True)):
        assert one.names == (f"{whole.given} {whole.family}".strip(),)
        assert [paper.number for paper in one.documents] == [paper.number for paper in whole.documents]
        screened = reading.for_screening(position, one)
        assert {it.document for it in screened} == {it.number for it in whole.documents} or {None}
        assert all(it.names == one.names and it.birth_date == whole.birth_date for it in screened)


@pytest.mark.parametrize("dialect", pnrgov_dialects.DIALECTS, ids=lambda one: one.name)
def test_travellers_of_bookings_carry_the_flight_and_their_papers(dialect: pnrgov_dialects.Dialect) -> None:
    found = reading.read(dialect.data, "BEBRU", DAY)
    assert found.feed == "pnrgov"
    travel = found.travel
    assert (
        f"{travel.flight} {travel.departure}-{travel.arrival} {travel.departs} {travel.arrives}" == dialect.journeys[0]
    )
    sent = [
        one for message in read_pnrgov(dialect.data).messages for record in message.records for one in record.travellers
    ]
    assert len(found.travellers) == len(sent) == sum(line.startswith("T ") for line in dialect.lines)
    for position, (one, whole) in enumerate(zip(found.travellers, sent, strict=True)):
        assert one.names[0] == f"{whole.given} {whole.family}".strip()
        assert one.birth_date == (whole.birth_date or "")
        numbers = {paper.number for paper in whole.documents if paper.number and paper.kind not in {"K", "R"}}
        assert {it.document for it in reading.for_screening(position, one)} == (numbers or {None})


def test_a_list_without_trailers_is_refused_whole() -> None:
    (dialect,) = (one for one in paxlst_dialects.DIALECTS if one.name == "no trailers at all")
    with pytest.raises(InputError) as told:
        reading.read(dialect.data, "BEBRU", DAY)
    assert told.value.code == "manifest.cut"


def test_a_title_on_a_document_is_no_name() -> None:
    body = (
        "SRC'RCI+MQ:QWERT1'TIF+VERADI+NORA MRS:A:1'"
        "SSR+DOCS:HK:1:MQ:::::/P/BEL/EX123456/BEL/04JUL84/F/12JAN30/VERADI/NORA LINA MRS'"
    )
    (found,) = reading.read(pnrgov_dialects.whole(body), "BEBRU", DAY).travellers
    assert found.names == ("NORA VERADI", "NORA LINA VERADI")
