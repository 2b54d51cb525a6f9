"""Words as sequences of symbols: one symbol is a sound as it is written (`kh`, `ou`, `ش`), one byte each.

Rule: the same word always gives the same bytes, whatever its case, accents or width; Arabic keeps its own letters (its
short vowels are unwritten, which `costs` knows), every other script is romanised first. Nothing here is longer than
`MAX_SYMBOLS`. Implements design: screening, "Cross-script without ICU".
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import lru_cache
from importlib import resources
from typing import Any

from anyascii import anyascii

MAX_SYMBOLS = 20


@lru_cache(maxsize=16)
def table(name: str) -> dict[str, Any]:
    """The data file `name`.json of this package."""
    text = resources.files("mithaq.screening").joinpath("data").joinpath(f"{name}.json").read_text(encoding="utf8")
    read: dict[str, Any] = json.loads(text)
    return read


ARABIC_FOLD = str.maketrans(table("arabic")["fold"])
ARABIC = table("arabic")["latin"]
CYRILLIC = str.maketrans(table("cyrillic")["latin"])
TIFINAGH = str.maketrans(table("tifinagh")["latin"])
# A letter of another alphabet that looks like one of the word's own: typed by mistake, or to deceive.
_AS_LATIN = str.maketrans(table("lookalikes")["cyrillic"] | table("lookalikes")["greek"])
_AS_CYRILLIC = str.maketrans({latin: letter for letter, latin in table("lookalikes")["cyrillic"].items()})

# Symbols: the Latin letters, the digraphs that French, English and Dutch use for one Arabic letter, then the Arabic
# letters. An e that ends a word is a symbol of its own: French writes it and nobody says it.
FINAL_E = "e."
SYMBOLS = (*"abcdefghijklmnopqrstuvwxyz", "ch", "sh", "kh", "gh", "th", "dh", "dj", "ou", FINAL_E, *ARABIC)
CODE = {symbol: number for number, symbol in enumerate(SYMBOLS)}
FIRST_ARABIC = CODE["ا"]

# Longest first. Spelling habits that are one sound in every language we meet are made one here; what is ambiguous (c,
# g, ch) stays apart and is left to the learned costs.
_DIGRAPHS = {
    "tch": "ch", "sch": "sh", "tsj": "ch", "ch": "ch", "sh": "sh", "sj": "sh", "kh": "kh", "gh": "gh", "th": "th",
    "dh": "dh", "dj": "dj", "dz": "z", "ou": "ou", "oo": "ou", "oe": "ou", "ck": "k", "ph": "f", "qu": "k",
    "gue": "g e", "gui": "g i", "ce": "s e", "ci": "s i", "cy": "s y", "ks": "x", "ee": "i", "zh": "j", "ts": "s",
    "ksh": "k sh", "ksj": "k sh", "tsh": "ch", "dzh": "dj",
}  # fmt: skip
_CODES = {part: bytes([CODE[symbol] for symbol in parts.split()]) for part, parts in _DIGRAPHS.items()} | {
    symbol: bytes([code]) for symbol, code in CODE.items() if symbol not in _DIGRAPHS
}
_SPLIT = re.compile("|".join(sorted(_DIGRAPHS, key=len, reverse=True)) + "|.", re.DOTALL)


def script_of(word: str) -> str:
    """`arabic`, `cyrillic`, `tifinagh`, `latin` or `other`: the script of most of its letters, first seen on a tie."""
    if word.isascii() and 2 * sum(map(str.isalpha, word)) > len(word):
        return "latin"
    seen: dict[str, int] = {}
    for letter in word:
        name = _script(letter)
        seen[name] = seen.get(name, 0) + 1
    return max(seen, key=lambda name: seen[name]) if seen else "other"


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    name = unicodedata.name(letter, "")
    return next((s for s in ("arabic", "cyrillic", "tifinagh", "latin") if name.startswith(s.upper())), "other")


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """A word in lower case without accents: Arabic in its folded letters, all else in ASCII letters. Letters of another
    alphabet are read as the letter of the word's own that they look like."""
    script = script_of(word)
    if script == "arabic":
        folded = word.translate(ARABIC_FOLD)
        return "".join(letter for letter in folded if letter in ARABIC)
    if script == "cyrillic":
        word = word.translate(_AS_CYRILLIC).translate(CYRILLIC)
    elif script == "tifinagh":
        word = word.translate(TIFINAGH)
    elif script == "latin":
        word = word.translate(_AS_LATIN)
    plain = "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))
    if not plain.isascii():
        plain = anyascii(plain)
    return "".join(letter for letter in plain.lower() if "a" <= letter <= "z")


@lru_cache(maxsize=200_000)
def romanise(folded: str) -> str:
    """A folded word in Latin letters, for people to read; unwritten vowels stay unwritten."""
    return "".join(ARABIC.get(letter, letter) for letter in folded)


@lru_cache(maxsize=200_000)
def encode(folded: str) -> bytes:
    """A folded word as symbol codes; a symbol written twice counts once (Hassan, Hasan)."""
    out = bytearray()
    last = -1
    for _part, codes in sounds(_assimilate(folded[: 2 * MAX_SYMBOLS])):
        for code in codes:
            if code != last:
                out.append(code)
                last = code
    if len(out) > 3 and out[-1] == CODE["e"]:
        out[-1] = CODE[FINAL_E]
    return bytes(out[:MAX_SYMBOLS])


def sounds(folded: str) -> list[tuple[str, bytes]]:
    """The parts of a folded word that are one sound each, as they are written, with their symbols."""
    return [(part, _CODES.get(part, b"")) for part in _SPLIT.findall(folded)]


# Before a sun letter the article inside a compound is heard as that letter (Abdul Rahman, Abderrahmane), and Arabic
# writes the l that nobody says. The vowel of the article is a habit too. Both are made one here.
_ABD = re.compile(r"^abd[aeiou]{1,2}(?:l(?=[tdrzsn]|ch)|(?=[ltdrzsn]|ch))")
_ABD_ARABIC = re.compile("^عبدال(?=[تثدذرزسشصضطظلن])")
_DIN = re.compile(r"[aeiou]{1,2}l?d{1,2}(?:i|ee|ea|y)ne?$")
_DIN_ARABIC = re.compile("(?<=.)الدين$")


def _assimilate(word: str) -> str:
    if len(word) < 6:
        return word
    if word[0] in ARABIC:
        return _DIN_ARABIC.sub("ادين", _ABD_ARABIC.sub("عبدا", word))
    return _DIN.sub("edin", _ABD.sub("abde", word))
