"""One entry of a catalogue: its text as it stands in the file, and the message that it means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from workflow.catalogue.grammar import FORM, LIVE, OBSOLETE, PREVIOUS, unquote
from workflow.message import Key, Message

Kind = Literal["", "#", "#.", "#:", "#,", "#|"]
"""What a line before an entry's statements is: blank, a translator's or extracted comment, …"""

_REFERENCE = re.compile("\u2068([^\u2069]*)\u2069(\\S*)|(\\S+)")
_KINDS: dict[str, Kind] = {".": "#.", ":": "#:", ",": "#,", "!": "#,", "=": "#,", "|": "#|"}


@dataclass(slots=True, eq=False)
class Block:
    """A piece of a catalogue's file."""

    raw: str
    """The piece as it stands in the file."""
    first: int
    """The line that it begins in, from 1; 0 when it was not read from a file."""


@dataclass(slots=True, eq=False)
class Entry(Block):
    """An entry with the comments and blank lines before it."""

    found: re.Match[str]
    """How the grammar matched it."""
    parsed: Message | None = field(default=None, repr=False)
    """Its message, once someone has asked for it."""

    @property
    def message(self) -> Message:
        """What the entry says."""
        if self.parsed is None:
            self.parsed = _message(self)
        return self.parsed

    @property
    def key(self) -> Key:
        """(msgctxt, msgid), found without reading the rest."""
        context, text = self.found.group("ctxt", "id")
        return None if context is None else unquote(context), unquote(text)

    @property
    def obsolete(self) -> bool:
        """Whether the entry's lines begin with `#~`."""
        return self.found.re is OBSOLETE

    @property
    def header(self) -> bool:
        """Whether it is no message but the file's header."""
        return self.found["ctxt"] is None and not unquote(self.found["id"])

    @property
    def line(self) -> int:
        """The line of `msgid` in the file, from 1; 0 when it was not read from a file."""
        found = self.found
        return self.first and self.first + found.string.count("\n", found.start(), found.start("word"))

    def __reduce__(self) -> tuple[object, ...]:
        # A match cannot go to another process; it is made again there.
        return written, (self.raw, self.obsolete, self.parsed, self.first)


def written(raw: str, obsolete: bool, message: Message | None = None, first: int = 0) -> Entry:
    """The entry of lines that were written, with its message and the line it was read from where there are such."""
    found = (OBSOLETE if obsolete else LIVE).fullmatch(raw)
    if found is None:
        raise ValueError(raw)
    return Entry(raw, first, found, message)


def intro_lines(intro: str) -> Iterator[tuple[Kind, str]]:
    """The lines before the statements with their newlines, each with what it is."""
    for line in intro.split("\n"):
        bare = line.lstrip(" \t\r\f\v").removeprefix("#~").lstrip(" \t\r\f\v")
        bare = f"#{bare}" if bare.startswith("|") else bare
        yield ("" if not bare.startswith("#") else _KINDS.get(bare[1:2], "#")), line + "\n"


def comment_text(line: str) -> str:
    """What a line of a comment says, without its mark."""
    bare = line.strip(" \t\r\f\v\n").removeprefix("#~").lstrip(" \t\r\f\v")[1:]
    return bare[1:] if bare[:1] == " " else bare


def extracted_text(line: str) -> str:
    """What a `#.` line says."""
    return comment_text(line.replace("#.", "#", 1))


def line_references(line: str) -> list[str]:
    """The references of a `#:` line."""
    return [f"{name}{rest}" if name else word for name, rest, word in _REFERENCE.findall(line.partition(":")[2])]


def line_flags(line: str) -> list[str]:
    """The flags of a `#,` line."""
    return [flag for flag in (part.strip() for part in comment_text(line)[1:].split(",")) if flag]


def _message(entry: Entry) -> Message:
    found = entry.found
    context, text, plural, singular = found.group("ctxt", "id", "plural", "str")
    intro = found["intro"]
    comments: dict[str, list[str]] = {}
    if intro.strip():
        for kind, line in intro_lines(intro):
            comments.setdefault(kind, []).append(line)
    previous = {each["field"]: unquote(each["text"]) for each in PREVIOUS.finditer(intro)} if "#|" in comments else {}
    return Message(
        msgid=unquote(text),
        msgstr="" if singular is None else unquote(singular),
        msgctxt=None if context is None else unquote(context),
        msgid_plural=None if plural is None else unquote(plural),
        plural=() if plural is None else tuple(unquote(form["str"]) for form in FORM.finditer(found["forms"])),
        previous=previous.get("id"),
        previous_ctxt=previous.get("ctxt"),
        previous_plural=previous.get("id_plural"),
        comments=tuple(comment_text(line) for line in comments.get("#", ())),
        extracted=tuple(extracted_text(line) for line in comments.get("#.", ())),
        references=tuple(each for line in comments.get("#:", ()) for each in line_references(line)),
        flags=tuple(each for line in comments.get("#,", ()) for each in line_flags(line)),
        obsolete=entry.obsolete,
        line=entry.line,
    )
