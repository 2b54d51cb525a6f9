"""Uploads are kept in memory and cut off at their limit while they arrive.

Rule: a file larger than 32 MiB is never kept, however its length is declared: it costs a clear error and no memory.
"""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from mithaq.errors import InputError

LIMIT = 32 * 1024 * 1024
# A form's other fields, and the frame around the file.
FRAME = 256 * 1024
_CUT = "mithaq_upload_cut"


def too_large() -> InputError:
    """The error of an upload beyond the limit."""
    return InputError("upload.size", "The file is larger than 32 MiB.", remedy="Send it in parts.", where="data")


def cut() -> InputError:
    """The error of a form whose last field, which follows the file, did not arrive."""
    return InputError(
        "upload.cut",
        "The upload broke off before its end; nothing of it was screened or kept.",
        remedy="Send the whole file again.",
        where="data",
    )


def is_oversize(content_length: str | None) -> bool:
    """Whether a request says that it is larger than a file with its form can be."""
    return bool(content_length and content_length.isdigit() and int(content_length) > LIMIT + FRAME)


def was_cut(request: HttpRequest) -> bool:
    """Whether a file of this request was cut off."""
    return bool(getattr(request, _CUT, False))


class CappedUpload(FileUploadHandler):
    """Collects one file in memory; of more than 32 MiB nothing is kept, and the request is marked as cut."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._file, self._size = io.BytesIO(), 0

    def receive_data_chunk(self, raw_data: bytes, _start: int) -> None:
        self._size += len(raw_data)
        if self._size > LIMIT:
            self._file = io.BytesIO()
            setattr(self.request, _CUT, True)
            raise SkipFile
        self._file.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self._file.seek(0)
        return InMemoryUploadedFile(
            file=self._file,
            field_name=self.field_name,
            name=self.file_name or "",
            content_type=self.content_type or "",
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
