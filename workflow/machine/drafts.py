"""From messages to drafts: markup off, sentences through cache and engine, checked, and put together again."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from workflow.machine.cache import Cache, key
from workflow.machine.confidence import of_message
from workflow.machine.engine import Engine, Span
from workflow.machine.markup import Protected, protect
from workflow.machine.placement import Part, restore
from workflow.machine.sentence import Job, Outcome, job, outward
from workflow.machine.sentences import split
from workflow.machine.terms import Terms
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
    """A message cut into sentences; those without a letter have no job and stay as they are."""

    protected: Protected
    spans: tuple[Span, ...]
    jobs: tuple[tuple[Job, tuple[int, ...]] | None, ...]


def draft(
    units: Iterable[Unit],
    engine: Engine,
    cache: Cache | None = None,
    *,
    target: str = "sv",
    batch: int = BATCH,
    progress: Progress | None = None,
    terms: Mapping[str, str] | None = None,
) -> Iterator[Draft]:
    """Translate messages, batch by batch, in their order; what was yielded is in the cache already.

    `target` is the locale's POSIX name; `terms` the glossary: source terms with their targets, an empty
    one for what stays as it is. Raises EngineError and ModelError.
    """
    translator = Translator(engine, cache, target, _rules(), Terms(terms or {}))
    prefix = ("message", engine.key, _rules(), target, repr(sorted((terms or {}).items())))
    rest = iter(units)
    pool = ThreadPoolExecutor(1)  # translates a batch while the one before it is put together and written

    def begin() -> _Pending | None:
        window = list(itertools.islice(rest, batch))
        return _begin(window, translator, cache, prefix, pool) if window else None

    try:
        pending = begin()
        while pending:
            following = begin()
            yield from _finish(pending, cache, prefix)
            if progress:
                progress(len(pending.window))
            pending = following
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@dataclass(frozen=True, slots=True)
class _Pending:
    """A batch that is being translated."""

    window: list[Unit]
    known: dict[str, _Result]
    missing: list[str]
    plans: dict[str, _Plan]
    outcomes: Future[dict[Job, Outcome]] | None


def _begin(
    window: list[Unit], translator: Translator, cache: Cache | None, prefix: tuple[str, ...], pool: ThreadPoolExecutor
) -> _Pending:
    known = _known(window, cache, prefix)
    missing = list(dict.fromkeys(unit.text for unit in window if unit.text not in known))
    plans, waiting = dict[str, _Plan](), list(missing)
    while waiting:
        text = waiting.pop()
        if text not in plans:
            plans[text] = _plan(text)
            waiting += [atom.label for atom in plans[text].protected.atoms if atom.label]
    jobs = [each[0] for plan in plans.values() for each in plan.jobs if each]
    return _Pending(window, known, missing, plans, pool.submit(translator.translate, jobs) if jobs else None)


def _finish(pending: _Pending, cache: Cache | None, prefix: tuple[str, ...]) -> Iterator[Draft]:
    outcomes = pending.outcomes.result() if pending.outcomes else {}
    done = dict[str, _Result]()
    made = {text: _assemble(text, pending.plans, outcomes, done) for text in pending.missing}
    if cache and made:
        cache.put({key(*prefix, text): _pack(result) for text, result in made.items()})
    results = pending.known | made
    for unit in pending.window:
        result = results[unit.text]
        yield Draft(unit, result.text, result.confidence, result.findings)


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


def _plan(text: str) -> _Plan:
    protected = protect(text)
    spans, jobs, cursor = list[Span](), list[tuple[Job, tuple[int, ...]] | None](), 0
    for sentence in split(protected.plain):
        start = cursor + len(sentence) - len(sentence.lstrip())
        end = cursor + len(sentence.rstrip())
        cursor += len(sentence)
        if start < end:
            spans.append((start, end))
            wordy = any(char.isalpha() for char in protected.plain[start:end])
            jobs.append(job(protected, start, end) if wordy else None)
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
    parts, sentences = list[Part](), list[tuple[int, Outcome]]()
    for (start, end), each in zip(plan.spans, plan.jobs, strict=True):
        if each is None:
            parts.append(Part(start, end, plan.protected.plain[start:end]))
        else:
            outcome = outcomes[each[0]]
            parts.append(Part(start, end, outward(outcome.text, each[1]), outcome.alignment))
            sentences.append((end - start, outcome))
    restored = restore(plan.protected, parts, labels)
    findings = [*(finding for _, outcome in sentences for finding in outcome.findings), *restored.findings]
    done[text] = _Result(
        restored.text if all(part.text for part in parts) else "",
        of_message(sentences, markup_placed=not restored.findings),
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
