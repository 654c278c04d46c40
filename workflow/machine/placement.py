"""Markup put back into a translation: the inverse of `markup.protect`.

A link or emphasis goes around the words that came from its words (by the decoder's attention);
everything protected stands exactly once in the result, and the result is parsed again to prove it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from workflow.machine import escaping
from workflow.machine.engine import Alignment, Span
from workflow.machine.markup import Mark, Point, Protected, atom_index, protect
from workflow.machine.words import Word, best_run, masses, words

THRESHOLD = 0.45
"""Share of a word that must come from a mark's words for it to belong to the mark."""


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence of the protected message and its translation."""

    start: int
    """Where it begins in `Protected.plain`, space not counted."""
    end: int
    """Where it ends."""
    text: str
    """Its translation; protected items are the same private characters."""
    alignment: Alignment | None = None
    """Which words came from which; source positions count from `start`."""


@dataclass(frozen=True, slots=True)
class Restored:
    """A translated message."""

    text: str
    """Inline Markdown; empty when no way was found to keep all that is protected."""
    findings: tuple[str, ...] = ()
    """What a person should look at."""


@dataclass(slots=True)
class _Layout:
    """The target text and what stands where in it."""

    text: str
    ranges: list[Span]
    marks: list[tuple[Span, Mark]] = field(default_factory=list)
    points: list[tuple[int, Point]] = field(default_factory=list)
    lost: list[Mark] = field(default_factory=list)


def restore(protected: Protected, parts: Sequence[Part], labels: Mapping[int, str] | None = None) -> Restored:
    """The translated message; `labels` has the translated descriptions of images by their atom's index."""
    findings = list[str]()
    whole = [_complete(protected, part, findings) for part in parts]
    layout = _join(protected, whole)
    layout.marks, layout.lost = _place_marks(protected, whole, layout)
    layout.points = [(_place_point(protected, whole, layout, point), point) for point in protected.points]
    for escape in (escaping.light, escaping.full):
        for widen in (False, True):
            text = _write(protected, layout, labels or {}, escape, widen)
            if _faithful(protected, layout, labels or {}, text):
                findings += [f"markup could not be placed: {mark.before}…{mark.after}" for mark in layout.lost]
                return Restored(text, tuple(findings))
    layout.lost += [mark for _, mark in layout.marks]
    layout.marks = []
    text = _write(protected, layout, labels or {}, escaping.full, False)
    if _faithful(protected, layout, labels or {}, text):
        findings += [f"markup could not be placed: {mark.before}…{mark.after}" for mark in layout.lost]
        return Restored(text, tuple(findings))
    return Restored("", ("the markup cannot be kept in this sentence; translate it by hand",))


def _complete(protected: Protected, part: Part, findings: list[str]) -> Part:
    """The part with each of its source's atoms exactly once."""
    wanted = [char for char in protected.plain[part.start : part.end] if atom_index(char) is not None]
    text = part.text
    for char in dict.fromkeys(each for each in text if atom_index(each) is not None):
        first = text.index(char)
        rest = text[first + 1 :].replace(char, "")
        text = text[: first + 1] + rest if char in wanted else text.replace(char, "")
    missing = [char for char in wanted if char not in text]
    if missing:
        body = text.rstrip('.!?…”"»’ ')
        text = body + "".join(f" {char}" for char in missing) + text[len(body) :]
        names = ", ".join(protected.atoms[atom_index(char) or 0].raw for char in missing)
        findings.append(f"kept at the end of its sentence: {names}")
    # Positions behind a removed twin shift; the alignment is then only roughly right, which is enough.
    return Part(part.start, part.end, text, part.alignment)


def _join(protected: Protected, parts: Sequence[Part]) -> _Layout:
    text, cursor, ranges = "", 0, list[Span]()
    for part in parts:
        text += protected.plain[cursor : part.start]
        ranges.append((len(text), len(text) + len(part.text)))
        text += part.text
        cursor = part.end
    return _Layout(text + protected.plain[cursor:], ranges)


def _place_marks(
    protected: Protected, parts: Sequence[Part], layout: _Layout
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
    target = [
        word
        for word in words(part.text)
        if limit[0] <= where[0] + word.start
        and where[0] + word.end <= limit[1]
        and not any(s < where[0] + word.end and where[0] + word.start < e for s, e in taken)
    ]
    if not target:
        return None
    if not any(not word.sign for word in words(source[: inside[0]]) + words(source[inside[1] :])):
        run: Span | None = (0, len(target))
    else:
        weights = masses(source, target, part.alignment, inside)
        run = best_run([-0.02 if word.sign else mass - THRESHOLD for word, mass in zip(target, weights, strict=True)])
        if run is None and max(weights) > 0.1:
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
    if marked.rstrip()[-1:].isalnum() or behind.strip():
        pass
    if marked[-1].isalnum() or atom_index(marked[-1]) is not None:
        while end > start and target[end - 1].sign:
            end -= 1
    elif end < len(target) and target[end].sign and not behind.strip():
        end = len(target)
    return (start, end) if start < end else None


def _place_point(protected: Protected, parts: Sequence[Part], layout: _Layout, point: Point) -> int:
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


def _write(
    protected: Protected, layout: _Layout, labels: Mapping[int, str], escape: escaping.Escape, widen: bool
) -> str:
    """The Markdown of a layout."""
    events = list[tuple[int, int, int, str]]()
    for n, (span, mark) in enumerate(layout.marks):
        start, end = _widened(layout.text, span) if widen else span
        events += [(start, 2, n, mark.before), (end, 0, -n, mark.after)]
    events += [(position, 1, n, point.raw) for n, (position, point) in enumerate(layout.points)]
    pieces, cursor, breaks = list[str](), 0, iter(protected.breaks)
    for position, _, _, raw in sorted(events):
        pieces += [_text(protected, layout.text[cursor:position], labels, escape, breaks), raw]
        cursor = position
    pieces.append(_text(protected, layout.text[cursor:], labels, escape, breaks))
    for mark in layout.lost:
        pieces.append(
            " " + mark.before + _text(protected, _words_only(protected, mark), labels, escape, breaks) + mark.after
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


def _text(protected: Protected, text: str, labels: Mapping[int, str], escape: escaping.Escape, breaks: object) -> str:
    pieces, run = list[str](), ""
    for char in text:
        index = atom_index(char)
        if index is None and char != "\n":
            run += char
            continue
        pieces.append(escape(run))
        run = ""
        if index is None:
            pieces.append(next(breaks, "\\\n"))  # type: ignore[call-overload]
        else:
            atom = protected.atoms[index]
            pieces.append(atom.before + labels.get(index, atom.label) + atom.after)
    return "".join(pieces) + escape(run)


def _faithful(protected: Protected, layout: _Layout, labels: Mapping[int, str], text: str) -> bool:
    """Whether a result reads back as the same words and the same markup."""
    again = protect(text)
    if Counter(atom.before + atom.after for atom in again.atoms) != Counter(
        a.before + a.after for a in protected.atoms
    ):
        return False
    if Counter((m.before, m.after) for m in again.marks) != Counter((m.before, m.after) for m in protected.marks):
        return False
    if Counter(point.raw for point in again.points) != Counter(point.raw for point in protected.points):
        return False
    lost = "".join(" " + _words_only(protected, mark) for mark in layout.lost)
    return _bare(again.plain) == _bare(layout.text + lost) and len(again.breaks) == len(protected.breaks)


def _bare(text: str) -> str:
    return "".join("\0" if atom_index(char) is not None else char for char in text)
