"""Who is this traveller? An engine: pure Python over columns; no Django, database, clock, network or configuration.

`build` makes an `Index` of listed subjects, `screen` finds the candidates of travellers with a score in bits and the
evidence that adds up to it; a roll of people is packed once (`pack`) and asked for a name (`may_be`). Implements
design: screening.

    names -> keys -> vocabulary -> building -> index -> evidence/ -> score -> explain; roll, meeting
    bounds, kernel, kernel_names: what lets most of a list be passed over; files: JSON Lines; store: an index in a file
    rarity, readback, merging -> layers: a list that changes; parts: a list in processes
"""

from mithaq.screening.building import build
from mithaq.screening.explain import WHYS
from mithaq.screening.index import Index
from mithaq.screening.records import Candidate, Evidence, Result, Subject, Traveller
from mithaq.screening.roll import may_be, pack
from mithaq.screening.score import FLOOR, screen

__all__ = [
    "FLOOR", "WHYS", "Candidate", "Evidence", "Index", "Result", "Subject", "Traveller", "build", "may_be", "pack",
    "screen",
]  # fmt: skip
