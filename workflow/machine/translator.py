"""Sentences through cache and engine; a translation with something wrong is tried again in other ways."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from workflow.machine import english, numbers, quality, swedish
from workflow.machine.cache import Cache, key
from workflow.machine.confidence import confidence
from workflow.machine.edits import Edits, moved
from workflow.machine.engine import Engine, Hypothesis, Options, Span
from workflow.machine.names import find_names
from workflow.machine.sentence import Job, Outcome
from workflow.machine.shield import shield, unshield


@dataclass(frozen=True, slots=True)
class _Try:
    """One way to translate a sentence."""

    options: Options
    names: bool = True
    """Whether rare names travel as placeholders."""
    numbers: bool = False
    """Whether numbers do."""


_TRIES = (
    _Try(Options(hypotheses=4)),
    _Try(Options(beam=12, hypotheses=12, repetition_penalty=1.1, no_repeat_ngram=3), numbers=True),
    _Try(Options(hypotheses=4), names=False),
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    hypothesis: Hypothesis
    problems: list[quality.Problem]

    @property
    def rank(self) -> float:
        """The lower the better: what is wrong counts more than how sure the decoder was."""
        return sum(problem.weight for problem in self.problems) * 2 - self.hypothesis.score


class Translator:
    """Translates jobs with one engine into one language."""

    def __init__(self, engine: Engine, cache: Cache | None, target: str, rules: str = ""):
        """`target` is the locale's POSIX name; `rules` tells versions of Ordbro apart in the cache."""
        self.engine = engine
        """The engine in use."""
        self._cache, self._target, self._rules = cache, target, rules
        self._pieces: Callable[[str], int] | None = getattr(engine, "pieces", None)
        self._plain = engine.name == "pseudo"

    def translate(self, jobs: Iterable[Job]) -> dict[Job, Outcome]:
        """The outcome of each job; raises EngineError and ModelError."""
        keys = {each: self._key(each) for each in jobs}
        outcomes = self._known(keys)
        todo = [each for each in keys if each not in outcomes]
        best = dict[Job, _Candidate]()
        waiting = todo
        for attempt in _TRIES[:1] if self._plain else _TRIES:
            if waiting:
                self._attempt(waiting, attempt, best)
                waiting = [each for each in waiting if best[each].problems]
        made = {each: self._outcome(each, best[each]) for each in todo}
        if self._cache and made:
            self._cache.put({keys[each]: outcome.pack() for each, outcome in made.items()})
        return outcomes | made

    def _key(self, job: Job) -> bytes:
        literals = "" if self.engine.placeholders else "\0".join(job.literals)
        return key("sentence", self.engine.key, self._rules, self._target, str(job.alignment), literals, job.text)

    def _known(self, keys: dict[Job, bytes]) -> dict[Job, Outcome]:
        if not self._cache:
            return {}
        values, found = self._cache.get(keys.values()), dict[Job, Outcome]()
        for each, code in keys.items():
            if code in values:
                with suppress(ValueError):
                    found[each] = Outcome.unpack(values[code])
        return found

    def _attempt(self, jobs: Sequence[Job], attempt: _Try, best: dict[Job, _Candidate]) -> None:
        """Translate jobs in one way; what is better than before goes into `best`."""
        literal = not self.engine.placeholders
        ready = [
            shield(
                job.text,
                self._spans(job.text, attempt),
                job.literals if literal else None,
                [] if self._plain else english.edits(job.text),
            )
            for job in jobs
        ]
        for aligned in (False, True):
            chosen = [n for n, job in enumerate(jobs) if job.alignment == aligned]
            texts = list(dict.fromkeys(ready[n].text for n in chosen))
            options = replace(attempt.options, alignment=aligned)
            answers = dict(zip(texts, self.engine.translate(texts, options) if texts else [], strict=True))
            for n in chosen:
                for hypothesis in answers[ready[n].text]:
                    candidate = self._candidate(jobs[n], unshield(jobs[n].text, ready[n], hypothesis, literal))
                    if jobs[n] not in best or candidate.rank < best[jobs[n]].rank:
                        best[jobs[n]] = candidate
                    if not candidate.problems:
                        break

    def _candidate(self, job: Job, hypothesis: Hypothesis) -> _Candidate:
        return _Candidate(hypothesis, [] if self._plain else quality.problems(job.text, hypothesis.text, self._target))

    def _spans(self, text: str, attempt: _Try) -> list[Span]:
        if not self.engine.placeholders or self._plain or english.shouted(text):
            return []
        spans = find_names(text, self._pieces) if attempt.names and self._pieces else []
        if attempt.numbers:
            taken = list(spans)
            spans += [
                found.span()
                for found in numbers.NUMBER.finditer(text)
                if not any(start < found.end() and found.start() < end for start, end in taken)
            ]
        return spans

    def _outcome(self, job: Job, best: _Candidate) -> Outcome:
        text, aligned = best.hypothesis.text, best.hypothesis.alignment
        if self._target.split("_")[0] == "sv" and not self._plain:
            edits = Edits(text, swedish.edits(job.text, text))
            text, aligned = edits.text, moved(aligned, None, edits)
            text = text.upper() if english.shouted(job.text) else text
        hopeless = any(problem.weight >= 1 for problem in best.problems)
        return Outcome(
            "" if hopeless else text,
            confidence(best.hypothesis.score, best.problems),
            aligned,
            tuple(problem.text for problem in best.problems),
        )
