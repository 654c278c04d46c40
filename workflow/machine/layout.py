"""A translated message in its last shape: words with marks and points at their places, and its source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from workflow.machine.engine import Span
from workflow.machine.escaping import Escape
from workflow.machine.markup import Mark, Point, Protected, atom_index, protect
from workflow.machine.pieces import ATOM_BASE
from workflow.machine.texts import Syntax, Text
from workflow.machine.titles import retitled

_ATOM = re.compile(r"[\U000F0000-\U000FFFFD]")
_SPECIAL = re.compile(r"([\n\U000F0000-\U000FFFFD])")


@dataclass(slots=True)
class Layout:
    """The target text and what stands where in it."""

    text: str
    """The words; protected items are private characters."""
    ranges: list[Span]
    """Where each sentence stands in it."""
    marks: list[tuple[Span, Mark]] = field(default_factory=list)
    """The marks and what they stand around."""
    points: list[tuple[int, Point]] = field(default_factory=list)
    """The points and where they stand."""
    lost: list[Mark] = field(default_factory=list)
    """Marks for which no place was found: they go to the end, with their source's words."""


def first(
    protected: Protected, layout: Layout, inner: Mapping[Text, str], attempts: Iterable[tuple[Escape, bool]]
) -> str | None:
    """The first way to write a layout that reads back as what it is, or None if none does.

    A way is how to escape its words, and whether marks are widened to whole words.
    """
    texts = (_write(protected, layout, inner, escape, widen) for escape, widen in attempts)
    return next((text for text in texts if _faithful(protected, layout, text)), None)


def _write(protected: Protected, layout: Layout, inner: Mapping[Text, str], escape: Escape, widen: bool) -> str:
    """The Markdown of a layout."""
    events = list[tuple[int, int, int, str]]()
    for n, (span, mark) in enumerate(layout.marks):
        start, end = _widened(layout.text, span) if widen else span
        events += [(start, 2, n, mark.before), (end, 0, -n, _ending(mark.after, inner))]
    events += [(position, 1, n, point.raw) for n, (position, point) in enumerate(layout.points)]
    pieces, cursor, breaks = list[str](), 0, iter(protected.breaks)
    for position, _, _, raw in sorted(events):
        pieces += [_text(protected, layout.text[cursor:position], inner, escape, breaks), raw]
        cursor = position
    pieces.append(_text(protected, layout.text[cursor:], inner, escape, breaks))
    for mark in layout.lost:
        pieces.append(
            " " + mark.before + _text(protected, _words_only(protected, mark), inner, escape, breaks) + mark.after
        )
    return "".join(pieces)


def _words_only(protected: Protected, mark: Mark) -> str:
    """The source words of a mark that could not be placed, without what stands elsewhere already."""
    return (
        "".join(c for c in protected.plain[mark.start : mark.end] if atom_index(c) is None and c != "\n").strip() or "–"
    )


def _widened(text: str, span: Span) -> Span:
    start, end = span
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def _text(protected: Protected, text: str, inner: Mapping[Text, str], escape: Escape, breaks: Iterator[str]) -> str:
    pieces = list[str]()
    for n, piece in enumerate(_SPECIAL.split(text)):
        if n % 2 == 0:
            pieces.append(escape(piece) if piece else "")
        elif piece == "\n":
            pieces.append(next(breaks, "\\\n"))
        else:
            index = ord(piece) - ATOM_BASE
            atom = protected.atoms[index]
            label = inner.get(Text(Syntax.MARKDOWN, atom.label)) or atom.label
            pieces.append(atom.before + label + _ending(atom.after, inner))
    return "".join(pieces)


def _ending(after: str, inner: Mapping[Text, str]) -> str:
    """The source that ends a link or image, its titles translated."""
    return retitled(after, lambda title: inner.get(Text(Syntax.PLAIN, title), ""))


def _faithful(protected: Protected, layout: Layout, text: str) -> bool:
    """Whether a result reads back as the same words and the same markup."""
    again = protect(text, protected.syntax)
    if sorted(atom.frame for atom in again.atoms) != sorted(atom.frame for atom in protected.atoms):
        return False
    if sorted(mark.frame for mark in again.marks) != sorted(mark.frame for mark in protected.marks):
        return False
    if sorted(point.raw for point in again.points) != sorted(point.raw for point in protected.points):
        return False
    lost = "".join(" " + _words_only(protected, mark) for mark in layout.lost)
    return _bare(again.plain) == _bare(layout.text + lost) and len(again.breaks) == len(protected.breaks)


def _bare(text: str) -> str:
    return _ATOM.sub("\0", text)
