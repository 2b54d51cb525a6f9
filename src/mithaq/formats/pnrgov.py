"""PNRGOV messages, 10.1 to 18.1 and later: passenger name records as airlines push them to a state.

Rules: a message is read by what the guide says, not by what one system sends; what cannot be read is left out and told,
with the number of its segment and its offset; what no border may hold is never carried (`pnrgov_withheld`), nor a card
number. Documents: IATA/ICAO/WCO PNRGOV message, EDIFACT implementation guide (PADIS), 10.1 to 17.1; ICAO
Doc 9944; Directive (EU) 2016/681, annex I.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, BinaryIO

from mithaq.errors import InputError
from mithaq.formats.edifact import MAX_BYTES, Segment, Warning, tokenise
from mithaq.formats.edifact_dates import day_of
from mithaq.formats.edifact_envelope import Message as Envelope
from mithaq.formats.edifact_envelope import messages
from mithaq.formats.pnrgov_address import agent_of
from mithaq.formats.pnrgov_booking import Booking
from mithaq.formats.pnrgov_itinerary import times
from mithaq.formats.pnrgov_mend import HOSTS, mended, parted
from mithaq.formats.pnrgov_notes import Notes
from mithaq.formats.pnrgov_record import take
from mithaq.formats.pnrgov_resolve import record
from mithaq.formats.pnrgov_values import Agent, Interchange, Message, Record

__all__ = ["Interchange", "Message", "Record", "read_pnrgov"]

# Versions of the guide that are alike in what is read here; others are read as these are.
_VERSIONS = frozenset(f"{year}:1" for year in range(10, 19))


def read_pnrgov(data: bytes | BinaryIO) -> Interchange:
    """The bookings of a file. Raises InputError: as `tokenise`, `pnrgov.size`, or `pnrgov.none`: no message is one."""
    held = bytes(data) if isinstance(data, bytes | bytearray | memoryview) else data.read(MAX_BYTES + 1)
    held, mends = mended(held) if len(held) <= MAX_BYTES else (held, [])
    tokens = tokenise(held)
    warnings = list(tokens.warnings)
    warnings += [Warning("pnrgov.terminator", at, "A segment was not ended; it was read to here.") for at in mends]
    envelopes = messages(tokens.segments, warnings)
    notes = Notes(warnings)
    found: list[Message] = []
    for one in envelopes:
        if one.segments[0].get(1).upper() == "PNRGOV":
            found.append(_message(one, notes))
        else:
            notes.add(Warning("pnrgov.message", one.segments[0].offset, "A message that is no PNRGOV was left out."), 0)
    if not found:
        detail = "The interchange holds no PNRGOV message."
        raise InputError("pnrgov.none", detail, remedy="Check that the right file was chosen.", where="offset 0")
    return Interchange(tuple(found), notes.all())


def _message(envelope: Envelope, notes: Notes) -> Message:
    head, part = _heading(envelope.segments)
    notes.unread, notes.number = [], 1
    said = _journey(head, notes)
    records = _records(part, len(head), said["departs"][:10] or day_of(envelope.prepared), notes)
    notes.number = 0
    _check(head, records, notes)
    first = envelope.segments[0]
    version = ":".join(filter(None, (first.get(1, 1), first.get(1, 2))))
    if version not in _VERSIONS:
        detail = "The message is of version {version}, which this reader does not know; it was read as the others are."
        notes.add(Warning("pnrgov.version", first.offset, detail, {"version": version or "-"}))
    function = next((one.get(0, 1) or one.get(0) for one in head if one.tag == "MSG"), "")
    sender = next((agent_of(one) for one in head if one.tag == "ORG"), Agent())
    return Message(
        reference=first.get(0),
        version=version,
        access=first.get(2),
        part=":".join(filter(None, (first.get(3), first.get(3, 1)))),
        function=function,
        sender=sender,
        records=records,
        unread=tuple(notes.unread),
        **said,
    )


def _heading(segments: Sequence[Segment]) -> tuple[Sequence[Segment], Sequence[Segment]]:
    """What stands before the first booking; without an SRC, a booking begins with its own reference."""
    first = next((at for at, one in enumerate(segments) if one.tag in {"SRC", "RCI", "TIF"}), len(segments))
    return segments[:first], segments[first:]


def _journey(head: Sequence[Segment], notes: Notes) -> dict[str, Any]:
    for number, one in enumerate(head, start=1):
        if one.tag == "TVL":
            notes.number = number
            departs, arrives = times(one, notes)
            carrier = one.get(3)
            return {
                "carrier": carrier, "flight": carrier + one.get(4), "departure": one.get(1), "arrival": one.get(2),
                "departs": departs, "arrives": arrives,
            }  # fmt: skip
    return dict.fromkeys(("carrier", "flight", "departure", "arrival", "departs", "arrives"), "")


def _records(part: Sequence[Segment], before: int, reference: str, notes: Notes) -> tuple[Record, ...]:
    found: list[Record] = []
    booking: Booking | None = None
    for number, whole in enumerate(part, start=before + 1):
        notes.number = number
        if whole.tag == "SRC" or booking is None:
            if booking is not None:
                found.append(record(booking))
            booking = Booking(whole.offset, reference, notes)
            if whole.tag == "SRC":
                continue
        fused = parted(whole) if whole.tag in HOSTS else None
        if fused is None:
            take(booking, whole)
            continue
        notes.add(
            Warning(
                "pnrgov.terminator", whole.offset, "A segment was not ended; what follows was read as one of its own."
            )
        )
        for one in fused:
            take(booking, one)
    if booking is not None:
        found.append(record(booking))
    return tuple(found)


def _check(head: Sequence[Segment], records: Sequence[Record], notes: Notes) -> None:
    """A heading has a MSG, an ORG and a flight; EQN counts the bookings, for some senders their travellers."""
    offset = head[0].offset if head else 0
    missing = [tag for tag in ("MSG", "ORG", "TVL") if all(one.tag != tag for one in head)]
    if missing:
        notes.add(Warning("pnrgov.heading", offset, "The heading has no {missing}.", {"missing": ", ".join(missing)}))
    people = sum(len(one.travellers) for one in records)
    for one in head:
        said = one.get(0)
        if one.tag == "EQN" and not (said.isascii() and said.isdigit() and int(said[:9]) in {len(records), people}):
            there = {"records": len(records)}
            notes.add(
                Warning("pnrgov.count", one.offset, "The message holds {records} bookings, and says otherwise.", there)
            )
