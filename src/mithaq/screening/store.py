"""An index in one file, to be mapped into memory: opened at once, and shared by all processes that screen against it.

Rule: a file that another version of the engine wrote is not read, nor one that is cut short; what is written is moved
into place when it is whole. The columns are mapped as they are; nobody's writing reaches the file. Implements design:
screening, "Shape" (a memory-mapped base, shared by workers).

    8 bytes of `_MAGIC` | length of the header, 8 bytes, little-endian | header, JSON | columns, each at 64s
"""

from __future__ import annotations

import json
import mmap
import os
import tempfile
from hashlib import blake2b
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mithaq.errors import InputError
from mithaq.screening.columns import Runs, Texts
from mithaq.screening.costs import Words
from mithaq.screening.evidence.birth_date import BirthDates
from mithaq.screening.evidence.document import Documents
from mithaq.screening.evidence.nationality import Nationalities
from mithaq.screening.evidence.sex import Sexes
from mithaq.screening.index import Index
from mithaq.screening.shapes import Lookup
from mithaq.screening.symbols import SYMBOLS
from mithaq.screening.vocabulary import Vocabulary

_MAGIC = b"mithaqi1"
_ALIGNED = 64
# Counted up when names are read, or columns laid out, in another way. The symbols and the data files that a column is
# worked out from are part of the form; what a word weighs is worked out when it is asked for.
_FORM = 3
_DATA = (
    "arabic", "classes", "cyrillic", "lookalikes", "particles", "tifinagh", "common_words", "countries", "weights",
)  # fmt: skip
Columns = dict[str, NDArray[Any]]


def form() -> str:
    """What an index must have been written with to be read here."""
    digest = blake2b(repr((_FORM, SYMBOLS)).encode(), digest_size=16)
    for name in _DATA:
        digest.update(resources.files("mithaq.screening").joinpath("data").joinpath(f"{name}.json").read_bytes())
    return digest.hexdigest()


def save(index: Index, path: Path) -> None:
    """Write an index; InputError `screening.file` where the file cannot be written."""
    columns, facts = _columns(index)
    table: dict[str, tuple[str, list[int], int]] = {}
    at = 0
    for name, column in columns.items():
        table[name] = (column.dtype.str, list(column.shape), at)
        at += -(-column.nbytes // _ALIGNED) * _ALIGNED
    header = json.dumps({"form": form(), "size": at, "facts": facts, "columns": table}).encode()
    start = _start(len(header))
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".mithaq-index-", delete=False) as file:
            try:
                file.write(_MAGIC + len(header).to_bytes(8, "little") + header)
                for name, column in columns.items():
                    file.seek(start + table[name][2])
                    file.write(np.ascontiguousarray(column).data)
                file.truncate(start + at)
                file.flush()
                os.fsync(file.fileno())
                os.replace(file.name, path)
            except BaseException:
                os.unlink(file.name)
                raise
    except OSError as error:
        raise InputError(
            "screening.file", "The file cannot be written: {reason}.", remedy="Check the path.", where=str(path),
            reason=error.strerror or "",
        ) from error  # fmt: skip


def is_index(path: Path) -> bool:
    """Whether a file says that it is an index."""
    try:
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


def load(path: Path) -> Index:
    """The index in a file, mapped. InputError `screening.index` for one that is not of this version or not whole,
    `screening.file` for one that cannot be opened."""
    try:
        with path.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
    except (OSError, ValueError) as error:
        raise InputError(
            "screening.file", "The file cannot be opened: {reason}.", remedy="Check the path.", where=str(path),
            reason=str(error),
        ) from error  # fmt: skip
    try:
        length = int.from_bytes(mapped[8:16], "little")
        start = _start(length)
        if mapped[:8] != _MAGIC or start > len(mapped):
            raise ValueError
        header = json.loads(mapped[16 : 16 + length])
        if header["form"] != form() or start + header["size"] != len(mapped):
            raise ValueError
        columns = {
            name: np.frombuffer(mapped, dtype, int(np.prod(shape)), start + at).reshape(shape)
            for name, (dtype, shape, at) in header["columns"].items()
        }
        return _index(columns, header["facts"])
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(
            "screening.index", "The file is no index of this version, or it is not whole.",
            remedy="Make it again from the list: mithaq index.", where=str(path),
        ) from error  # fmt: skip


def _start(header: int) -> int:
    return -(-(16 + header) // _ALIGNED) * _ALIGNED


def _texts(name: str, texts: Texts) -> Columns:
    return {f"{name}.letters": texts.letters, f"{name}.starts": texts.starts}


_OWN = (
    "person_of", "name_person", "name_record", "name_weak", "name_words", "name_arabic", "unit_word",
    "unit_mask", "unit_form", "post_name", "post_year", "post_day", "kin_of",
)  # fmt: skip
_RUNS = ("names_of", "units_of", "postings")
_COUNTED = ("borne", "expected", "people", "plain")


def _columns(index: Index) -> tuple[Columns, dict[str, Any]]:
    words, born, nations, papers = index.vocabulary, index.birth_dates, index.nationalities, index.documents
    out: Columns = {
        **{name: getattr(index, name) for name in _OWN},
        **{name: getattr(index, name).starts for name in _RUNS},
        "silent": index.silent,
        **_texts("ids", index.ids), **_texts("persons", index.persons), **_texts("texts", index.texts),
        **_texts("kin", index.kin), **_words("", words),
        "born.runs": born.runs.starts, **_texts("born", born.texts), "born.rows": born.rows, "born.days": born.days,
        "born.born": born.born,
        "nations.runs": nations.runs.starts, "nations.values": nations.values, "nations.counted": nations.counted,
        "papers.runs": papers.runs.starts, **_texts("papers", papers.numbers), "papers.hashes": papers.hashes,
        "papers.order": papers.order, "sexes": index.sexes.values,
    }  # fmt: skip
    facts = {"persons": words.persons, "nations": list(nations.codes), "rarity": None}
    if words.rarity is not words:
        # A part or a change answers by the rarity of the whole.
        out |= _words("rarity.", words.rarity) | {"rarity.days": born.shared}
        facts["rarity"] = words.rarity.persons
    return out, facts


def _words(prefix: str, words: Vocabulary) -> Columns:
    return {
        f"{prefix}words.symbols": words.words.symbols, f"{prefix}words.lengths": words.words.lengths,
        **{f"{prefix}words.{name}": getattr(words, name) for name in _COUNTED},
        **{f"{prefix}lookup.{name}": column for name, column in words.lookup._asdict().items()},
    }  # fmt: skip


def _vocabulary(prefix: str, told: Columns, persons: int, rarity: Vocabulary | None = None) -> Vocabulary:
    words = Words(told[f"{prefix}words.symbols"], told[f"{prefix}words.lengths"])
    lookup = Lookup(*(told[f"{prefix}lookup.{name}"] for name in Lookup._fields))
    borne, expected, people, plain = (told[f"{prefix}words.{name}"] for name in _COUNTED)
    return Vocabulary(words, borne, expected, people, persons, plain, lookup, rarity)


def _index(told: Columns, facts: dict[str, Any]) -> Index:
    def texts(name: str) -> Texts:
        return Texts(told[f"{name}.letters"], told[f"{name}.starts"])

    other = facts["rarity"]
    rarity = None if other is None else _vocabulary("rarity.", told, other)
    vocabulary = _vocabulary("", told, facts["persons"], rarity)
    mine: dict[str, Any] = {name: told[name] for name in _OWN} | {name: Runs(told[name]) for name in _RUNS}
    return Index(
        **mine,
        ids=texts("ids"), persons=texts("persons"), texts=texts("texts"), silent=told["silent"], vocabulary=vocabulary,
        kin=texts("kin"),
        birth_dates=BirthDates(
            Runs(told["born.runs"]), texts("born"), told["born.rows"], told["born.days"], told["born.born"],
            told.get("rarity.days"),
        ),
        nationalities=Nationalities(
            facts["nations"], Runs(told["nations.runs"]), told["nations.values"], told["nations.counted"]
        ),
        documents=Documents(Runs(told["papers.runs"]), texts("papers"), told["papers.hashes"], told["papers.order"]),
        sexes=Sexes(told["sexes"]),
    )  # fmt: skip
