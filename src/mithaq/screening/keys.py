"""What makes two words worth comparing: the vowelless skeleton of consonant classes, whole and with one class left out.

Rule: two words whose skeletons are one insertion, deletion or change apart share a key; Arabic and Latin spellings of a
word meet because both drop what Arabic does not write. Implements design: screening, "Shape" (`keys`).
"""

from __future__ import annotations

from functools import lru_cache

from mithaq.screening.symbols import CODE, SYMBOLS, table

_COARSE = {CODE[symbol]: name for name, symbols in table("classes")["coarse"].items() for symbol in symbols}
_FINE = {
    CODE[symbol]: 1 << bit for bit, symbols in enumerate(table("classes")["fine"].values()) for symbol in symbols
}
_VOWELS = frozenset(code for code, symbol in enumerate(SYMBOLS) if symbol in ("a", "e", "i", "o", "u", "ou", "y"))
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
    """The finer consonants that occur, as bits: a count of differing bits bounds how far two words are apart."""
    bits = 0
    for symbol in code:
        bits |= _FINE.get(symbol, 0)
    return bits
