"""Uploads are kept in memory and cut off at their limit while they arrive.

Rule: a gigabyte that someone uploads costs a gigabyte of nothing: it stops at 32 MiB with a clear error.
"""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from mithaq.errors import InputError

LIMIT = 32 * 1024 * 1024


class CappedUpload(FileUploadHandler):
    """Collects one file in memory; more than 32 MiB is InputError `upload.size`."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._file, self._size = io.BytesIO(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._size += len(raw_data)
        if self._size > LIMIT:
            raise InputError("upload.size", "The file is larger than 32 MiB.", remedy="Send it in parts.")
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
