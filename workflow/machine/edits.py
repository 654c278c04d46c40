"""Replacements in a text, and where positions of the old text lie in the new one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from workflow.machine.engine import Alignment, Span

Edit = tuple[int, int, str]
"""Start and end of what is replaced, and what takes its place."""


class Edits:
    """A text with some stretches replaced; they may not overlap, later ones that do are left out."""

    def __init__(self, old: str, edits: Iterable[Edit]):
        self.old = old
        """The text before."""
        self._edits = list[tuple[int, int, int, int]]()
        pieces, cursor, length = list[str](), 0, 0
        for start, end, new in sorted(edits):
            if start < cursor:
                continue
            pieces += [old[cursor:start], new]
            length += start - cursor
            self._edits.append((start, end, length, length + len(new)))
            length += len(new)
            cursor = end
        self.text = "".join(pieces) + old[cursor:]
        """The text after."""
        self._starts = [edit[0] for edit in self._edits]

    def span(self, span: Span) -> Span:
        """Where a stretch of the old text lies now; one that touches a replacement takes it in whole."""
        return self._map(span[0], False), self._map(span[1], True)

    def inverse(self) -> Edits:
        """The way back."""
        return Edits(self.text, [(start, end, self.old[a:b]) for a, b, start, end in self._edits])

    def _map(self, position: int, is_end: bool) -> int:
        n = (bisect_right(self._starts, position - is_end)) - 1
        if n < 0:
            return position
        start, end, new_start, new_end = self._edits[n]
        if position >= end and (position > start or end > start):
            return new_end + position - end
        return new_end if is_end else new_start


def moved(alignment: Alignment | None, source: Edits | None, target: Edits | None) -> Alignment | None:
    """An alignment after edits of its two texts."""
    if alignment is None:
        return None
    return alignment._replace(
        source=tuple(map(source.span, alignment.source)) if source else alignment.source,
        target=tuple(map(target.span, alignment.target)) if target else alignment.target,
    )
