"""The natural size of pictures, so that pages do not jump while they load."""

from __future__ import annotations

import re
import struct
from pathlib import Path

_VIEW_BOX = re.compile(rb"<svg\b[^>]*?\bviewBox\s*=\s*[\"']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)")
_PNG = b"\x89PNG\r\n\x1a\n"


def size(path: Path) -> tuple[int, int] | None:
    """Width and height in pixels of an SVG (by its viewBox), PNG, GIF or WebP file; None where they are unknown."""
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError:
        return None
    if head.startswith(_PNG):
        width, height = struct.unpack(">II", head[16:24])
        return width, height
    if head[:6] in (b"GIF87a", b"GIF89a"):
        width, height = struct.unpack("<HH", head[6:10])
        return width, height
    if head[:4] == b"RIFF" and head[8:16] == b"WEBPVP8X":
        return 1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little")
    found = _VIEW_BOX.search(head)
    return (round(float(found[1])), round(float(found[2]))) if found else None
