"""The natural size of pictures, so that pages do not jump while they load."""

from __future__ import annotations

import re
import struct
from pathlib import Path

_VIEW_BOX = re.compile(rb"<svg\b[^>]*?\bviewBox\s*=\s*[\"']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)")
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_HEAD = 1 << 18
"""How much of a file is looked at; a photograph may begin with a preview of itself."""


def size(path: Path) -> tuple[int, int] | None:
    """Width and height in pixels of an SVG (by its viewBox), PNG, JPEG, GIF or WebP file; None where unknown."""
    try:
        with path.open("rb") as file:
            return _size(file.read(_HEAD))
    except (OSError, ValueError, struct.error):
        return None


def _size(head: bytes) -> tuple[int, int] | None:
    if head.startswith(_PNG):
        width, height = struct.unpack_from(">II", head, 16)
        return width, height
    if head.startswith(_JPEG):
        return _jpeg_size(head)
    if head[:6] in (b"GIF87a", b"GIF89a"):
        width, height = struct.unpack_from("<HH", head, 6)
        return width, height
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return _webp_size(head)
    found = _VIEW_BOX.search(head)
    return (round(float(found[1])), round(float(found[2]))) if found else None


def _jpeg_size(head: bytes) -> tuple[int, int] | None:
    """The size in the first "start of frame" (ITU-T T.81, B.2.2), past the segments before it."""
    place = 2
    while place < len(head):
        _, kind, length = struct.unpack_from(">BBH", head, place)
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", head, place + 5)
            return width, height
        place += 2 + length
    return None


def _webp_size(head: bytes) -> tuple[int, int] | None:
    """The size in a WebP file's first chunk (RFC 9649): extended, lossy or lossless."""
    kind = head[12:16]
    if kind == b"VP8X":
        width, height = struct.unpack("<IxI", head[24:27] + b"\0" + b"\0" + head[27:30] + b"\0")
        return width + 1, height + 1
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", head, 26)
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", head, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return None
