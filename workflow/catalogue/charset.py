"""Telling the charset of a PO file from its header, and decoding by it."""

from __future__ import annotations

import codecs
import re

from workflow.errors import CatalogueError

_HEADER = re.compile(rb'^[ \t]*msgid[ \t]*""[ \t\r\n]*msgstr[ \t\r\n]*((?:"[^\n]*"[ \t\r\n]*)+)', re.MULTILINE)
_CHARSET = re.compile(rb"charset=[ \t]*([^\s\\\"]+)", re.IGNORECASE)
_ASCII = bytes([9, 10, 13, *range(32, 127)])


def decode(data: bytes, shown: str) -> tuple[str, str]:
    """The text of a PO file and Python's name of its charset; the byte order mark stays in the text.

    A file whose header names no charset (or `CHARSET`, as in a new template) is UTF-8; one of ASCII alone may name any
    charset, known or not. Raises CatalogueError for an
    unknown charset and, with its line, for a byte that the charset does not have.
    """
    named, line = _named(data)
    encoding = "utf-8" if named is None else _known(named)
    if encoding is None:
        if not data.isascii():
            raise CatalogueError(
                f"has the unknown charset {named!r}", path=shown, line=line, advice="convert it with: msgconv -t UTF-8"
            )
        encoding = "ascii"
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        name = named or "UTF-8"
        raise CatalogueError(
            f"is not {name} (byte 0x{data[error.start]:02x})",
            path=shown,
            line=data.count(b"\n", 0, error.start) + 1,
            advice="save it as UTF-8, or name its charset in the header's Content-Type",
        ) from error


def _named(data: bytes) -> tuple[str | None, int]:
    """The charset that the header names, if any, and the line of the header."""
    header = _HEADER.search(data)
    if header is None:
        return None, 0
    found = _CHARSET.search(re.sub(rb'"[ \t\r\n]*"', b"", header[1]))
    if found is None or found[1] == b"CHARSET":
        return None, 0
    where = data.find(b"charset=", header.start(1), header.end(1))
    return found[1].decode("ascii", "replace"), data.count(b"\n", 0, max(where, header.start(1))) + 1


def _known(name: str) -> str | None:
    """Python's name of a charset that holds ASCII, as a PO file's own marks are; None for others."""
    try:
        encoding = codecs.lookup(name).name
        return encoding if _ASCII.decode(encoding) == _ASCII.decode("ascii") else None
    except (LookupError, ValueError, TypeError):
        return None
