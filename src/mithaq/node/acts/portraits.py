"""Portraits: decoded and encoded anew as JPEG, so that no metadata and no second file travels with a face.

Rule: what is stored and sent was drawn by our encoder. Design: subjects, "Wanted persons".
"""

from __future__ import annotations

import io

from PIL import Image

from mithaq.errors import InputError

MAX_SIDE = 480
MAX_PIXELS = 40_000_000
MAX_BYTES = 10 * 1024 * 1024


def reencode(data: bytes) -> bytes:
    """A JPEG of at most 480 pixels a side without metadata. InputError `portrait.unreadable` or `portrait.size`."""
    if len(data) > MAX_BYTES:
        raise InputError("portrait.size", "The portrait is larger than 10 MiB.", where="portrait")
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as image:
            if image.width * image.height > MAX_PIXELS:
                raise InputError("portrait.size", "The portrait has more than 40 million pixels.", where="portrait")
            plain = image.convert("RGB")
    except InputError:
        raise
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise InputError(
            "portrait.unreadable", "The portrait is not a readable JPEG or PNG.", where="portrait"
        ) from None
    plain.thumbnail((MAX_SIDE, MAX_SIDE))
    target = io.BytesIO()
    plain.save(target, "JPEG", quality=85)
    return target.getvalue()
