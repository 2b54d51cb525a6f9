"""What makes two words worth comparing: the vowelless skeleton of consonant classes, whole and with one class left out.

Rule: two words whose skeletons are one insertion, deletion or change apart share a key; Arabic and Latin spellings of a
word meet because both drop what Arabic does not write. Implements design: screening, "Shape" (`keys`).
"""

from __future__ import annotations

from functools import lru_cache

from mithaq.screening.symbols import CODE, table

_COARSE = {CODE[symbol]: name for name, symbols in table("classes")["coarse"].items() for symbol in symbols}
COARSE_OF = {
    CODE[symbol]: number for number, symbols in enumerate(table("classes")["coarse"].values(), 1) for symbol in symbols
}
"""The number of the coarse class of a symbol, counted from 1."""
_FINE = {
    CODE[symbol]: number for number, symbols in enumerate(table("classes")["fine"].values(), 1) for symbol in symbols
}
_CLASSES = len(table("classes")["fine"])
_PLACES = 64 - _CLASSES
CLASS_OF = dict(_FINE)
"""The number of the finer class of a symbol, counted from 1."""
OCCUR = (1 << _CLASSES) - 1
"""The bits of a sieve that say which classes occur; the others say which two follow each other."""
MAX_SKELETON = 10


def skeleton(code: bytes) -> str:
    """The consonant classes of a word in order, a class repeated at once counted once."""
    out = ""
    for symbol in code:
        letter = _COARSE.get(symbol, "")
        if letter and not out.endswith(letter):
            out += letter
    return out[:MAX_SKELETON]


@lru_cache(maxsize=200_000)
def keys(code: bytes) -> tuple[str, ...]:
    """The skeleton and its shortenings by one class; a word without consonants has the key `-` of such words."""
    full = skeleton(code)
    if not full:
        return ("-",)
    if len(full) == 1:
        return (full,) if len(code) > 2 else (full, "-")
    return tuple(dict.fromkeys((full, *(full[:cut] + full[cut + 1 :] for cut in range(len(full))))))


@lru_cache(maxsize=200_000)
def sieve(code: bytes) -> int:
    """The finer consonant classes that occur and (hashed) which follow each other: one change moves few bits."""
    bits, before = 0, 0
    for symbol in (*code, None):
        after = _FINE.get(symbol, 0) if symbol is not None else 0
        if symbol is None or (after and after != before):
            bits |= 1 << (_CLASSES + (before * 19 + after * 7) % _PLACES)
            if after:
                bits |= 1 << (after - 1)
            before = after
    return bits
