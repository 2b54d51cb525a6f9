"""Writes a PAXLST interchange from a manifest: for posts that forward one, and for tests, the demo and the bench.

Rule: `read_paxlst(write_paxlst(m)).messages == (m,)`, without a warning, for a manifest as a reader gives one whose
texts are ASCII; another text is refused, because who forwards a name decides how it is spelled.
Documents: as `paxlst`.
"""

from __future__ import annotations

from mithaq.formats.edifact import Row, render
from mithaq.formats.paxlst_values import ROLES, SEXES, Baggage, Leg, Manifest, TravelDocument, Traveller

# The first code of a role is the one that is written.
_CODES = {role: code for code, role in reversed(ROLES.items())}
_SEX = {sex: code for code, sex in SEXES.items()}
_BIRTH_FORMS = {4: "602", 6: "610", 8: "102"}


def write_paxlst(manifest: Manifest, sender: str = "MITHAQ", recipient: str = "POST", reference: str = "1") -> bytes:
    """The interchange as bytes. Raises InputError `edifact.charset` for a text that is not ASCII."""
    body: list[Row] = [
        (
            "UNH",
            manifest.reference,
            ("PAXLST", *manifest.version.split(":"), "UN", "IATA"),
            manifest.access,
            manifest.part.split(":"),
        ),
        ("BGM", manifest.document_code, manifest.function),
    ]
    if manifest.transaction:
        body.append(("RFF", ("TN", manifest.transaction)))
    for leg in manifest.itinerary:
        body += _leg(leg, manifest.carrier)
    for traveller in manifest.travellers:
        body += _traveller(traveller)
    body += [row for mentioned in manifest.mentioned for row in _mentioned(mentioned)]
    body.append(("CNT", ("42", str(len(manifest.travellers) + len(manifest.mentioned)))))
    body.append(("UNT", str(len(body) + 1), manifest.reference))
    stamp = (manifest.departs[2:10].replace("-", ""), manifest.departs[11:16].replace(":", ""))
    rows: list[Row] = [
        ("UNB", ("UNOA", "4"), sender, recipient, stamp, reference, "", "APIS"),
        *body,
        ("UNZ", "1", reference),
    ]
    return render(rows)


def _leg(leg: Leg, carrier: str) -> list[Row]:
    rows: list[Row] = [("TDT", "20", leg.flight, "", "", carrier)]
    for code, place, kind, at in (("125", leg.departure, "189", leg.departs), ("87", leg.arrival, "232", leg.arrives)):
        if place:
            rows.append(("LOC", code, place))
        if at:
            digits = at.replace("-", "").replace("T", "").replace(":", "")
            rows.append(("DTM", (kind, digits, "203" if len(digits) == 12 else "102")))
    return rows


def _mentioned(said: str) -> list[Row]:
    reference, _, identifier = said.partition(" ")
    rows: list[Row] = [("NAD", "ZZZ"), ("RFF", ("AVF", reference))]
    return [*rows, ("RFF", ("ABO", identifier))] if identifier else rows


def _traveller(one: Traveller) -> list[Row]:
    name: str | tuple[str, ...] = (one.family, one.given) if one.given else one.family
    rows: list[Row] = [
        ("NAD", _CODES[one.role], "", "", name, one.address) if one.address else ("NAD", _CODES[one.role], "", "", name)
    ]
    if one.sex in _SEX:
        rows.append(("ATT", "2", "", _SEX[one.sex]))
    if one.birth_date:
        digits = one.birth_date.replace("-", "")
        rows.append(("DTM", ("329", digits, _BIRTH_FORMS[len(digits)])))
    rows += _bags(one.bags)
    if one.verified is not None:
        rows.append(("GEI", "4", "173" if one.verified else "174"))
    places = (("22", one.clearance), ("174", one.residence), ("178", one.embarkation), ("179", one.debarkation))
    rows += [("LOC", code, place) for code, place in places if place]
    if one.birth_place:
        rows.append(("LOC", "180", ("", "", "", one.birth_place)))
    rows += [("COM", (value, kind)) for kind, _, value in (said.partition(" ") for said in one.contacts)]
    if one.duty:
        rows.append(("EMP", "1", one.duty))
    if one.nationality:
        rows.append(("NAT", "2", one.nationality))
    return rows + _references(one) + [row for document in one.documents for row in _document(document)]


def _bags(bags: Baggage) -> list[Row]:
    rows: list[Row] = [("MEA", "CT", "", ("", bags.pieces))] if bags.pieces else []
    if bags.weight:
        value, _, unit = bags.weight.partition(" ")
        rows.append(("MEA", "WT", "", ({"kg": "KGM", "lb": "LBR"}.get(unit, ""), value)))
    return rows + [("FTX", "BAG", "", "", tag.split(":")) for tag in bags.tags]


def _references(one: Traveller) -> list[Row]:
    said = (("AVF", one.reference), ("ABO", one.identifier), ("SEA", one.seat))
    further = ((code, value) for code, _, value in (text.partition(" ") for text in one.references))
    return [("RFF", (code, value)) for code, value in (*said, *further) if value]


def _document(document: TravelDocument) -> list[Row]:
    rows: list[Row] = [("DOC", (document.kind, "110", "111"), document.number)]
    for code, day in (("36", document.expires), ("182", document.issued)):
        if day:
            rows.append(("DTM", (code, day.replace("-", ""), "102")))
    return [*rows, ("LOC", "91", document.issuer)] if document.issuer else rows
