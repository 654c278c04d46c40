"""An English sentence written so that translation models understand it; its meaning stays."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workflow.machine.edits import Edit

_COUNTRY = re.compile(r"\b(?P<the>[Tt]he )?(?:U\.S\.A\.|U\.S\.|US(?=[ ’']))(?P<more> [a-z]+)?")
_FUNCTION = frozenset(
    "is are was were has have had and or to in on at for from by with as but that which who will would can could may "
    "when while where since until during between than also does did do must should then there after before".split()
)
_DASH = re.compile(r"(?<=\w)\s?—\s?(?=\w)|(?<=\w) - (?=\w)|(?<=\w) -- (?=\w)")
_SINGLE = re.compile(r"(?<![\w’'])[‘'](?=\w)([^‘’']*(?:(?<=\w)[’'](?=\w)[^‘’']*)*)[’'](?!\w)")


def edits(sentence: str) -> list[Edit]:
    """Replacements that make a sentence plainer: countries' abbreviations, dashes, single quotes, capitals."""
    if shouted(sentence):
        return [(n, n + 1, char.lower()) for n, char in enumerate(sentence) if n and char.isupper()]
    return sorted([*_countries(sentence), *_dashes(sentence), *_quotes(sentence)])


def shouted(sentence: str) -> bool:
    """Whether all of it is in capitals and it is more than an acronym."""
    if not sentence.isupper():
        return False
    words = re.findall(r"[^\W\d_]+", sentence)
    return len(words) > 1 and sum(len(word) > 3 for word in words) >= len(words) / 2


def _countries(sentence: str) -> Iterator[Edit]:
    for found in _COUNTRY.finditer(sentence):
        start, end = found.start() + len(found["the"] or ""), found.end() - len(found["more"] or "")
        if found["more"] and found["more"].strip() not in _FUNCTION:
            yield start, end, "American"
        elif sentence[start:end] != "US":
            # The point at the end of a sentence is both the abbreviation's and the sentence's.
            yield start, end - (end == len(sentence.rstrip('"”’) '))), "USA"


def _dashes(sentence: str) -> Iterator[Edit]:
    for found in _DASH.finditer(sentence):
        yield *found.span(), " – "


def _quotes(sentence: str) -> Iterator[Edit]:
    for found in _SINGLE.finditer(sentence):
        yield found.start(), found.start() + 1, '"'
        yield found.end() - 1, found.end(), '"'
