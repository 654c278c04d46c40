"""The words of a translation, and how much of each came from a stretch of the source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from workflow.machine.engine import Alignment, Span

WORD = re.compile(r"[\U000F0000-\U000FFFFD]|\w+(?:[’'.,:/-]\w+)*|[^\w\s]")
"""A word with its inner hyphens and points, a protected item, or one sign."""


class Word(NamedTuple):
    """A word or sign of the target."""

    start: int
    """Where it begins."""
    end: int
    """Where it ends."""
    text: str
    """The word itself."""

    @property
    def sign(self) -> bool:
        """Whether it is punctuation."""
        return not self.text[0].isalnum() and self.text[0] != "_" and ord(self.text[0]) < 0xF0000


def words(text: str) -> list[Word]:
    """The words and signs of a text, in order."""
    return [Word(found.start(), found.end(), found[0]) for found in WORD.finditer(text)]


def masses(source: str, target: Sequence[Word], alignment: Alignment | None, span: Span) -> list[float]:
    """For each target word, how much of it (0 to 1) came from a span of the source.

    A word that stands once on both sides, letter by letter (a name, a number, a protected item),
    surely came from its twin. Without an alignment others have 0.
    """
    twins = _twins(source, target)
    shares = _shares(alignment, span) if alignment else []
    result = list[float]()
    for word in target:
        twin = twins.get(word.text)
        if twin is not None:
            result.append(1.0 if span[0] <= twin < span[1] else 0.0)
        else:
            result.append(_mass(word, alignment, shares) if alignment else 0.0)
    return result


def best_run(values: Sequence[float]) -> Span | None:
    """The stretch of numbers with the greatest sum, if that is above zero."""
    best, best_span = 0.0, None
    total, start = 0.0, 0
    for n, value in enumerate(values):
        if total <= 0:
            total, start = 0.0, n
        total += value
        if total > best + 1e-9:
            best, best_span = total, (start, n + 1)
    return best_span


def _twins(source: str, target: Sequence[Word]) -> dict[str, int]:
    """Target words that stand exactly once on both sides, with their place in the source."""
    there = words(source)
    counts = Counter(word.text for word in there)
    here = Counter(word.text for word in target)
    return {
        word.text: word.start
        for word in there
        if counts[word.text] == 1 == here[word.text]
        and (len(word.text) > 3 or not word.text.isalpha())
        and not word.sign
    }


def _shares(alignment: Alignment, span: Span) -> list[tuple[int, float]]:
    """The source pieces that lie in a span, each with how much of it does."""
    shares = list[tuple[int, float]]()
    for n, (left, right) in enumerate(alignment.source):
        inside = min(right, span[1]) - max(left, span[0])
        if inside > 0:
            shares.append((n, inside / (right - left)))
    return shares


def _mass(word: Word, alignment: Alignment, shares: Sequence[tuple[int, float]]) -> float:
    total = inside = 0.0
    for (start, end), weights in zip(alignment.target, alignment.weights, strict=False):
        if start >= word.end:
            break
        shared = min(end, word.end) - max(start, word.start)
        if shared > 0:
            total += shared
            marked = sum(weights[n] * share for n, share in shares if n < len(weights))
            inside += shared * marked / (sum(weights) or 1)
    return inside / total if total else 0.0
