"""Bech32 strings of age: a readable prefix, five-bit characters, a checksum.

Rule: `decode(encode(prefix, data)) == (prefix, data)`, in either case, at any length; mixed case is refused.
Document: BIP 173 without its limit on length, as C2SP age, "Conventions", prescribes.
"""

from __future__ import annotations

from collections.abc import Iterable

from mithaq.errors import InputError

_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM = 6


def encode(prefix: str, data: bytes) -> str:
    """The lower-case Bech32 string of bytes under a lower-case prefix."""
    values = list(_regroup(data, 8, 5))
    padding = -len(data) * 8 % 5
    if padding:  # the last group is short: fill it with zero bits on the right
        tail = int.from_bytes(data, "big") << padding & 31
        values.append(tail)
    check = _polymod([*_expand(prefix), *values, *[0] * _CHECKSUM]) ^ 1
    values += [check >> 5 * (_CHECKSUM - 1 - place) & 31 for place in range(_CHECKSUM)]
    return prefix + "1" + "".join(_ALPHABET[value] for value in values)


def decode(text: str) -> tuple[str, bytes]:
    """The prefix, in lower case, and the bytes. Raises InputError `seal.bech32`."""
    if not text.isascii() or text not in {text.lower(), text.upper()}:
        raise InputError("seal.bech32", "The key string mixes cases or holds other characters.")
    prefix, mark, rest = text.lower().rpartition("1")
    values = [_ALPHABET.find(letter) for letter in rest]
    if not mark or not prefix or len(values) < _CHECKSUM or -1 in values:
        raise InputError("seal.bech32", "The key string is not Bech32.")
    if _polymod([*_expand(prefix), *values]) != 1:
        raise InputError("seal.bech32", "The checksum of the key string is wrong.", remedy="Copy it again, whole.")
    body = values[:-_CHECKSUM]
    spare = len(body) * 5 % 8
    if spare >= 5 or (body and body[-1] & ((1 << spare) - 1)):
        raise InputError("seal.bech32", "The key string ends in stray bits.")
    return prefix, bytes(_regroup(body, 5, 8))


def _regroup(values: Iterable[int], width: int, target: int) -> Iterable[int]:
    """Whole groups of `target` bits from groups of `width` bits; what remains at the end is left out."""
    held, bits = 0, 0
    for value in values:
        held, bits = (held << width | value) & 0xFFFF, bits + width
        while bits >= target:
            bits -= target
            yield held >> bits & ((1 << target) - 1)


def _expand(prefix: str) -> list[int]:
    return [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]


def _polymod(values: Iterable[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, term in enumerate(_GENERATOR):
            check ^= term if top >> place & 1 else 0
    return check
