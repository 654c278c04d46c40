"""Alignment for engines that give none: a marked phrase is translated on its own and looked for in the sentence."""

from __future__ import annotations

from collections.abc import Mapping

from workflow.machine.engine import Alignment, Span
from workflow.machine.words import words

ALIKE = 70.0
"""How alike (0 to 100) a phrase's translation and a stretch of the sentence's must be."""


def align(target: str, phrases: Mapping[Span, str]) -> Alignment:
    """The alignment of a translation, from stretches of the source and what they are when translated alone."""
    spans = [(word.start, word.end) for word in words(target)]
    sources = tuple(phrases)
    rows = [bytearray(len(sources)) for _ in spans]
    for column, phrase in enumerate(phrases.values()):
        first, last = _best(target, spans, phrase)
        for row in rows[first:last]:
            row[column] = 255
    return Alignment(sources, tuple(spans), tuple(bytes(row) for row in rows))


def _best(target: str, spans: list[Span], phrase: str) -> Span:
    """The words most like a phrase, as first and last index; (0, 0) if none are."""
    from rapidfuzz.fuzz import ratio  # only for engines without alignments

    size = len(words(phrase))
    best, found = ALIKE, (0, 0)
    for length in range(max(1, size - 1), size + 2):
        for first in range(len(spans) - length + 1):
            stretch = target[spans[first][0] : spans[first + length - 1][1]]
            alike = ratio(stretch.casefold(), phrase.casefold())
            if alike > best:
                best, found = alike, (first, first + length)
    return found
