"""Which texts may be near to another, found without comparing it with all of them.

An index knows in which texts the beginning of a word stands, two neighbouring words, and in short texts a few
neighbouring letters. The rarest of a text's own say most and are asked first. Of 200 texts with some words changed,
left out, misspelt or moved, looked up among 500,000, this misses none of the best matches (`tests/bench/memory.py`).
"""

from __future__ import annotations

import math
from collections import Counter

from workflow.memory.normal import letters, pairs, stems, token
from workflow.memory.store import Memory
from workflow.memory.tables import CHUNK, LENGTHS, chunks, length_class, marks

_COMMON = 3000
"""Texts with a word above which it says too little to be asked for."""
_MANY = 2000
"""Texts of the right length that are taken for one feature."""
_BUDGET = 10_000
"""Texts that are counted, after which no further feature is asked for."""
_FINALISTS = 800
"""Texts that share most, which are then compared letter by letter."""
_WORD, _PAIR, _LETTERS = 60, 40, 30
"""What it is worth to share a feature of each kind; the rarer it is, the more."""
_RARE = 20_000
_QUESTION = f"""
SELECT rowid FROM features WHERE features MATCH ? AND rowid % {LENGTHS} BETWEEN ? AND ? LIMIT {_MANY}
"""  # noqa: S608


def candidates(memory: Memory, text: str) -> dict[int, str]:
    """The texts that may be at least 75 % like a normal text, by their numbers; raises OutputError."""
    # Two texts this far apart in length cannot be alike enough.
    shortest, longest = length_class(len(text) * 3 // 5), length_class(len(text) * 5 // 3 + 1)
    counted = Counter[int]()
    taken = 0
    for weight, key in _plan(memory, text):
        rows = memory.ask(_QUESTION, (key, shortest, longest))
        worth = int(weight * math.log(2 + _RARE / (len(rows) + 1)))
        for (number,) in rows:
            counted[number] += worth
        taken += len(rows)
        if taken > _BUDGET:
            break
    best = [number for number, _ in counted.most_common(_FINALISTS)]
    found = dict[int, str]()
    for chunk in chunks(best):
        found.update(memory.ask(f"SELECT id, normal FROM texts WHERE id IN ({marks(chunk)})", chunk))  # noqa: S608
    return found


def _plan(memory: Memory, text: str) -> list[tuple[int, str]]:
    """The features to ask for, the rarest first: what kind it is worth, and its token."""
    words, parts = stems(text), letters(text)
    counts = _counts(memory, [*dict.fromkeys(words), *parts])
    asked = [(count, _WORD if word in words else _LETTERS, token(word)) for word, count in counts.items()]
    # A pair is rarer than the rarer of its words, by how much nobody knows.
    rarer = {pair: min(counts.get(word, 0) for word in pair) for pair in pairs(words)}
    asked += [(count // 8, _PAIR, token(pair)) for pair, count in rarer.items() if count]
    return [(worth, key) for count, worth, key in sorted(asked) if count <= _COMMON or worth < _WORD]


def _counts(memory: Memory, names: list[str]) -> dict[str, int]:
    """In how many texts each feature stands; those that stand in none are left out."""
    found = dict[str, int]()
    for start in range(0, len(names), CHUNK):
        part = names[start : start + CHUNK]
        found.update(memory.ask(f"SELECT feature, texts FROM counts WHERE feature IN ({marks(part)})", part))  # noqa: S608
    return found
