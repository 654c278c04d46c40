"""Messages cut into sentences, and put together again from what became of these."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from workflow.machine.confidence import of_message
from workflow.machine.engine import Span
from workflow.machine.markup import Protected, protect
from workflow.machine.placement import Part, restore
from workflow.machine.sentence import Job, Outcome, job, outward
from workflow.machine.sentences import split
from workflow.machine.texts import Made, Text


@dataclass(frozen=True, slots=True)
class _Plan:
    """A text cut into sentences; those without a letter have no job and stay as they are."""

    protected: Protected
    spans: tuple[Span, ...]
    jobs: tuple[tuple[Job, tuple[int, ...]] | None, ...]
    inner: tuple[Text, ...]
    """The texts inside it: descriptions of images, titles of links."""


class Assembly:
    """Some texts, what has to be translated for them, and what they become."""

    def __init__(self, texts: Iterable[Text], wordless: Callable[[str], str] = str):
        """Plan the texts; `wordless` translates a sentence that has no letter, which no engine gets to see."""
        self._texts, self._wordless = tuple(texts), wordless
        self._plans = dict[Text, _Plan]()
        waiting = list(self._texts)
        while waiting:
            text = waiting.pop()
            if text not in self._plans:
                self._plans[text] = _plan(text)
                waiting += self._plans[text].inner

    @property
    def jobs(self) -> list[Job]:
        """The sentences to translate."""
        return [each[0] for plan in self._plans.values() for each in plan.jobs if each]

    def made(self, outcomes: Mapping[Job, Outcome]) -> dict[Text, Made]:
        """The drafts of the texts, from the outcomes of all their jobs."""
        done = dict[Text, Made]()
        return {text: self._assemble(text, outcomes, done) for text in self._texts}

    def _assemble(self, text: Text, outcomes: Mapping[Job, Outcome], done: dict[Text, Made]) -> Made:
        """Put the sentences of a text together, and its markup back."""
        if text in done:
            return done[text]
        plan = self._plans[text]
        inner = {each: self._assemble(each, outcomes, done).text for each in plan.inner}
        parts, sentences = list[Part](), list[tuple[int, Outcome]]()
        for (start, end), each in zip(plan.spans, plan.jobs, strict=True):
            if each is None:
                parts.append(Part(start, end, self._wordless(plan.protected.plain[start:end])))
            else:
                outcome = outcomes[each[0]]
                parts.append(Part(start, end, outward(outcome.text, each[1]), outcome.alignment))
                sentences.append((end - start, outcome))
        restored = restore(plan.protected, parts, inner)
        findings = [*(finding for _, outcome in sentences for finding in outcome.findings), *restored.findings]
        done[text] = Made(
            restored.text if all(part.text for part in parts) else "",
            of_message(sentences, markup_placed=not restored.findings),
            tuple(dict.fromkeys(findings)),
        )
        return done[text]


def _plan(text: Text) -> _Plan:
    protected = protect(text.source, text.syntax)
    spans, jobs, cursor = list[Span](), list[tuple[Job, tuple[int, ...]] | None](), 0
    for sentence in split(protected.plain):
        start = cursor + len(sentence) - len(sentence.lstrip())
        end = cursor + len(sentence.rstrip())
        cursor += len(sentence)
        if start < end:
            spans.append((start, end))
            wordy = any(char.isalpha() for char in protected.plain[start:end])
            jobs.append(job(protected, start, end) if wordy else None)
    return _Plan(protected, tuple(spans), tuple(jobs), protected.inner)
