"""A manifest of 300 passengers against 10,000 notices, screened and stored, as a post's upload does it.

The invented national list and the first 300 travellers of the shared screening bench, on the node of this process with
a real PostgreSQL: the act `screen-manifest` from the file's bytes to the committed rows and the queued leaf. The
reference is the engine alone on the same travellers and the same index, in turns: what is left is reading, deciding,
storing and logging.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from pathlib import Path

from tests.node import here as place

from bench.record import Figure, Reference, pairs

place.configured()

from tests.node import acts_material as material  # noqa: E402

from mithaq.formats.paxlst import Leg, Manifest, TravelDocument, Traveller  # noqa: E402  Django must be configured first
from mithaq.formats.paxlst_write import write_paxlst  # noqa: E402
from mithaq.node.acts import local, perform, wire  # noqa: E402
from mithaq.node.acts.ids import uuid7  # noqa: E402
from mithaq.node.acts.nouns import Person  # noqa: E402
from mithaq.node.border import matcher, reading  # noqa: E402
from mithaq.node.border.posts import AddPost, add  # noqa: E402
from mithaq.node.border.requests import ScreenManifest  # noqa: E402
from mithaq.node.wanted.models import Notice  # noqa: E402
from mithaq.screening import screen  # noqa: E402
from mithaq.screening.files import read_subjects, read_travellers  # noqa: E402

NAME = "screening-stored"
NOTICES, PASSENGERS, TIMES = 10_000, 300, 5
DAY = date(2026, 5, 4)
SHARED = Path(__file__).resolve().parents[2] / "shared/bench/screening"


def run() -> list[Figure]:
    """Seconds from bytes to stored, and of the engine alone."""
    fresh = place.fresh()
    here = next(fresh)
    add_notices(here)
    names = dict.fromkeys(("en", "fr", "nl", "ar"), "Brussels")
    local.apply("post", add(AddPost("BEBRU", "BE-POLICE/BORDER", "air", names)), here.clock.now())
    data = _manifest()
    read = reading.read(data, "BEBRU", DAY)
    travellers = [asked for number, one in enumerate(read.travellers) for asked in reading.for_screening(number, one)]
    live = matcher.live()
    assert live.size == NOTICES
    # Each time another flight: the same list again would be known, and not screened.
    requests = (ScreenManifest("BEBRU", "bench.edi", data.replace(b"XX123", f"XX{one}".encode())) for one in count(200))
    stored, engine = pairs(
        lambda: perform.perform("screen-manifest@1", next(requests), material.OFFICER_A),
        lambda: screen(live.index, travellers, floor=8.0),
        TIMES,
    )
    reference = Reference("the engine alone", engine.median)
    return [Figure("300 passengers against 10,000 notices, stored", stored.median, "s", reference, stored, most=0.5)]


def add_notices(here: place.Here) -> None:
    """The invented national list, as active notices of the partner."""
    now = here.clock.now()
    found = []
    for number, subject in enumerate(read_subjects(SHARED / "national.jsonl.gz")):
        reference = f"MA-POLICE/2026/WP/{number:05d}"
        person = Person(subject.names, "unknown", subject.birth_dates, subject.nationalities)
        content = wire.encode(material.content(person=person, portrait=None, reference=reference))
        fixed = {
            name: content[name] for name in ("category", "purpose", "urgency", "handling", "language", "reference")
        }
        later = now + timedelta(days=300)
        moments = {"created": now, "changed": now, "review": later, "kept_until": later}
        owner = {
            "authority": "MA-POLICE",
            "unit": "MA-POLICE/WANTED",
            "plan": material.PLAN_ID,
            "line": "wanted-persons",
        }
        found.append(Notice(id=uuid7(now), state="active", content=content, **fixed, **moments, **owner))
    Notice.objects.bulk_create(found, batch_size=1000)


def _manifest() -> bytes:
    people = []
    for one in read_travellers(SHARED / "travellers.jsonl.gz"):
        given, _, family = one.names[0].upper().partition(" ")
        if one.names[0].isascii() and family and len(people) < PASSENGERS:
            document = TravelDocument("P", f"B{len(people):07d}", "MAR")
            people.append(Traveller("passenger", family, given, "male", one.birth_date, one.nationality, (document,)))
    leg = Leg("XX123", "CMN", "2026-05-04T02:10", "BRU", "2026-05-04T06:05")
    plain = Manifest("1", "745", "XX", leg.flight, "CMN", "BRU", leg.departs, leg.arrives, (leg,), tuple(people))
    return write_paxlst(plain)
