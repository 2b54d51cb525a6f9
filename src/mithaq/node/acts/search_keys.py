"""What makes a record and a question meet: keys of names in any script, of references, documents and flights. Pure.

Rules: a key is bound to a reader before it is hashed, so that what a person may not read has no key that the person
can ask for; any text gives a bounded number of keys. Names meet by the engine of screening: as they sound, by their
finer consonant classes, by the coarser ones in which Arabic, Latin, Cyrillic and Tifinagh meet, and one class apart.
Design: architecture, "Layout" (search source); screening, "Cross-script without ICU" and "Shape" (`keys`).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from mithaq.node.acts.definition import OPEN_LINES, Actor
from mithaq.screening.keys import CLASS_OF, skeleton
from mithaq.screening.names import PLAIN, Name, Unit, parse
from mithaq.screening.symbols import SYMBOLS, table

EVERYONE, OVERSIGHT, _NO_LINE = "*", "oversight", "-"
OFFICERS = frozenset({"case-officer", "supervisor"})
MOST_WORDS = 200  # characters of a question
MOST_TERMS = 6
EXACT = 16
"""What a reference, a document or a flight counts: more than any word of a name."""
# A shorter skeleton with a class changed is another name's.
_NEAR = 4
_CLASSES = "".join(sorted(table("classes")["coarse"]))
_VOWELS = frozenset({*"aeiouwy", "ou", "e.", *"اعويى"})
_SILENT = str.maketrans("", "", "хХ")
_MARKED = re.compile(r"[0-9./_:]")
# An airline's code and the number of a flight, apart or with zeros between: AT 832, AT0832.
_FLIGHT = re.compile(r"(?<!\w)((?:[A-Z][A-Z0-9]|[0-9][A-Z])\s?|[A-Z]{3})0*([1-9][0-9]{0,3}[A-Z]?)(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that is asked for: sets of keys, the best way to meet it first, each with what it counts."""

    levels: tuple[tuple[int, frozenset[str]], ...]

    @property
    def is_exact(self) -> bool:
        """Whether it is a reference, a number or a flight."""
        return self.levels[0][0] == EXACT

    @property
    def keys(self) -> frozenset[str]:
        return frozenset().union(*(keys for _, keys in self.levels))


def of_unit(unit: str) -> str:
    """The reader that every person of a unit is."""
    return f"unit:{unit}"


def of_officers(unit: str) -> str:
    """The reader that the case officers and supervisors of a unit are."""
    return f"officers:{unit}"


def on_line(line: str, unit: str = EVERYONE) -> tuple[str, ...]:
    """The readers that know of a record of a line of a plan: those of all lines, and those of this one; of a unit, or
    of the authority. A record of no line is of a line that everybody works on."""
    return tuple(f"line:{one}:{unit}" for one in (EVERYONE, line or _NO_LINE))


def readers_of(who: Actor) -> tuple[str, ...]:
    """The readers that a person is. Nothing that is asked can add one."""
    found = [EVERYONE, of_unit(who.unit)]
    lines = [EVERYONE] if who.bound_to is None else sorted({one or _NO_LINE for one in who.bound_to | OPEN_LINES})
    found += [f"line:{line}:{unit}" for unit in (EVERYONE, who.unit) for line in lines]
    found += [of_officers(who.unit)] if who.roles & OFFICERS else []
    return tuple(found + ([OVERSIGHT] if OVERSIGHT in who.roles else []))


def hashed(readers: Iterable[str], keys: Collection[str]) -> list[int]:
    """Each key for each reader as a signed number of 64 bits, in order."""
    return sorted(_hash(f"{reader}\0{key}") for reader in readers for key in keys)


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), signed=True)


def of_names(names: Iterable[str]) -> frozenset[str]:
    """The keys of a record's names."""
    readings = (name for text in names for name in _readings(text))
    return frozenset(key for name in readings for unit in name.units for _, key in _of(unit))


def of_texts(texts: Iterable[str]) -> frozenset[str]:
    """The keys of references, document numbers, flights and file names: each whole, a reference by its end, too."""
    found = set()
    for text in texts:
        parts = text.split("/")
        whole = [text, *("/".join(parts[place:]) for place in range(1, len(parts) - 1))]
        found |= {f"x:{plain}" for one in (*whole, joined(text)) if (plain := _plain(one))}
    return frozenset(found)


def terms(words: str) -> tuple[Term, ...]:
    """What a question asks for: each word of a name, and each reference, document or flight. At most `MOST_TERMS`."""
    tokens = joined(_digits(words[:MOST_WORDS])).split()
    exact = [token for token in tokens if _MARKED.search(token) and _plain(token)]
    readings = _readings(" ".join(token for token in tokens if not _MARKED.search(token)))
    found = [Term(((EXACT, frozenset({f"x:{_plain(token)}"})),)) for token in exact]
    found += [_term(readings, place) for place in range(len(readings[0].words))]
    return tuple(term for term in found if term.keys)[:MOST_TERMS]


def joined(text: str) -> str:
    """The text with each flight written as one word, without leading zeros."""
    return _FLIGHT.sub(lambda match: f"{match[1].strip()}{match[2]}", text)


def likest(names: Iterable[str], asked: Collection[Term]) -> str:
    """The spelling of a record's names that meets the question best; the first of those that meet it as well."""
    return max(names, key=lambda name: _weight(of_names([name]), asked), default="")


def _weight(keys: frozenset[str], asked: Collection[Term]) -> int:
    return sum(next((count for count, level in term.levels if level & keys), 0) for term in asked)


def _readings(text: str) -> tuple[Name, ...]:
    """A name as it may be read: Cyrillic writes the h of Ahmed as the kh of Khalid, and an h is in no class."""
    plain, silent = parse(text), text.translate(_SILENT)
    other = parse(silent) if silent != text else plain
    return (plain,) if other == plain or len(other.words) != len(plain.words) else (plain, other)


def _term(readings: Collection[Name], place: int) -> Term:
    levels: dict[int, set[str]] = {4: set(), 3: set(), 2: set(), 1: set()}
    for unit in (one for name in readings for one in name.units):
        if unit.mask >> place & 1:
            for count, key in _of(unit):
                levels[count].add(key)
            if unit.form == PLAIN:
                levels[1] |= {f"s:{near}" for near in _one_apart(skeleton(unit.code))}
    return Term(tuple((count, frozenset(keys)) for count, keys in levels.items() if keys))


def _of(unit: Unit) -> Iterable[tuple[int, str]]:
    """The keys of a unit of a name, with what each counts when it meets."""
    yield 4, f"w:{unit.code.hex()}"
    yield 3, f"f:{_sound(unit.code)}"
    if len(coarse := skeleton(unit.code)) > 1:
        yield 2, f"s:{coarse}"


def _sound(code: bytes) -> str:
    """Whether a word begins with a vowel, and its finer consonant classes in order."""
    out = "-" if code and SYMBOLS[code[0]] in _VOWELS else ""
    for symbol in code:
        letter = chr(96 + number) if (number := CLASS_OF.get(symbol, 0)) else ""
        if letter and not out.endswith(letter):
            out += letter
    return out


def _one_apart(full: str) -> set[str]:
    if len(full) < _NEAR:
        return set()
    places = range(len(full) + 1)
    made = {full[:cut] + full[cut + 1 :] for cut in places}
    made |= {full[:cut] + letter + full[cut + 1 :] for cut in places for letter in _CLASSES}
    made |= {full[:cut] + letter + full[cut:] for cut in places for letter in _CLASSES}
    return made - {full}


def _plain(text: str) -> str:
    """Letters and digits in capitals: how a reference or a number is compared."""
    return "".join(letter for letter in _digits(text).upper() if letter.isalnum())


def _digits(text: str) -> str:
    """The text with the digits of every script as 0 to 9, and compatible forms made one."""
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKC", text)
    return "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in plain)
