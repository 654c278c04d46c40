"""Reads the golden file of marked-up sentences and judges translations by it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from workflow.machine.markup import Mark, Protected, protect

FILE = Path(__file__).parent / "marked.txt"
FUNCTION_WORDS = frozenset(
    "en ett den det de dem vår våra vårt vi din ditt dina er på i till för om av med vid att och är som hos under mot "
    "från har ska per dess sin sitt sina hennes hans deras alla "
    "this s".split()
)
"""Words that a mark may hold besides the right ones."""


@dataclass(frozen=True)
class Case:
    """A marked-up sentence."""

    source: str
    """Inline Markdown."""
    expected: tuple[str, ...]
    """For each pair mark in its order the stems that it should stand around, possibilities separated by `/`."""


def read_cases() -> list[Case]:
    """The cases of the golden file."""
    text = FILE.read_text(encoding="utf-8").replace("\\\n", "\\\0")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("# ")]
    cases = []
    for line in lines:
        source, _, expected = line.replace("\0", "\n").partition(" ⇒ ")
        cases.append(Case(source, tuple(each.strip() for each in expected.split(";") if each.strip())))
    return cases


def marked_words(protected: Protected) -> list[str]:
    """The words inside each mark, in the marks' order."""
    return [protected.plain[mark.start : mark.end] for mark in protected.marks]


def right(words: str, expected: str) -> bool:
    """Whether marked words are the expected ones, function words not counted."""
    have = [word for word in re.findall(r"[\w]+", words.lower()) if word not in FUNCTION_WORDS]
    for possibility in expected.split("/"):
        stems = [stem for stem in possibility.split() if stem not in FUNCTION_WORDS]
        if have or not stems:
            hit = all(any(word.startswith(stem) for word in have) for stem in stems)
            if hit and all(any(word.startswith(stem) for stem in stems) for word in have):
                return True
        elif set(possibility.split()) <= set(words.lower().split()):
            return True
    return False


def in_source_order(source: Protected, target: Protected) -> list[Mark | None]:
    """For each mark of the source its twin in the translation, by its Markdown."""
    rest = list(target.marks)
    found: list[Mark | None] = []
    for mark in source.marks:
        twin = next((each for each in rest if each.frame == mark.frame), None)
        if twin:
            rest.remove(twin)
        found.append(twin)
    return found


def protect_both(source: str, target: str) -> tuple[Protected, Protected]:
    """Both texts without their markup."""
    return protect(source), protect(target)
