"""Markup put back into a translation: the inverse of `markup.protect`.

A link or emphasis goes around the words that came from its words (by the decoder's attention);
everything protected stands exactly once in the result, and the result is parsed again to prove it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from workflow.machine import escaping
from workflow.machine.edits import Edit, Edits, moved
from workflow.machine.engine import Alignment, Span
from workflow.machine.layout import Layout, first
from workflow.machine.markup import Mark, Point, Protected, atom_index
from workflow.machine.pieces import ATOM_BASE, marked
from workflow.machine.texts import Text
from workflow.machine.words import Word, best_run, masses, words

THRESHOLD = 0.45
"""Share of a word that must come from a mark's words for it to belong to the mark."""


GLIMPSE = 0.01
"""Without such a word, the one that has most of a mark's words takes it, if it has more than this."""


_ATOM = re.compile(r"[\U000F0000-\U000FFFFD]")


class Part(NamedTuple):
    """A sentence of the protected message and its translation."""

    start: int
    """Where it begins in `Protected.plain`, space not counted."""
    end: int
    """Where it ends."""
    text: str
    """Its translation; protected items are the same private characters."""
    alignment: Alignment | None = None
    """Which words came from which; source positions count from `start`."""


class Restored(NamedTuple):
    """A translated message."""

    text: str
    """Inline Markdown; empty when no way was found to keep all that is protected."""
    findings: tuple[str, ...] = ()
    """What a person should look at."""


def restore(protected: Protected, parts: Sequence[Part], inner: Mapping[Text, str] | None = None) -> Restored:
    """The translated message; `inner` has the translations of `protected.inner`."""
    if protected.bare and not any(marked(part.text) for part in parts):
        return Restored(_join(protected, parts).text)
    inner, findings = inner or {}, list[str]()
    whole = [_complete(protected, part, findings) for part in parts]
    layout = _join(protected, whole)
    layout.marks, layout.lost = _place_marks(protected, whole, layout)
    layout.points = [(_place_point(protected, whole, layout, point), point) for point in protected.points]
    attempts = [(escape, widen) for escape in escaping.escapes(protected.syntax) for widen in (False, True)]
    found = first(protected, layout, inner, attempts)
    if found is None:
        layout.lost += [mark for _, mark in layout.marks]
        layout.marks = []
        found = first(protected, layout, inner, attempts[-2:-1])
    if found is None:
        return Restored("", ("the markup cannot be kept in this sentence; translate it by hand",))
    findings += [f"markup could not be placed: {mark.before}…{mark.after}" for mark in layout.lost]
    return Restored(found, tuple(findings))


def _complete(protected: Protected, part: Part, findings: list[str]) -> Part:
    """The part with each of its source's atoms exactly once."""
    if not protected.atoms and not _ATOM.search(part.text):
        return part
    wanted = set(_ATOM.findall(protected.plain[part.start : part.end]))
    edits, missing = list[Edit](), sorted(wanted)
    for found in re.finditer(r" ?([\U000F0000-\U000FFFFD])", part.text):
        if found[1] in missing:
            missing.remove(found[1])
        else:
            edits.append((*found.span(), ""))
    if missing:
        end = len(part.text.rstrip('.!?…”"»’ '))
        edits.append((end, end, "".join(f" {char}" for char in missing)))
        names = ", ".join(protected.atoms[ord(char) - ATOM_BASE].raw for char in missing)
        findings.append(f"kept at the end of its sentence: {names}")
    made = Edits(part.text, edits)
    return Part(part.start, part.end, made.text, moved(part.alignment, None, made))


def _join(protected: Protected, parts: Sequence[Part]) -> Layout:
    text, cursor, ranges = "", 0, list[Span]()
    for part in parts:
        text += protected.plain[cursor : part.start]
        ranges.append((len(text), len(text) + len(part.text)))
        text += part.text
        cursor = part.end
    return Layout(text + protected.plain[cursor:], ranges)


def _place_marks(
    protected: Protected, parts: Sequence[Part], layout: Layout
) -> tuple[list[tuple[Span, Mark]], list[Mark]]:
    placed, lost = list[tuple[Span, Mark]](), list[Mark]()
    for mark in protected.marks:
        outer = [span for span, other in placed if other.start <= mark.start and mark.end <= other.end]
        limit = outer[-1] if outer else (0, len(layout.text))
        taken = [span for span, other in placed if not (other.start <= mark.start and mark.end <= other.end)]
        spans = [
            _in_part(protected, part, where, mark, limit, taken)
            for part, where in zip(parts, layout.ranges, strict=True)
            if part.start < mark.end and mark.start < part.end
        ]
        found = [span for span in spans if span is not None]
        span = (min(s for s, _ in found), max(e for _, e in found)) if found else None
        if span is None or any(s < span[1] and span[0] < e for s, e in taken):
            lost.append(mark)
        else:
            placed.append((span, mark))
    return placed, lost


def _in_part(
    protected: Protected, part: Part, where: Span, mark: Mark, limit: Span, taken: Sequence[Span]
) -> Span | None:
    """Where a mark's words stand in a part's translation, as positions of the whole target."""
    source = protected.plain[part.start : part.end]
    inside = max(mark.start, part.start) - part.start, min(mark.end, part.end) - part.start
    if part.text == source:
        return where[0] + inside[0], where[0] + inside[1]
    near = [span for span in taken if span[0] < where[1] and where[0] < span[1]]
    target = [
        word
        for word in words(part.text)
        if limit[0] <= where[0] + word.start
        and where[0] + word.end <= limit[1]
        and not any(s < where[0] + word.end and where[0] + word.start < e for s, e in near)
    ]
    if not target:
        return None
    if not any(not word.sign for word in words(source[: inside[0]]) + words(source[inside[1] :])):
        run: Span | None = (0, len(target))
    else:
        weights = masses(source, target, part.alignment, inside)
        run = best_run([-0.02 if word.sign else mass - THRESHOLD for word, mass in zip(target, weights, strict=True)])
        if run is None and max(weights) > GLIMPSE:
            best = max(range(len(target)), key=weights.__getitem__)
            run = (best, best + 1)
    run = run and _fit_signs(source[inside[0] : inside[1]], source[inside[1] :], target, run)
    return run and (where[0] + target[run[0]].start, where[0] + target[run[1] - 1].end)


def _fit_signs(marked: str, behind: str, target: Sequence[Word], run: Span) -> Span | None:
    """The run with signs at its ends only where the marked words have some."""
    start, end = run
    if marked[0].isalnum() or atom_index(marked[0]) is not None:
        while start < end and target[start].sign:
            start += 1
    if marked[-1].isalnum() or atom_index(marked[-1]) is not None:
        while end > start and target[end - 1].sign:
            end -= 1
    elif end < len(target) and target[end].sign and not behind.strip():
        end = len(target)
    elif end < len(target) and target[end].text == marked[-1] and target[end - 1].text != marked[-1]:
        end += 1
    return (start, end) if start < end else None


def _place_point(protected: Protected, parts: Sequence[Part], layout: Layout, point: Point) -> int:
    """Where a point goes: behind the word that came from the word before it."""
    for part, where in zip(parts, layout.ranges, strict=True):
        if point.position <= part.start:
            return where[0]
        if point.position < part.end:
            return _point_in(protected, part, where, point.position - part.start)
        if point.position == part.end:
            return where[1]
    return len(layout.text)


def _point_in(protected: Protected, part: Part, where: Span, position: int) -> int:
    source = protected.plain[part.start : part.end]
    if part.text == source:
        return where[0] + position
    before = [word for word in words(source[:position]) if not word.sign]
    target = words(part.text)
    if not before or not target:
        return where[0]
    weights = masses(source, target, part.alignment, (before[-1].start, before[-1].end))
    if max(weights) > 0:
        best = max(range(len(target)), key=weights.__getitem__)
    else:
        best = min(len(target) - 1, len(target) * len(before) // max(1, len(words(source))))
    if not source[position - 1].isalnum():
        while best + 1 < len(target) and target[best + 1].sign:
            best += 1
    end = target[best].end
    return where[0] + end + (source[position - 1].isspace() and part.text[end : end + 1] == " ")
