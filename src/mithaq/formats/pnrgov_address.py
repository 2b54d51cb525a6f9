"""How a booking's people are reached and who made it: addresses (ADD), free texts (IFT) and the agent (ORG).

Rules: a number or mail in an address or a text is a contact, and the text is not kept beside it; a text that must not
be kept is counted only; fare calculations are no texts of a person. Document: as `pnrgov`, segments ADD, IFT and ORG.
"""

from __future__ import annotations

from mithaq.formats.edifact import Segment
from mithaq.formats.pnrgov_booking import BOOKING, FLIGHTS, PEOPLE, Booking, Take
from mithaq.formats.pnrgov_texts import contacts, mails, masked, phones
from mithaq.formats.pnrgov_values import Address, Agent, Contact
from mithaq.formats.pnrgov_withheld import told

_EIGHT = ("",) * 8


def agent_of(one: Segment) -> Agent:
    """An ORG: reservation system and place, agency, office, place, carrier, kind, country and currency, agent."""
    get, last = one.get, one.get(6)
    # Some leave the currency where the agent should stand.
    currency, agent = (get(5, 1), last) if get(5, 1) or len(last) != 3 else (last, "")
    return Agent(get(0), get(0, 1) or get(2), get(1), get(1, 1), get(3), get(4), get(5), currency, agent)


def _org(it: Booking, one: Segment) -> None:
    if it.agent is None and it.phase != FLIGHTS:
        it.agent = agent_of(one)


def _add(it: Booking, one: Segment) -> None:
    for parts in one.elements:
        code, street, city, state, area, country, postcode, text = (*map(str.strip, parts), *_EIGHT)[:8]
        paying = it.phase == PEOPLE and bool(it.payments)
        kind = "contact" if it.phase == BOOKING else "payer" if paying else "traveller"
        rest = "" if not text or _address_text(it, code, text) else masked(text)
        if rest and told(rest):
            rest, it.withheld = "", it.withheld + 1
        found = Address(kind, masked(street), masked(city), state or area, country, postcode, rest)
        if not any((street, city, state, area, country, postcode, rest)):
            continue
        if it.person is not None and kind == "traveller":
            it.person.put("addresses", found, found)
        else:
            it.addresses[found] = None


def _address_text(it: Booking, code: str, text: str) -> bool:
    """Take the contacts of an address's own text, where a number needs no word before it; whether there were any."""
    found = (
        contacts(text)
        or [Contact("email", mail, code) for mail in mails(text)]
        or [Contact("phone", number, code) for number in phones(text)]
    )
    person = it.person if it.phase == PEOPLE else None
    for one in found:
        if person is not None:
            person.put("contacts", one, one)
        else:
            it.contacts[one] = None
    return bool(found)


def _ift(it: Booking, one: Segment) -> None:
    kind = one.get(0, 1)
    if kind in {"15", "63", "19"}:  # fare calculation, handling carrier, history
        return
    texts = [":".join(parts).strip() for parts in one.elements[1:]]
    if kind != "43":
        it.text(" ".join(texts))
        return
    # Who pays: name, address, telephone.
    if it.payments:
        it.payers.setdefault(len(it.payments) - 1, tuple(masked(text) for text in texts if text))
    for text in texts[2:]:
        for number in phones(text):
            it.contacts[Contact("phone", number, "payer")] = None


TAKES: dict[str, Take] = {"ORG": _org, "ADD": _add, "IFT": _ift}
