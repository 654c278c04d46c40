"""The table of tensors in a CTranslate2 `model.bin`, walked to see that the file is whole.

CTranslate2 itself takes lengths in the file on trust. Source: `src/models/model.cc` of CTranslate2
(format version 6; older ones lack what is marked with a version below).
"""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import BinaryIO

from workflow.errors import ModelError

_MAX_TENSORS = 100_000
_MAX_RANK = 8
_ITEM_BYTES = {0: 4, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2}
"""Bytes of an item by data type: float32, int8, int16, int32, float16, bfloat16."""


def check(file: Path, shown: Path | str) -> None:
    """Raise ModelError, naming the file as `shown`, unless this is a whole model of a format that we know."""
    try:
        with file.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            _walk(stream, size)
    except (struct.error, ValueError) as error:
        raise ModelError(
            f"model.bin is cut off or no CTranslate2 model ({error})", path=shown, advice="get the file again"
        ) from error


def _walk(stream: BinaryIO, size: int) -> None:
    version = _number(stream, "<I")
    if not 1 <= version <= 6:
        raise ValueError(f"format version {version}")
    if version >= 2:
        _skip_text(stream)
        _number(stream, "<I")
    count = _number(stream, "<I")
    if count > _MAX_TENSORS:
        raise ValueError(f"{count} tensors")
    for _ in range(count):
        _skip_tensor(stream, version, size)
    if version >= 3:
        for _ in range(min(_number(stream, "<I"), _MAX_TENSORS)):
            _skip_text(stream)
            _skip_text(stream)
    if stream.tell() != size:
        raise ValueError(f"{size} bytes, {stream.tell()} expected")


def _skip_tensor(stream: BinaryIO, version: int, size: int) -> None:
    _skip_text(stream)
    rank = _number(stream, "<B")
    if rank > _MAX_RANK:
        raise ValueError(f"a tensor of {rank} dimensions")
    items = 1
    for _ in range(rank):
        items *= _number(stream, "<I")
    if version >= 4:
        kind, length = _number(stream, "<B"), _number(stream, "<I")
        if kind not in _ITEM_BYTES or length != items * _ITEM_BYTES[kind]:
            raise ValueError(f"a tensor of {length} bytes for {items} numbers")
    else:
        width, count = _number(stream, "<B"), _number(stream, "<I")
        length = width * count
    if stream.tell() + length > size:
        raise ValueError(f"{size} bytes, more expected")
    stream.seek(length, os.SEEK_CUR)


def _skip_text(stream: BinaryIO) -> None:
    length = _number(stream, "<H")
    if len(stream.read(length)) != length:
        raise ValueError("a name is cut off")


def _number(stream: BinaryIO, form: str) -> int:
    size = struct.calcsize(form)
    return int(struct.unpack(form, stream.read(size))[0])
