"""A glossary's terms in sentences, and whether their translations use them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from workflow.machine.engine import Span

STEM = 0.7
"""The share of a target word's letters that an inflected form of it begins with."""

_ENDING = r"(?:s|es|[’']s|s[’'])?"


class Term(NamedTuple):
    """A glossary's entry, found in a sentence."""

    start: int
    """Where the words of the source begin."""
    end: int
    """Where they end, an English plural or genitive included."""
    source: str
    """The entry's source."""
    target: str
    """What it is in the target language; the words of the sentence themselves if they stay as they are."""
    kept: bool
    """Whether the entry says to leave it as it is."""


class Terms:
    """A glossary: source terms with their targets; an empty target means *leave as it is*."""

    def __init__(self, entries: Mapping[str, str]):
        self._entries = {source.casefold(): target for source, target in entries.items()}
        longest = sorted(entries, key=len, reverse=True)
        words = "|".join(r"\s+".join(map(re.escape, source.split())) for source in longest if source.strip())
        self._pattern = re.compile(rf"(?<!\w)({words}){_ENDING}(?!\w)", re.I) if words else None

    def find(self, sentence: str) -> list[Term]:
        """The terms of a sentence, the longest where several fit; they do not overlap.

        An entry in capitals (an acronym) wants capitals; others are found in any case.
        """
        return list(self._find(sentence)) if self._pattern else []

    def _find(self, sentence: str) -> Iterator[Term]:
        for found in self._pattern.finditer(sentence) if self._pattern else ():
            source = " ".join(found[1].split())
            target = self._entries[source.casefold()]
            yield Term(*self._span(found, target), source, target or found[1], not target)

    def _span(self, found: re.Match[str], target: str) -> Span:
        return (found.start(), found.end()) if target else found.span(1)


def uses(translation: str, term: Term) -> bool:
    """Whether a translation has a term's target, also inflected: all of its words by their stems, in any case."""
    there = re.findall(r"\w+", translation.casefold())
    stems = [word[: max(3, round(len(word) * STEM))] for word in re.findall(r"\w+", term.target.casefold())]
    return all(any(word.startswith(stem) for word in there) for stem in stems)
