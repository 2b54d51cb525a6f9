"""Writes a PAXLST D.05B interchange from a manifest: for posts that forward one, and for tests, the demo and the bench.

Rule: `read_paxlst(write_paxlst(m)).messages == (m,)`, without a warning, for a manifest whose texts are ASCII; another
text is refused, because who forwards a name decides how it is spelled.
Documents: as `paxlst`.
"""

from __future__ import annotations

from mithaq.formats.edifact import Row, render
from mithaq.formats.paxlst_values import ROLES, SEXES, Leg, Manifest, Traveller

_CODES = {role: code for code, role in ROLES.items()}
_SEX = {sex: code for code, sex in SEXES.items()}
_BIRTH_FORMS = {4: "602", 6: "610", 8: "102"}


def write_paxlst(manifest: Manifest, sender: str = "MITHAQ", recipient: str = "POST", reference: str = "1") -> bytes:
    """The interchange as bytes. Raises InputError `edifact.charset` for a text that is not ASCII."""
    body: list[Row] = [
        ("UNH", manifest.reference, ("PAXLST", "D", "05B", "UN", "IATA")),
        ("BGM", manifest.document_code),
    ]
    for leg in manifest.itinerary:
        body += _leg(leg, manifest.carrier)
    for traveller in manifest.travellers:
        body += _traveller(traveller)
    body.append(("CNT", ("42", str(len(manifest.travellers)))))
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


def _traveller(one: Traveller) -> list[Row]:
    rows: list[Row] = [("NAD", _CODES[one.role], "", "", (one.family, one.given) if one.given else one.family)]
    if one.sex in _SEX:
        rows.append(("ATT", "2", "", _SEX[one.sex]))
    if one.birth_date:
        digits = one.birth_date.replace("-", "")
        rows.append(("DTM", ("329", digits, _BIRTH_FORMS[len(digits)])))
    places = (("22", one.clearance), ("174", one.residence), ("178", one.embarkation), ("179", one.debarkation))
    rows += [("LOC", code, place) for code, place in places if place]
    if one.birth_place:
        rows.append(("LOC", "180", ("", "", "", one.birth_place)))
    if one.nationality:
        rows.append(("NAT", "2", one.nationality))
    if one.reference:
        rows.append(("RFF", ("AVF", one.reference)))
    for document in one.documents:
        rows.append(("DOC", (document.kind, "110", "111"), document.number))
        if document.expires:
            rows.append(("DTM", ("36", document.expires.replace("-", ""), "102")))
        if document.issuer:
            rows.append(("LOC", "91", document.issuer))
    return rows
