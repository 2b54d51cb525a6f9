"""Files that were refused whole: what is kept of one, for how long, and the place at fault in its surroundings.

Rules: at most 1 MiB of the bytes is kept, around the place at fault, and for hours; a later good file of the same name
or the same bytes is named beside it, and closes nothing by itself: another flight's list may bear the same name. A file
that was brought to mend this one closes it, or takes its place when it is refused as well.
Design: subjects, safeguard 6.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from mithaq.node.acts.aside import Mark
from mithaq.node.acts.definition import Actor, Effects, Row
from mithaq.node.acts.ids import is_uuid, uuid7
from mithaq.node.acts.registry import MendedUpload, RefusedUpload
from mithaq.node.exchange import known
from mithaq.node.exchange.models import Handled, RefusedBytes, RefusedFile
from mithaq.seal import canonical

FILE, BYTES, HANDLED = "exchange.RefusedFile", "exchange.RefusedBytes", "exchange.Handled"
LIMIT = 1024 * 1024
# Of so many files at most are bytes kept at once: a system that brings bad files all night fills no disk.
MOST = 200
# Bytes before and after the place at fault that are shown, in rows of 16.
AROUND, ROW = 96, 16
_WHERE = re.compile(r"\b(offset|line) (\d{1,12})\b")


@dataclass(frozen=True, slots=True)
class Dump:
    """A row of 16 bytes: the offset of its first, each byte in hexadecimal, and what is text of it.

    `before`, `at` and `after` are the text around the place at fault; `at` is empty in every other row.
    """

    offset: int
    hexadecimal: str
    before: str
    at: str
    after: str

    @property
    def text(self) -> str:
        return self.before + self.at + self.after


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A refused file. `bytes_until` is None when none of its bytes are here (any more); `whole` when all are."""

    id: str
    version: int
    act: str
    unit: str
    by: str
    name: str
    digest: str
    size: int
    code: str
    sentence: str
    params: Mapping[str, Any]
    where: str
    place: int | None
    at: datetime
    expires: datetime
    times: int
    asked: Mapping[str, str]
    later_model: str
    later_record: str
    bytes_until: datetime | None
    whole: bool


def refused(upload: RefusedUpload, now: datetime) -> Effects:
    """The records of a file that was refused; the same bytes once more are counted and not kept again."""
    digest = canonical.digest(upload.data)
    leaf = {"digest": digest, "ground": upload.code}
    if upload.mends:
        return _again(upload, digest, leaf, now)
    same = RefusedFile.objects.filter(
        act=upload.act, unit=upload.unit, digest=digest, code=upload.code, expires__gt=now
    )
    known = same.exclude(pk__in=Handled.objects.values("id")).values_list("id", "version", "times").first()
    if known is not None:
        row = Row(FILE, str(known[0]), known[1], {"times": known[2] + 1})
        return Effects(rows=(row,), answer=row.id, leaf={**leaf, "record": f"refused-file/{row.id}"})
    key, rows = _kept(upload, digest, now)
    return Effects(rows=rows, answer=key, leaf={**leaf, "record": f"refused-file/{key}"})


def _kept(upload: RefusedUpload, digest: str, now: datetime) -> tuple[str, tuple[Row, ...]]:
    key = str(uuid7(now))
    fields = {
        "act": upload.act,
        "unit": upload.unit,
        "by": upload.by,
        "name": plain_name(upload.name),
        "asked": dict(upload.asked),
        **_fault(upload, digest),
        "at": now,
        "expires": now + timedelta(days=upload.days),
    }
    rows = (Row(FILE, key, 0, fields),) if upload.days > 0 else ()
    return key, (*rows, *_bytes(key, upload, now)) if rows else ()


def _fault(upload: RefusedUpload, digest: str) -> dict[str, Any]:
    """What is wrong with these bytes, and which they are."""
    return {
        "digest": digest,
        "size": len(upload.data),
        "code": upload.code,
        "sentence": upload.sentence[:500],
        "params": {
            name: value if isinstance(value, int) else str(value)[:200] for name, value in upload.params.items()
        },
        "where": upload.where[:200],
        "place": place_of(upload.where, upload.data),
    }


def _bytes(key: str, upload: RefusedUpload, now: datetime) -> tuple[Row, ...]:
    if not upload.data or upload.bytes_hours <= 0 or RefusedBytes.objects.exclude(pk=key).count() >= MOST:
        return ()
    start = _start(place_of(upload.where, upload.data) or 0, len(upload.data))
    part = {"start": start, "data": upload.data[start : start + LIMIT]}
    return (Row(BYTES, key, 0, {**part, "expires": now + timedelta(hours=upload.bytes_hours)}),)


def _again(upload: RefusedUpload, digest: str, leaf: Mapping[str, str], now: datetime) -> Effects:
    """A file that was to mend another is refused as well: the letter stays, and says what is wrong with this one. How
    long the letter is kept does not change by it."""
    key = upload.mends
    own = RefusedFile.objects.filter(pk=key, act=upload.act, unit=upload.unit, expires__gt=now)
    row = own.exclude(pk__in=Handled.objects.values("id")).first()
    if row is None:
        return Effects(answer=key, leaf={**leaf, "record": f"refused-file/{key}"})
    changed = Row(FILE, key, row.version, {**_fault(upload, digest), "times": row.times + 1})
    return Effects(
        rows=(changed, *_bytes(key, upload, now)),
        erase=((BYTES, key),),
        answer=key,
        leaf={**leaf, "record": f"refused-file/{key}"},
    )


def mended(upload: MendedUpload, now: datetime) -> Effects:
    """Names the record that a good file made beside refused files of that name or of those bytes, and closes the one
    that it mends."""
    rows = RefusedFile.objects.filter(act=upload.act, unit=upload.unit)
    alike = rows.filter(Q(name=plain_name(upload.name)) | Q(digest=upload.digest), later_model="")
    found = dict(alike.values_list("id", "version")[:100]) if upload.made else {}
    own = dict(rows.filter(pk=upload.mends).values_list("id", "version")) if upload.mends else {}
    later = {"later_model": upload.made[0], "later_record": upload.made[1]} if upload.made else {}
    named = tuple(Row(FILE, str(key), version, later) for key, version in (found | own).items())
    if not own:
        return Effects(rows=named)
    # The letter's id is the row's: of two who mend it at once, one finds the place taken and his act is not done.
    done = Row(HANDLED, upload.mends, 0, {"how": "mended", "by": upload.by, "at": now})
    return Effects(rows=(*named, done), leaf={"mends": f"refused-file/{upload.mends}"})


def plain_name(name: str) -> str:
    """A file's name as it is kept: what a terminal or a page could take for a command is a dot."""
    return "".join(letter if letter.isprintable() else "·" for letter in name[:200])


def place_of(where: str, data: bytes) -> int | None:
    """The offset of an error's place (`offset 17`, `line 3`), or None when it names none inside the file."""
    found = _WHERE.search(where)
    if found is None:
        return None
    number = int(found[2])
    place = number if found[1] == "offset" else _line(number, data)
    return place if place <= len(data) else None


def _line(number: int, data: bytes) -> int:
    place = 0
    for _ in range(number - 1):
        following = data.find(b"\n", place)
        if following < 0:
            return place
        place = following + 1
    return place


def _start(place: int, size: int) -> int:
    return max(0, min(place - LIMIT // 2, size - LIMIT))


def dump(data: bytes, start: int, place: int | None) -> tuple[Dump, ...]:
    """The rows around a place (the beginning, when there is none); `data` begins at offset `start` of its file."""
    fault = (place or 0) - start
    first = max(0, fault - AROUND) // ROW * ROW
    shown = range(first, min(len(data), fault + AROUND), ROW)
    return tuple(_row(data[one : one + ROW], start + one, fault - one if place is not None else -1) for one in shown)


def _row(part: bytes, offset: int, fault: int) -> Dump:
    text = "".join(chr(one) if 32 <= one < 127 else "·" for one in part)
    if not 0 <= fault < len(part):
        return Dump(offset, part.hex(" "), text, "", "")
    return Dump(offset, part.hex(" "), text[:fault], text[fault], text[fault + 1 :])


def listing(who: Actor, before: Mark | None, limit: int) -> tuple[FileFacts, ...]:
    """The refused files that `who` may know of and nobody has dealt with, the latest first; from a mark on, when there
    is one."""
    rows = RefusedFile.objects.filter(known.files(who)).exclude(pk__in=Handled.objects.values("id"))
    if before is not None:
        at, key = before
        rows = rows.filter(Q(at__lt=at) | Q(at=at, pk__lt=key))
    return _facts(list(rows.order_by("-at", "-pk")[:limit]))


def find(key: str, who: Actor | None = None) -> FileFacts | None:
    """One refused file, if `who` may know of it, or None."""
    return (
        next(iter(_facts(list(RefusedFile.objects.filter(known.files(who), pk=key)))), None) if is_uuid(key) else None
    )


def exists(key: str) -> bool:
    """Whether there is a refused file of that id."""
    return RefusedFile.objects.filter(pk=key).exists()


def part(key: str, now: datetime) -> tuple[int, bytes]:
    """What is kept of the bytes of a file, and at which offset it begins; none when their time is over."""
    row = RefusedBytes.objects.filter(pk=key, expires__gt=now).first()
    return (row.start, bytes(row.data)) if row else (0, b"")


def _facts(rows: list[RefusedFile]) -> tuple[FileFacts, ...]:
    plain = ("version", "act", "unit", "by", "name", "digest", "size", "code", "sentence", "params", "where", "place")
    names = (*plain, "at", "expires", "times", "asked", "later_model", "later_record")
    kept = {row.id: row for row in RefusedBytes.objects.defer("data").filter(pk__in=[row.id for row in rows])}
    return tuple(
        FileFacts(
            id=str(row.id),
            bytes_until=kept[row.id].expires if row.id in kept else None,
            whole=row.id in kept and row.size <= LIMIT,
            **{name: getattr(row, name) for name in names},
        )
        for row in rows
    )
