"""Sentences through cache and engine; a translation with something wrong is tried again in other ways."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from workflow.errors import EngineError
from workflow.machine import english, numbers, quality, swedish
from workflow.machine.cache import Cache, key
from workflow.machine.confidence import of_sentence
from workflow.machine.edits import Edit, Edits, moved
from workflow.machine.engine import Engine, Hypothesis, Options
from workflow.machine.names import find_acronyms, find_names
from workflow.machine.numerals import swedish_numbers
from workflow.machine.phrases import align
from workflow.machine.sentence import Job, Outcome
from workflow.machine.shield import shield, unshield
from workflow.machine.terms import Terms, uses


@dataclass(frozen=True, slots=True)
class _Try:
    """One way to translate a sentence."""

    options: Options
    names: bool = True
    """Whether rare names travel as placeholders."""
    details: bool = False
    """Whether numbers, acronyms and the glossary's terms do; terms that stay as they are always do."""


_TRIES = (
    _Try(Options(hypotheses=4)),
    _Try(Options(beam=8, hypotheses=8, repetition_penalty=1.1, no_repeat_ngram=3), details=True),
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

    def __init__(self, engine: Engine, cache: Cache | None, target: str, rules: str = "", terms: Terms | None = None):
        """`target` is the locale's POSIX name; `rules` tells versions of Ordbro apart in the cache."""
        self.engine = engine
        """The engine in use."""
        self._cache, self._target, self._rules = cache, target, rules
        self._pieces: Callable[[str], int] | None = getattr(engine, "pieces", None)
        self._terms = terms or Terms({})
        self._plain = engine.name == "pseudo"

    def translate(self, jobs: Iterable[Job]) -> dict[Job, Outcome]:
        """The outcome of each job; raises EngineError and ModelError."""
        keys = {each: self._key(each) for each in jobs}
        outcomes = self._known(keys)
        todo = [each for each in keys if each not in outcomes]
        best = dict[Job, _Candidate]()
        waiting = todo
        for attempt in _TRIES[:1] if self._plain else _TRIES:
            fresh = [each for each in waiting if attempt.names or self._kept(each.text, _TRIES[0])]
            if fresh:
                self._attempt(fresh, attempt, best)
                waiting = [each for each in waiting if best[each].problems]
        self._align([each for each in todo if any(a < b for a, b in each.marks)], best)
        made = {each: self._outcome(each, best[each]) for each in todo}
        if self._cache and made:
            self._cache.put({keys[each]: outcome.pack() for each, outcome in made.items()})
        return outcomes | made

    def _key(self, job: Job) -> bytes:
        literals = "" if self.engine.placeholders else "\0".join(job.literals)
        terms = "\0".join(f"{term.source}\0{term.target}" for term in self._terms.find(job.text))
        version = (self.engine.key, self._rules, self._target, str(job.marks))
        return key("sentence", *version, literals, terms, job.text)

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
        # What an engine without placeholders garbled is left out at the second try, and put back at the end.
        ready = [
            shield(
                job.text,
                self._kept(job.text, attempt),
                ([""] * len(job.literals) if attempt.details else job.literals) if literal else None,
                [] if self._plain else english.edits(job.text),
            )
            for job in jobs
        ]
        for aligned in (False, True):
            chosen = [n for n, job in enumerate(jobs) if bool(job.marks) == aligned]
            texts = list(dict.fromkeys(ready[n].text for n in chosen))
            early = {ready[n].text for n in chosen if jobs[n].marks_opening} if aligned else set()
            openings = tuple(n for n, text in enumerate(texts) if text in early)
            options = replace(attempt.options, alignment=aligned, openings=openings)
            if aligned and attempt is _TRIES[0]:
                options = replace(options, hypotheses=1)  # alignments that nobody looks at take time
            answers = self._ask(texts, options)
            for n in chosen:
                for hypothesis in answers[ready[n].text] or (Hypothesis("", -50.0),):
                    candidate = self._candidate(jobs[n], unshield(jobs[n].text, ready[n], hypothesis, literal))
                    if jobs[n] not in best or candidate.rank < best[jobs[n]].rank:
                        best[jobs[n]] = candidate
                    if not candidate.problems:
                        break

    def _align(self, jobs: Sequence[Job], best: dict[Job, _Candidate]) -> None:
        """Find the marked words of translations for which the engine gave no alignment."""
        lacking = [each for each in jobs if best[each].hypothesis.alignment is None]
        phrases = {each: {(a, b): each.text[a:b] for a, b in each.marks if a < b} for each in lacking}
        texts = dict.fromkeys(text for found in phrases.values() for text in found.values())
        # A phrase of nothing but protected items needs no translation: they find their own place.
        answers = self._ask([text for text in texts if any(map(str.isalpha, text))], Options())
        for each, found in phrases.items():
            alone = {span: answers[text][0].text if answers.get(text) else text for span, text in found.items()}
            hypothesis = best[each].hypothesis
            aligned = hypothesis._replace(alignment=align(hypothesis.text, alone))
            best[each] = replace(best[each], hypothesis=aligned)

    def _ask(self, texts: list[str], options: Options) -> dict[str, tuple[Hypothesis, ...]]:
        answers = self.engine.translate(texts, options) if texts else []
        if len(answers) != len(texts):
            raise EngineError(
                f"the engine {self.engine.name!r} gave {len(answers)} answers to {len(texts)} sentences",
                advice="tell its makers, or choose another engine",
            )
        return dict(zip(texts, answers, strict=True))

    def _candidate(self, job: Job, hypothesis: Hypothesis) -> _Candidate:
        if self._plain:
            return _Candidate(hypothesis, [])
        missed = [term for term in self._terms.find(job.text) if not uses(hypothesis.text, term)]
        problems = [quality.Problem(f"glossary: {term.source} is {term.target}", 0.3) for term in missed]
        return _Candidate(hypothesis, quality.problems(job.text, hypothesis.text, self._target) + problems)

    def _kept(self, text: str, attempt: _Try) -> list[Edit]:
        """What travels as placeholders besides markup, and what stands for it in the translation."""
        if not self.engine.placeholders or self._plain or english.shouted(text):
            return []
        wanted = [(t.start, t.end, t.target) for t in self._terms.find(text) if t.kept or attempt.details]
        if attempt.names and self._pieces:
            wanted += [(n.start, n.end, n.translation) for n in find_names(text, self._pieces, self._target)]
        if attempt.details:
            wanted += self._numbers(text) + [(a.start, a.end, a.translation) for a in find_acronyms(text)]
        kept = list[Edit]()
        for start, end, value in wanted:
            if not any(a < end and start < b for a, b, _ in kept):
                kept.append((start, end, value))
        return kept

    def _numbers(self, text: str) -> list[Edit]:
        if self._target.split("_")[0] == "sv":
            return swedish_numbers(text)
        return [(*found.span(), found[0]) for found in numbers.NUMBER.finditer(text)]

    def _outcome(self, job: Job, best: _Candidate) -> Outcome:
        text, aligned = best.hypothesis.text, best.hypothesis.alignment
        if self._target.split("_")[0] == "sv" and not self._plain:
            edits = Edits(text, swedish.edits(job.text, text))
            text, aligned = edits.text, moved(aligned, None, edits)
            text = text.upper() if english.shouted(job.text) else text
        hopeless = any(problem.weight >= 1 for problem in best.problems)
        return Outcome(
            "" if hopeless else text,
            best.hypothesis.score,
            of_sentence(best.hypothesis.score, best.problems),
            aligned,
            tuple(problem.text for problem in best.problems),
        )
