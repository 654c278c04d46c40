"""Asking the memory: exact matches, and texts that are like another.

A near match shares letters in order with the text (rapidfuzz's `ratio`, the same measure as elsewhere in Ordbro).
`candidates` says which texts are compared.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from workflow.memory.candidates import candidates
from workflow.memory.normal import normal
from workflow.memory.store import Memory, Row
from workflow.memory.tables import chunks, marks, text_numbers, unpack
from workflow.memory.unit import RANKS, Difference, Kind, Match, Unit

LEAST = 75
"""Likeness, 0 to 100, from which a match helps more than it misleads."""

_UNITS = """
SELECT units.text, texts.normal, units.source, units.target, units.rank, files.path, units.details
FROM units JOIN texts ON texts.id = units.text JOIN files ON files.id = units.file
WHERE units.text IN ({}) ORDER BY units.rank, files.path, units.position
"""
_WORDS = re.compile(r"\S+")


def exact(memory: Memory, text: str) -> Unit | None:
    """The best unit whose source is the text but for spaces and the shape of quotes; None if there is none.

    Reviewed messages come before imported units; among equals the commonest translation.
    """
    return next(iter(translations(memory, text)), None)


def translations(memory: Memory, text: str) -> list[Unit]:
    """All different translations of the very text, the best first."""
    numbers = list(text_numbers(memory.ask, [normal(text)]).values())
    return _preferred(unit for _, unit in _units(memory, numbers))


def exact_many(memory: Memory, texts: Iterable[str]) -> dict[str, Unit]:
    """The best unit for each of those texts of articles that have one; as `exact`, with few questions for many texts.

    Strings of the page templates are left out: they are written by other rules.
    """
    by_normal = {text: normal(text) for text in dict.fromkeys(texts)}
    numbers = text_numbers(memory.ask, by_normal.values())
    found: dict[int, list[Unit]] = {}
    for number, unit in _units(memory, list(numbers.values())):
        if unit.kind is not Kind.INTERFACE:
            found.setdefault(number, []).append(unit)
    best = {number: _preferred(units)[0] for number, units in found.items()}
    return {text: best[numbers[key]] for text, key in by_normal.items() if numbers.get(key) in best}


def near(memory: Memory, text: str, least: int = LEAST, limit: int = 5) -> list[Match]:
    """The units whose source is like the text, at least so much (0 to 100), the likest first; exact ones left out."""
    wanted = normal(text)
    texts = candidates(memory, wanted)
    scored = process.extract(wanted, texts, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=least, limit=None)
    found = list[Match]()
    for known, score, number in sorted(scored, key=lambda each: (-each[1], each[0])):
        if len(found) >= limit:
            break
        if known != wanted:
            units = _preferred(unit for _, unit in _units(memory, [number]))
            found += [Match(unit, min(int(score), 99), differences(text, unit.source)) for unit in units[:1]]
    return found


def differences(here: str, there: str) -> tuple[Difference, ...]:
    """The words at which two texts differ, in order."""
    ours, theirs = _WORDS.findall(here), _WORDS.findall(there)
    steps = Levenshtein.opcodes([normal(word) for word in ours], [normal(word) for word in theirs])
    found = list[Difference]()
    open_run = False
    for step in steps:
        if step.tag == "equal":
            open_run = False
            continue
        new = Difference(
            " ".join(ours[step.src_start : step.src_end]), " ".join(theirs[step.dest_start : step.dest_end])
        )
        if open_run:
            last = found.pop()
            new = Difference(f"{last.here} {new.here}".strip(), f"{last.there} {new.there}".strip())
        found.append(new)
        open_run = True
    return tuple(found)


def _units(memory: Memory, numbers: Sequence[int]) -> Iterator[tuple[int, Unit]]:
    """The units of texts, the preferred first, each with its text's number."""
    for chunk in chunks(numbers):
        for row in memory.ask(_UNITS.format(marks(chunk)), chunk):
            yield row[0], unit_of(row[1:])


def unit_of(row: Row) -> Unit:
    """The unit in a row: normal text, source, target, rank, path, details."""
    text, source, target, rank, path, details = row
    return Unit(text if source is None else source, target, RANKS[rank], path, unpack(details))


def _preferred(units: Iterable[Unit]) -> list[Unit]:
    """One unit for each translation: of the first kind before others, then the commonest, then the first."""
    known = list(units)
    count = Counter((unit.kind, unit.target) for unit in known)
    known.sort(key=lambda unit: (RANKS.index(unit.kind), -count[unit.kind, unit.target]))
    first = dict[str, Unit]()
    for unit in known:
        first.setdefault(unit.target, unit)
    return list(first.values())
