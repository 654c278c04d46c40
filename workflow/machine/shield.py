"""A sentence as an engine gets it: what must survive stands there as ⟦0⟧ … ⟦9⟧, or literally."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from workflow.machine.edits import Edit, Edits, moved
from workflow.machine.engine import Hypothesis
from workflow.machine.markup import atom_index

SLOTS = 10
"""How many placeholders a model knows."""
_ATOM = re.compile(r"[\U000F0000-\U000FFFFD]")
_PLACEHOLDER = re.compile(r"⟦(\d)⟧")


class Shielded(NamedTuple):
    """A sentence made ready for an engine."""

    text: str
    """What the engine gets."""
    edits: Edits
    """From the sentence to `text`."""
    values: tuple[str, ...]
    """What stands for each placeholder in the translation: a private character, or a name."""


def shield(
    sentence: str, kept: Sequence[Edit], literals: Sequence[str] | None = None, plainer: Sequence[Edit] = ()
) -> Shielded:
    """Put placeholders for private characters and for other stretches of a sentence (names, numbers).

    `kept` are those stretches, each with what stands for it in the translation.

    `plainer` are further replacements, which give way to those.

    For an engine without placeholders `literals` has the text to send for each private character,
    by its index. What finds no free placeholder is left out, or left as it is.
    """
    edits, values = list[Edit](), list[str]()
    atoms = [found.span() for found in _ATOM.finditer(sentence)]
    room = SLOTS - len(atoms)
    if literals is not None:
        for start, end in atoms:
            literal = literals[atom_index(sentence[start]) or 0]
            values.append(literal)
            edits.append((start, end, literal))
        return Shielded(*_applied(sentence, edits, plainer), tuple(values))
    chosen = sorted([(start, end, sentence[start:end]) for start, end in atoms[:SLOTS]] + list(kept[: max(0, room)]))
    for number, (start, end, value) in enumerate(chosen):
        edits.append((start, end, f"⟦{number}⟧"))
        values.append(value)
    edits += [(start, end, "") for start, end in atoms[SLOTS:]]
    return Shielded(*_applied(sentence, edits, plainer), tuple(values))


def unshield(sentence: str, shielded: Shielded, found: Hypothesis, literal: bool) -> Hypothesis:
    """The translation of the sentence itself, from that of its shielded form."""
    edits = list[Edit]()
    if literal:
        atoms = [char for char in sentence if atom_index(char) is not None]
        cursor = dict[str, int]()
        for char, value in zip(atoms, shielded.values, strict=True):
            start = found.text.find(value, cursor.get(value, 0))
            if value and start >= 0:
                edits.append((start, start + len(value), char))
                cursor[value] = start + len(value)
    else:
        for mark in _PLACEHOLDER.finditer(found.text):
            number = int(mark[1])
            edits.append((*mark.span(), shielded.values[number] if number < len(shielded.values) else ""))
    target = Edits(found.text, edits)
    alignment = moved(found.alignment, shielded.edits.inverse(), target)
    return Hypothesis(target.text, found.score, found.token_scores, alignment)


def _applied(sentence: str, edits: list[Edit], plainer: Sequence[Edit]) -> tuple[str, Edits]:
    free = [edit for edit in plainer if not any(edit[0] < end and start < edit[1] for start, end, _ in edits)]
    made = Edits(sentence, edits + free)
    return made.text, made
