"""Pairing the blocks of an article with those of its translation, though sections were added, dropped and moved.

First whole sections are paired, each by the best alignment of its blocks, whatever their order on the page; then
the blocks of two such sections are, in order. A second round does the same with what is left over.
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from workflow.adoption.assignment import best_pairs
from workflow.adoption.evidence import Judge, likeness
from workflow.adoption.pieces import FRONT, OPENING, Piece

SURE = 0.7
"""From this probability on (0 to 1) two blocks are said to be translations of each other."""

_GAP = -1.6
"""What leaving out a block costs where its section is known, as the logarithm of a probability."""
_STRANGE = 3.0
"""What two sections must have in common beyond what blocks of any two sections have by chance."""
_NEIGHBOUR = 1.25
"""What it counts that the sections before, or after, two sections are paired with each other."""
_SAME_PART = {FRONT: 20.0, OPENING: 2.0}
"""What it counts that two sections are the front matter, or what stands before the first heading."""
_NEAR = 3
"""Within so many blocks below two headings a pair must be found, for the headings to be one."""
_ROUNDS = 3
_LATER = 1.0
"""What pairs of left over blocks must have more in common."""

_Section = list[int]
_Sections = dict[int, _Section]
_Table = list[list[float]]


@dataclass(frozen=True, slots=True)
class Match:
    """Two blocks that are translations of each other."""

    source: int
    """Place of the piece in the article."""
    target: int
    """Place of the piece in the translation."""
    similarity: float
    """How probable that is, 0 to 1."""


def align(source: Sequence[Piece], target: Sequence[Piece], known: Mapping[int, str] | None = None) -> list[Match]:
    """The pairs of pieces of two pages that translate each other, in the order of the source.

    `known` are translations of pieces of the source, by place, be they drafts: the page may well say the same.
    """
    judge, known = Judge(source, target), known or {}
    weights = [
        [judge.weigh(one, other) + likeness(known.get(number), other) for other in target]
        for number, one in enumerate(source)
    ]
    found = dict[int, Match]()
    for number in range(_ROUNDS):
        here = _sections(source, found)
        there = _sections(target, {match.target for match in found.values()})
        gains = [[_gain(one, other, weights) for other in there.values()] for one in here.values()]
        placed = (
            [[gain - _LATER for gain in row] for row in gains] if number else _placed(gains, list(here), list(there))
        )
        new = list(_matches(placed, here, there, weights))
        if not new:
            break
        found |= {match.source: match for match in new}
    return [found[place] for place in sorted(found)]


def _sections(pieces: Sequence[Piece], taken: Container[int]) -> _Sections:
    """The places of the pieces that are not taken, by section."""
    sections = _Sections()
    for number, piece in enumerate(pieces):
        if number not in taken:
            sections.setdefault(piece.section, []).append(number)
    if FRONT in sections:
        sections[FRONT].sort(key=lambda number: pieces[number].kind)  # the order of keys means nothing
    return sections


def _gain(here: _Section, there: _Section, weights: _Table) -> float:
    """How much more two sections have in common than two that only have the same structure (above 0), or less."""
    above = [0.0] * (len(there) + 1)
    for one in here:
        row = [0.0]
        for column, other in enumerate(there, 1):
            row.append(max(above[column], row[-1], above[column - 1] + weights[one][other]))
        above = row
    return above[-1] - _STRANGE


def _placed(gains: _Table, here: Sequence[int], there: Sequence[int]) -> _Table:
    """The gains, more for sections of the same part of the page and those whose neighbours are paired."""
    gains = [
        [gain + (_SAME_PART.get(one, 0.0) if one == other else 0.0) for other, gain in zip(there, row, strict=True)]
        for one, row in zip(here, gains, strict=True)
    ]
    paired = {*best_pairs(gains), (-1, -1), (len(here), len(there))}
    return [
        [
            gain + _NEIGHBOUR * (((place - 1, at - 1) in paired) + ((place + 1, at + 1) in paired))
            for at, gain in enumerate(row)
        ]
        for place, row in enumerate(gains)
    ]


def _matches(gains: _Table, here: _Sections, there: _Sections, weights: _Table) -> Iterator[Match]:
    """The pairs within the sections that are paired best, as far as both are probable."""
    ours, theirs = list(here), list(there)
    for place, at in best_pairs(gains):
        one, other = here[ours[place]], there[theirs[at]]
        sure = 1 / (1 + math.exp(-gains[place][at]))
        found = [replace(match, similarity=match.similarity * sure) for match in _pairs(one, other, weights)]
        found = [match for match in found if match.similarity >= SURE]
        headed = min(ours[place], theirs[at]) > OPENING
        yield from _without_lone_heading(found, one, other) if headed else found


def _without_lone_heading(found: list[Match], here: _Section, there: _Section) -> list[Match]:
    """The pairs of two sections but for their headings, where what comes next has nothing in common."""
    if not found or (found[0].source, found[0].target) != (here[0], there[0]) or min(len(here), len(there)) == 1:
        return found
    if len(found) == 1:
        return []
    near = here.index(found[1].source) <= _NEAR and there.index(found[1].target) <= _NEAR
    return found if near else found[1:]


def _pairs(here: _Section, there: _Section, weights: _Table) -> Iterator[Match]:
    """All pairs within two sections, with how probable each is, whichever way the others are paired."""
    before = _sums(here, there, weights)
    after = _sums(here[::-1], there[::-1], weights)
    for row, one in enumerate(here):
        for column, other in enumerate(there):
            through = before[row][column] + weights[one][other] + after[len(here) - row - 1][len(there) - column - 1]
            yield Match(one, other, math.exp(min(through - before[-1][-1], 0.0)))


def _sums(here: _Section, there: _Section, weights: _Table) -> _Table:
    """For each pair of beginnings of two sections the logarithm of the weight of all ways to align them."""
    table = [[_GAP * column for column in range(len(there) + 1)]]
    for one in here:
        above = table[-1]
        row = [above[0] + _GAP]
        for column, other in enumerate(there, 1):
            row.append(_log_sum(above[column] + _GAP, row[-1] + _GAP, above[column - 1] + weights[one][other]))
        table.append(row)
    return table


def _log_sum(*values: float) -> float:
    top = max(values)
    return top + math.log(sum(math.exp(value - top) for value in values))
