"""A sentence of a message as a job for the translator, and what became of it."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from typing import NamedTuple

from workflow.machine.engine import Alignment, Span
from workflow.machine.markup import Protected, atom_char, atom_index

EARLY = 2
"""Words at the beginning of a sentence whose translation may be the first word, an article not counted."""


class Job(NamedTuple):
    """A sentence to translate; equal ones are translated once."""

    text: str
    """The sentence, its private characters numbered from 0."""
    literals: tuple[str, ...]
    """The source of what each private character stands for."""
    marks: tuple[Span, ...] = ()
    """Where markup has to be placed inside it; an empty stretch for what has a place but no words."""

    @property
    def marks_opening(self) -> bool:
        """Whether markup concerns one of its first two words, and so perhaps the first of the translation."""
        return any(len(self.text[:start].split()) < EARLY for start, _ in self.marks)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The translation that was settled on."""

    text: str
    """Plain text with the job's private characters; empty if there is none."""
    score: float
    """The mean log-probability of its tokens; 0 where the engine knows none."""
    confidence: float
    """0 to 1."""
    alignment: Alignment | None
    """Which words came from which, if asked for."""
    findings: tuple[str, ...]
    """What a person should look at."""

    def pack(self) -> bytes:
        """The outcome as bytes, for the cache."""
        aligned = self.alignment and [
            self.alignment.source,
            self.alignment.target,
            [row.hex() for row in self.alignment.weights],
        ]
        row = [self.text, self.score, self.confidence, aligned, self.findings]
        data = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        return zlib.compress(data, 1) if aligned else data

    @staticmethod
    def unpack(data: bytes) -> Outcome:
        """The inverse of `pack`; raises ValueError for other bytes."""
        try:
            text, score, confidence, aligned, findings = json.loads(data if data[:1] == b"[" else zlib.decompress(data))
            alignment = aligned and Alignment(
                _spans(aligned[0]), _spans(aligned[1]), tuple(bytes.fromhex(row) for row in aligned[2])
            )
        except (zlib.error, TypeError, IndexError) as error:
            raise ValueError("no outcome") from error
        return Outcome(text, score, confidence, alignment, tuple(findings))


def job(protected: Protected, start: int, end: int) -> tuple[Job, tuple[int, ...]]:
    """The job of a stretch of a protected message, and the message's numbers of its private characters."""
    plain = protected.plain[start:end]
    atoms = tuple(index for char in plain if (index := atom_index(char)) is not None) if protected.atoms else ()
    marks = [
        (max(mark.start, start) - start, min(mark.end, end) - start)
        for mark in protected.marks
        if mark.start < end and start < mark.end and not (mark.start <= start and end <= mark.end)
    ]
    marks += [(point.position - start,) * 2 for point in protected.points if start < point.position < end]
    numbers = {atom_char(index): atom_char(n) for n, index in enumerate(atoms)}
    return Job(_renamed(plain, numbers), tuple(protected.atoms[index].raw for index in atoms), tuple(marks)), atoms


def outward(text: str, atoms: tuple[int, ...]) -> str:
    """A job's translation with the message's own private characters."""
    return _renamed(text, {atom_char(n): atom_char(index) for n, index in enumerate(atoms)})


def _renamed(text: str, names: dict[str, str]) -> str:
    return "".join(names.get(char, char) for char in text) if names else text


def _spans(rows: list[list[int]]) -> tuple[Span, ...]:
    return tuple((row[0], row[1]) for row in rows)
