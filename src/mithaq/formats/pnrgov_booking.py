"""A booking while it is read: what has been said of it so far, and of whom or of which flight the next segment speaks.

Rules: what stands before the first TIF is said of the booking, under a TIF of that traveller, under a TVL of that
flight; a text that must not be kept is counted only. Special services wait in `later` until the whole booking is read.
Document: as `pnrgov`, groups 1 to 11.
"""

from __future__ import annotations

from collections.abc import Callable

from mithaq.formats.edifact import Segment
from mithaq.formats.pnrgov_notes import Notes
from mithaq.formats.pnrgov_people import People, Person
from mithaq.formats.pnrgov_texts import contacts, masked
from mithaq.formats.pnrgov_values import Address, Agent, Contact, Locator
from mithaq.formats.pnrgov_withheld import told

# Of what a segment speaks; from HISTORY on nothing is kept.
BOOKING, PEOPLE, FLIGHTS, HISTORY = range(4)


class Booking:
    """A booking being read; `reference` is the day of the flight, against which short years are read."""

    def __init__(self, offset: int, reference: str, notes: Notes) -> None:
        notes.hold(offset)
        self.offset, self.reference, self.notes = offset, reference, notes
        self.phase = BOOKING
        self.people = People()
        self.person: Person | None = None
        self.flights: list[dict[str, str]] = []
        self.non_air = ""
        self.locators: dict[tuple[str, str], Locator] = {}
        self.split: dict[tuple[str, str], Locator] = {}
        self.splitting = False
        self.agent: Agent | None = None
        self.changed = self.ticketed = self.group = self.excess = ""
        self.contacts: dict[Contact, None] = {}
        self.addresses: dict[Address, None] = {}
        self.payments: list[dict[str, str]] = []
        self.payers: dict[int, tuple[str, ...]] = {}
        self.remarks: dict[str, None] = {}
        self.ticket: dict[str, str] = {}
        self.later: list[tuple[Segment, int, Person | None, int]] = []
        self.history = self.withheld = 0

    def text(self, text: str, code: str = "", *, remark: bool = True) -> None:
        """A free text: its contacts, else the text itself, unless it must not be kept."""
        found = contacts(text, code)
        for one in found:
            if self.person is not None and self.phase == PEOPLE:
                self.person.put("contacts", one, one)
            else:
                self.contacts[one] = None
        if found or not remark or not text:
            return
        if told(text):
            self.withheld += 1
        else:
            self.remarks[masked(text)] = None

    def close_ticket(self) -> None:
        """Give the ticket being read to its traveller."""
        if self.ticket and self.person is not None:
            self.person.put("tickets", self.ticket["number"], self.ticket)
        self.ticket = {}


# What a segment does to the booking.
Take = Callable[[Booking, Segment], None]
