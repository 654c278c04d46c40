"""How well two blocks of two languages answer each other, as logarithms of odds that can be added up."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from workflow.adoption.pieces import FRONT, Piece

NEVER = -math.inf
"""Evidence that two pieces are no translations of each other."""

_SAME_KIND = 0.0
_SAME_KEY = 3.0
_FAMILIES = {
    "paragraph": "text",
    "list item": "text",
    "definition": "text",
    "quotation": "text",
    "footnote": "text",
    "text in HTML": "text",
    "term": "label",
    "box title": "label",
    "table cell": "cell",
    "table heading": "cell",
}
_OTHER_KIND = -1.5
_OTHER_LEVEL = -0.5
_TITLE_IN_TEXT = -1.5
_SPREAD = 0.35
_LEAST_SPREAD = 0.12
_CHANCE_SPREAD = 0.7
_SHORT = 12.0
_LEAST = -6.0
_SHARED = {"numbers": 2.0, "links": 3.0, "fixed": 3.0}
_LACKING = {"numbers": -1.0, "links": -1.0, "fixed": -1.5}
_LIKENESS = 10.0
_CHANCE_LIKENESS = 0.5
_LEAST_LIKENESS = -1.0
_KINDRED = 0.4
_WORDS = 0.8
_PREFIX = 4
_INSIDE = 5


class Judge:
    """Weighs pairs of pieces of two pages; knows how rare each word is, and which words look alike."""

    def __init__(self, source: Sequence[Piece], target: Sequence[Piece]) -> None:
        self._alike = _lookalikes(_vocabulary(source), _vocabulary(target))
        self._chance = {word: _chance(alike, target) for word, alike in self._alike.items()}
        self._ratio = _ratio(source, target)

    def weigh(self, one: Piece, other: Piece) -> float:
        """The logarithm of the odds that `other` translates `one`, apart from where they stand."""
        kind = _kind_evidence(one, other)
        if kind == NEVER:
            return NEVER
        return (
            kind
            + self._length_evidence(one, other)
            + _counted("numbers", one.numbers, other.numbers)
            + _counted("links", one.links, other.links)
            + _counted("fixed", one.fixed, other.fixed)
            + _marks_evidence(one, other)
            + self._word_evidence(one, other)
        )

    def _length_evidence(self, one: Piece, other: Piece) -> float:
        difference = math.log(other.letters / one.letters / self._ratio)
        spread = _SPREAD * math.sqrt(_SHORT / (min(one.letters, other.letters) + _SHORT)) + _LEAST_SPREAD
        near, far = (-0.5 * (difference / each) ** 2 - math.log(each) for each in (spread, _CHANCE_SPREAD))
        return max(near - far, _LEAST)

    def _word_evidence(self, one: Piece, other: Piece) -> float:
        """Names and words that look alike in both languages; the rarer they are, the more it says."""
        result = 0.0
        for word in one.words:
            chance = self._chance[word]
            if chance:
                here = not self._alike[word].isdisjoint(other.words)
                likely = _KINDRED + (1 - _KINDRED) * chance
                result += math.log(likely / chance) if here else math.log((1 - likely) / (1 - chance))
        return _WORDS * result


def likeness(known: str | None, other: Piece) -> float:
    """What it says that a translation known so far, perhaps a machine's, is like a piece of the target, or is not."""
    if known is None:
        return 0.0
    alike = fuzz.ratio(known, other.segment.text) / 100
    return max(_LIKENESS * (alike - _CHANCE_LIKENESS), _LEAST_LIKENESS)


def _kind_evidence(one: Piece, other: Piece) -> float:
    if one.kind == other.kind:
        return _SAME_KEY if one.section == other.section == FRONT else _SAME_KIND
    heads = [kind.startswith("heading") for kind in (one.kind, other.kind)]
    if all(heads):
        return _SAME_KIND + _OTHER_LEVEL * abs(int(one.kind[-1]) - int(other.kind[-1]))
    if any(heads) and "title" in (one.kind, other.kind):
        return _TITLE_IN_TEXT
    family = _FAMILIES.get(one.kind)
    return _OTHER_KIND if family is not None and family == _FAMILIES.get(other.kind) else NEVER


def _counted(what: str, one: Counter[str], other: Counter[str]) -> float:
    if not one and not other:
        return 0.0
    shared = (one & other).total()
    lacking = max(one.total(), other.total()) - shared
    return _SHARED[what] * math.sqrt(shared) + _LACKING[what] * math.sqrt(lacking)


def _marks_evidence(one: Piece, other: Piece) -> float:
    result = (
        0.0 if one.end == other.end else -1.0 if "?" in (one.end, other.end) or ":" in (one.end, other.end) else -0.5
    )
    for here, there in zip(one.marks, other.marks, strict=True):
        result += 1.0 if here == there > 0 else -0.7 * abs(here - there)
    return max(result, -3.0)


def _chance(words: set[str], pieces: Sequence[Piece]) -> float:
    """How probable it is that a piece has one of these words."""
    return min(sum(not words.isdisjoint(piece.words) for piece in pieces) / (len(pieces) + 1), 0.9)


def _vocabulary(pieces: Iterable[Piece]) -> set[str]:
    return {word for piece in pieces for word in piece.words}


def _lookalikes(source: set[str], target: set[str]) -> defaultdict[str, set[str]]:
    """For each word of the source the words of the target that begin like it, or contain it, or lie in it."""
    starts = defaultdict[str, set[str]](set)
    for word in target:
        starts[word[:_PREFIX]].add(word)
    result = defaultdict[str, set[str]](set)
    for word in source:
        found = {word} & target
        if len(word) >= _PREFIX:
            found |= {each for each in starts[word[:_PREFIX]] if _common(word, each) >= _wanted(word, each)}
        if len(word) >= _INSIDE:
            found |= {each for each in target if word in each}
        found |= {each for each in target if len(each) >= _INSIDE and each in word}
        result[word] = found
    return result


def _common(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _wanted(one: str, other: str) -> float:
    return max(_PREFIX, 0.6 * min(len(one), len(other)))


def _ratio(source: Sequence[Piece], target: Sequence[Piece]) -> float:
    """How much longer the target's language is, told from whole pages as far as that can be."""
    here, there = (sum(piece.letters for piece in pieces) for pieces in (source, target))
    return min(max(there / here, 0.8), 1.25) if here and there else 1.0
