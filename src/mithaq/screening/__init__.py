"""Who is this traveller? An engine: pure Python over columns; no Django, database, clock, network or configuration.

`build` makes an `Index` of listed subjects, `screen` finds the candidates of travellers with a score in bits and the
evidence that adds up to it. Implements design: screening.

    names -> keys -> vocabulary -> index -> evidence/ -> score -> explain; files reads and writes JSON Lines
"""

from mithaq.screening.explain import WHYS
from mithaq.screening.index import Index, build
from mithaq.screening.records import Candidate, Evidence, Result, Subject, Traveller
from mithaq.screening.score import FLOOR, screen

__all__ = ["FLOOR", "WHYS", "Candidate", "Evidence", "Index", "Result", "Subject", "Traveller", "build", "screen"]
