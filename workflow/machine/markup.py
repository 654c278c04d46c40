"""Markup lifted off a message, so that an engine gets plain sentences, and put back into the translation.

`protect` gives plain text in which each thing that must survive is one private character, and
remembers where links and emphasis stood. `restore` (in `placement`) is its inverse.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from workflow.machine.pieces import ATOM_BASE, Piece, partition
from workflow.machine.texts import Syntax, Text
from workflow.machine.titles import titles, untitled

MAX_ATOMS = 60_000
"""How many private characters there are for one message."""


class Atom(NamedTuple):
    """Something that stays as it is: code, a placeholder, an address, an image."""

    before: str
    """Its source, up to the description if it is an image."""
    label: str = ""
    """An image's description, Markdown, to be translated on its own."""
    after: str = ""
    """What follows the description."""

    @property
    def raw(self) -> str:
        """Its source."""
        return self.before + self.label + self.after

    @property
    def frame(self) -> tuple[str, str]:
        """What no translation may change of it."""
        return self.before, untitled(self.after)


class Mark(NamedTuple):
    """A link, emphasis or HTML element around words."""

    start: int
    """Where its words begin in the plain text."""
    end: int
    """Where they end."""
    before: str
    """Its opening source: `[`, `**`, `<b>`."""
    after: str
    """Its closing source: `](https://…)`."""
    name: str
    """What it is: `link`, `em`, `strong`, `s`, `span`, `<b>`."""

    @property
    def frame(self) -> tuple[str, str]:
        """What no translation may change of it."""
        return self.before, untitled(self.after)


class Point(NamedTuple):
    """Something without words that has a place: a footnote mark, an HTML comment."""

    position: int
    """Where it stands in the plain text."""
    raw: str
    """Its source."""


@dataclass(frozen=True, slots=True)
class Protected:
    """A message without its markup."""

    plain: str
    """Its words; atoms are private characters, line breaks are `\\n`."""
    atoms: tuple[Atom, ...] = ()
    """What the private characters stand for: the first is chr(ATOM_BASE)."""
    marks: tuple[Mark, ...] = ()
    """Outer ones before those inside them, else in order."""
    points: tuple[Point, ...] = ()
    """In order."""
    breaks: tuple[str, ...] = ()
    """The source of each `\\n` in `plain`, in order."""
    syntax: Syntax = Syntax.MARKDOWN
    """How the message is written."""

    @property
    def bare(self) -> bool:
        """Whether there was no markup at all."""
        return not (self.marks or self.atoms or self.points or self.breaks)

    @property
    def inner(self) -> tuple[Text, ...]:
        """The texts inside it that are translated on their own: descriptions of images, titles of links and images."""
        labels = [Text(Syntax.MARKDOWN, atom.label) for atom in self.atoms if atom.label]
        endings = [atom.after for atom in self.atoms] + [mark.after for mark in self.marks]
        return (*labels, *(Text(Syntax.PLAIN, title) for each in endings for title in titles(each)))


def atom_char(index: int) -> str:
    """The private character of an atom."""
    return chr(ATOM_BASE + index)


def atom_index(char: str) -> int | None:
    """Which atom a character stands for, or None if it is an ordinary one."""
    index = ord(char) - ATOM_BASE
    return index if 0 <= index < 0xFFFE else None


def protect(message: str, syntax: Syntax = Syntax.MARKDOWN) -> Protected:
    """Lift the markup off a message."""
    collector = _Collector()
    for piece in _paired(partition(message, syntax)):
        collector.add(piece)
    marks = sorted(collector.marks, key=lambda mark: (mark.start, -mark.end))
    return _absorb(
        Protected(
            "".join(collector.text),
            tuple(collector.atoms),
            tuple(marks),
            tuple(collector.points),
            tuple(collector.breaks),
            syntax,
        )
    )


class _Collector:
    """Adds up pieces; `length` is that of the plain text so far."""

    def __init__(self) -> None:
        self.text = list[str]()
        self.length = 0
        self.atoms = list[Atom]()
        self.marks = list[Mark]()
        self.points = list[Point]()
        self.breaks = list[str]()
        self.open = list[tuple[int, int, Piece]]()

    def add(self, piece: Piece) -> None:
        if piece.kind == "text":
            self._write(piece.text)
        elif piece.kind in ("atom", "image") and len(self.atoms) < MAX_ATOMS:
            self._write(atom_char(len(self.atoms)))
            self.atoms.append(_atom(piece))
        elif piece.kind == "break":
            self._write("\n")
            self.breaks.append(piece.raw)
        elif piece.kind == "open":
            self.open.append((len(self.marks), self.length, piece))
            self.marks.append(Mark(self.length, self.length, piece.raw, "", piece.name))
        elif piece.kind == "close":
            index, _, _ = self.open.pop()
            self.marks[index] = self.marks[index]._replace(end=self.length, after=piece.raw)
        else:
            self.points.append(Point(self.length, piece.raw))

    def _write(self, text: str) -> None:
        self.text.append(text)
        self.length += len(text)


def _atom(piece: Piece) -> Atom:
    if piece.kind == "image":
        return Atom("![", piece.text, piece.raw[2 + len(piece.text) :])
    return Atom(piece.raw)


def _paired(pieces: list[Piece]) -> Iterator[Piece]:
    """The pieces; opening and closing ones that do not belong together (stray HTML tags) become points."""
    open_ones, partner = list[int](), dict[int, int]()
    for n, piece in enumerate(pieces):
        if piece.kind == "open":
            open_ones.append(n)
        elif piece.kind == "close":
            match = next((k for k in reversed(open_ones) if pieces[k].name == piece.name), None)
            if match is None or (
                piece.name.startswith("<")
                and any(not pieces[k].name.startswith("<") for k in open_ones[open_ones.index(match) + 1 :])
            ):
                continue  # a tag that closes outside of the emphasis it was opened in
            del open_ones[open_ones.index(match) :]
            partner[match], partner[n] = n, match
    for n, piece in enumerate(pieces):
        yield piece if piece.kind not in ("open", "close") or n in partner else piece._replace(kind="point")


def _absorb(protected: Protected) -> Protected:
    """Marks around nothing but one atom (`[![…](…)](…)`, `**`code`**`) become part of it; empty ones become points."""
    if not protected.marks:
        return protected
    atoms, marks, points = list(protected.atoms), list[Mark](), list(protected.points)
    for mark in sorted(protected.marks, key=lambda each: each.end - each.start):
        inside = protected.plain[mark.start : mark.end]
        index = atom_index(inside) if len(inside) == 1 else None
        if index is not None and not any(mark.start <= point.position <= mark.end for point in points):
            atom = atoms[index]
            atoms[index] = atom._replace(before=mark.before + atom.before, after=atom.after + mark.after)
        elif not inside:
            points.append(Point(mark.start, mark.before + mark.after))
        else:
            marks.append(mark)
    marks.sort(key=protected.marks.index)
    return replace(
        protected,
        atoms=tuple(atoms),
        marks=tuple(marks),
        points=tuple(sorted(points, key=lambda point: point.position)),
    )
