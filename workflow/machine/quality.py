"""What can be seen to be wrong with a translation by comparing it with its source."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

from workflow.machine import numbers, quantities, swedish
from workflow.machine.names import find_acronyms

_ATOM = re.compile(r"[\U000F0000-\U000FFFFD]")
_WORD = re.compile(r"\w+")
_STUTTER = re.compile(r"(\w{2,6})\1\1+")
_NEGATION = re.compile(r"\b(?:not|nowhere|never|cannot|no(?!\.? ?\d)|without|neither|none|nothing)\b|n[’']t\b", re.I)
_WEAK_NEGATION = re.compile(
    r"\b(?:un|in|im|non|dis)\w+|\w+less\b|\b(?:hardly|few|fail\w*|avoid\w*|refus\w*|lack\w*|prevent\w*|stop\w*|nor|"
    r"nobody|yet|exclud\w*|otherwise|unless|except|free|but|only|instead|rather|short|miss\w*|until|before|out|off|"
    r"against|worr\w*|ban\w*|forbid\w*|rare\w*|seldom)\b",
    re.I,
)


class Problem(NamedTuple):
    """Something wrong with a draft."""

    text: str
    """What a person reads."""
    weight: float
    """How bad it is: 1 makes a draft useless."""


def problems(source: str, target: str, locale: str) -> list[Problem]:
    """What is wrong with the translation of an English sentence into a locale (POSIX name).

    Both texts have private characters for what is protected.
    """
    checks = [_empty, _protected, _acronyms, _loop, _copied, _length]
    found = [problem for check in checks for problem in check(source, target)]
    if locale.split("_")[0] == "sv":
        found += [
            problem
            for swedish_check in (_numbers, _quantities, _negation, _organs)
            for problem in swedish_check(source, target)
        ]
    return found


def _empty(source: str, target: str) -> Iterator[Problem]:
    if not re.search(r"[^\W_]|[\U000F0000-\U000FFFFD]", target):
        yield Problem("nothing was translated", 1)


def _protected(source: str, target: str) -> Iterator[Problem]:
    if sorted(_ATOM.findall(source)) != sorted(_ATOM.findall(target)) or "⟦" in target or "⟧" in target:
        yield Problem("something protected was lost or doubled", 0.5)


def _acronyms(source: str, target: str) -> Iterator[Problem]:
    if not any(char.islower() for char in source):
        return
    lost = sorted({name.translation for name in find_acronyms(source)} - set(re.findall(r"[A-Z0-9]{2,}", target)))
    if lost:
        yield Problem(f"acronym lost: {', '.join(lost)}", 0.3)


def _numbers(source: str, target: str) -> Iterator[Problem]:
    difference = numbers.compare(source, target, swedish.NUMBER_WORDS)
    if difference.lost:
        yield Problem(f"number lost: {', '.join(difference.lost)}", 0.5)
    if difference.invented:
        yield Problem(f"number not in the source: {', '.join(difference.invented)}", 0.5)


def _quantities(source: str, target: str) -> Iterator[Problem]:
    missing = quantities.lost(source, target)
    if missing:
        yield Problem(f"sign or unit lost: {', '.join(missing)}", 0.5)


def _negation(source: str, target: str) -> Iterator[Problem]:
    wanted, found = bool(_NEGATION.search(source)), bool(swedish.NEGATION.search(target))
    if wanted and not found and not swedish.WEAK_NEGATION.search(target):
        yield Problem("a negation may be lost", 0.5)
    elif found and not wanted and not _WEAK_NEGATION.search(source):
        yield Problem("a negation that the source may not have", 0.5)


def _organs(source: str, target: str) -> Iterator[Problem]:
    """A small model swaps diseases in fluent sentences: the most dangerous of its errors."""
    there = source.lower()
    for found in swedish.ORGAN.finditer(target.lower()):
        if not any(stem in there for stem in swedish.ORGANS[found[0]]):
            yield Problem(f"speaks of {found[0]!r}, which the source may not", 0.6)
            return


def _loop(source: str, target: str) -> Iterator[Problem]:
    said = _WORD.findall(target.lower())
    words = _WORD.findall(source.lower())
    if any(one == two for one, two in itertools.pairwise(words)):
        return  # many, many thanks
    there = " ".join(words)
    for size in (1, 2, 3, 4):
        for n in range(len(said) - 2 * size + 1):
            if said[n] != said[n + size]:
                continue
            once = said[n : n + size]
            if (
                once == said[n + size : n + 2 * size]
                and not all(word.isdigit() for word in once)
                and f"{' '.join(once)} {' '.join(once)}" not in there
                and once not in (["har"], ["att"], ["det"])
            ):
                yield Problem(f"says {' '.join(once)!r} twice in a row", 0.5)
                return
    for word in said:
        stutter = _STUTTER.search(word) if len(word) > 5 else None
        if stutter and stutter[0] not in there:
            yield Problem(f"stutters: {stutter[0]!r}", 0.5)
            return


def _copied(source: str, target: str) -> Iterator[Problem]:
    there = [word for word in _WORD.findall(source) if word[0].islower() and len(word) > 3]
    if len(there) >= 3:
        here = set(_WORD.findall(target.lower()))
        if sum(word in here for word in there) > 0.5 * len(there):
            yield Problem("still English", 0.8)


def _length(source: str, target: str) -> Iterator[Problem]:
    there, here = len(_WORD.findall(source)), len(_WORD.findall(target))
    if there >= 5 and here < 0.4 * there:
        yield Problem("much shorter than the source", 0.4)
    elif here > 2 * there + 4:
        yield Problem("much longer than the source", 0.4)
