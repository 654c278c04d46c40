"""From messages to drafts: markup off, sentences through cache and engine, checked, and put together again."""

from __future__ import annotations

import hashlib
import itertools
import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from workflow.machine.cache import Cache, key
from workflow.machine.engine import Engine, Span
from workflow.machine.markup import Protected, protect
from workflow.machine.placement import Part, restore
from workflow.machine.sentence import Job, Outcome, job, outward
from workflow.machine.sentences import split
from workflow.machine.translator import Translator

BATCH = 400
"""Messages that are translated together; what an interruption can lose."""

Progress = Callable[[int], object]
"""Called after each batch with the number of messages that it had."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A message to be translated."""

    id: str
    """Whatever the caller knows it by."""
    text: str
    """The msgid: inline Markdown."""
    kind: str = "paragraph"
    """What the text is: `heading 2`, `paragraph`, `title`, …"""


@dataclass(frozen=True, slots=True)
class Draft:
    """What became of a unit."""

    unit: Unit
    """The message."""
    text: str
    """The translation, inline Markdown; empty when none can be trusted."""
    confidence: float
    """How likely it is good, 0 to 1."""
    findings: tuple[str, ...] = ()
    """What a person should look at."""


@dataclass(frozen=True, slots=True)
class _Result:
    """A draft before it is known which unit asked for it."""

    text: str
    confidence: float
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """A message cut into sentences; `spans` are those with something to translate."""

    protected: Protected
    spans: tuple[Span, ...]
    jobs: tuple[tuple[Job, tuple[int, ...]], ...]


def draft(
    units: Iterable[Unit],
    engine: Engine,
    cache: Cache | None = None,
    *,
    target: str = "sv",
    batch: int = BATCH,
    progress: Progress | None = None,
) -> Iterator[Draft]:
    """Translate messages, batch by batch, in their order; what was yielded is in the cache already.

    `target` is the locale's POSIX name. Raises EngineError and ModelError.
    """
    translator = Translator(engine, cache, target, _rules())
    prefix = ("message", engine.key, _rules(), target)
    rest = iter(units)
    while window := list(itertools.islice(rest, batch)):
        results = _known(window, cache, prefix)
        missing = list(dict.fromkeys(unit.text for unit in window if unit.text not in results))
        if missing:
            made = _translated(missing, translator)
            results |= made
            if cache:
                cache.put({key(*prefix, text): _pack(result) for text, result in made.items()})
        for unit in window:
            result = results[unit.text]
            yield Draft(unit, result.text, result.confidence, result.findings)
        if progress:
            progress(len(window))


def _known(window: Sequence[Unit], cache: Cache | None, prefix: tuple[str, ...]) -> dict[str, _Result]:
    if not cache:
        return {}
    keys = {unit.text: key(*prefix, unit.text) for unit in window}
    values = cache.get(keys.values())
    return {
        text: _Result(row[0], row[1], tuple(row[2]))
        for text, code in keys.items()
        if code in values and (row := json.loads(values[code]))
    }


def _pack(result: _Result) -> bytes:
    row = [result.text, result.confidence, result.findings]
    return json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _translated(texts: Sequence[str], translator: Translator) -> dict[str, _Result]:
    plans, waiting = dict[str, _Plan](), list(texts)
    while waiting:
        text = waiting.pop()
        if text not in plans:
            plans[text] = _plan(text)
            waiting += [atom.label for atom in plans[text].protected.atoms if atom.label]
    outcomes = translator.translate([each for plan in plans.values() for each, _ in plan.jobs])
    done = dict[str, _Result]()
    return {text: _assemble(text, plans, outcomes, done) for text in texts}


def _plan(text: str) -> _Plan:
    protected = protect(text)
    spans, jobs, cursor = list[Span](), list[tuple[Job, tuple[int, ...]]](), 0
    for sentence in split(protected.plain):
        start = cursor + len(sentence) - len(sentence.lstrip())
        end = cursor + len(sentence.rstrip())
        cursor += len(sentence)
        if any(char.isalpha() for char in protected.plain[start:end]):
            spans.append((start, end))
            jobs.append(job(protected, start, end))
    return _Plan(protected, tuple(spans), tuple(jobs))


def _assemble(
    text: str, plans: Mapping[str, _Plan], outcomes: Mapping[Job, Outcome], done: dict[str, _Result]
) -> _Result:
    """Put the sentences of a message together, and its markup back."""
    if text in done:
        return done[text]
    plan = plans[text]
    labels = {
        n: _assemble(atom.label, plans, outcomes, done).text or atom.label
        for n, atom in enumerate(plan.protected.atoms)
        if atom.label
    }
    found = [outcomes[each] for each, _ in plan.jobs]
    parts = [
        Part(*span, outward(outcome.text, atoms), outcome.alignment)
        for span, outcome, (_, atoms) in zip(plan.spans, found, plan.jobs, strict=True)
    ]
    restored = restore(plan.protected, parts, labels)
    lengths = [end - start for start, end in plan.spans]
    sure = sum(n * outcome.confidence for n, outcome in zip(lengths, found, strict=True)) / (sum(lengths) or 1)
    findings = [finding for outcome in found for finding in outcome.findings] + list(restored.findings)
    translated = all(part.text for part in parts)
    done[text] = _Result(
        restored.text if translated else "",
        math.floor((sure if parts else 1.0) * 100) / 100,
        tuple(dict.fromkeys(findings)),
    )
    return done[text]


@lru_cache(maxsize=1)
def _rules() -> str:
    """Changes with the code of this package, so that no other version's results are taken from the cache."""
    digest = hashlib.blake2b(digest_size=8)
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()
