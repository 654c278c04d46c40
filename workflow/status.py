"""How far the translations have come: messages and words per locale, article and state; and what to review first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from workflow.message import Message, State
from workflow.publication import Policy, held_back

_WORD = re.compile(r"\w+(?:[-’'.,]\w+)*")
_NO_WORDS = re.compile(r"\]\([^)]*\)|<[^>]*>|\{\{.*?\}\}|\{%.*?%\}")


@dataclass(frozen=True, slots=True)
class Count:
    """Messages and words by state."""

    messages: Counter[State]
    words: Counter[State]
    held_back: int = 0
    """Machine drafts that residents do not get to see, being too doubtful."""

    def __add__(self, other: Count) -> Count:
        return Count(self.messages + other.messages, self.words + other.words, self.held_back + other.held_back)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A machine draft that waits for a person."""

    path: str
    """The catalogue, relative to the project."""
    locale: str
    """The POSIX name of its language."""
    message: Message
    """The draft."""
    held_back: bool
    """Whether readers see the English in its place."""

    @property
    def confidence(self) -> float:
        """How sure the machine was, 0 to 1; 1 for what it did not make itself."""
        return 1.0 if self.message.confidence is None else self.message.confidence


NOTHING = Count(Counter(), Counter())


def words(text: str) -> int:
    """The words of a source text, without addresses and tags."""
    return len(_WORD.findall(_NO_WORDS.sub(" ", text)))


def count(messages: Iterable[Message], rule: Policy) -> Count:
    """Count the live messages of a catalogue; addresses (`slug`) are no text and do not count."""
    by_state: Counter[State] = Counter()
    word_count: Counter[State] = Counter()
    held = 0
    for message in messages:
        if message.obsolete or message.msgctxt == "slug":
            continue
        by_state[message.state] += 1
        word_count[message.state] += words(message.msgid)
        held += held_back(message, rule)
    return Count(by_state, word_count, held)


def waiting(path: str, locale: str, messages: Iterable[Message], rule: Policy) -> Iterator[Waiting]:
    """The machine drafts of a catalogue; addresses (`slug`) are made of titles and do not count."""
    for message in messages:
        if message.state is State.MACHINE and not message.obsolete and message.msgctxt != "slug":
            yield Waiting(path, locale, message, held_back(message, rule))


def queue(drafts: Iterable[Waiting]) -> list[Waiting]:
    """Drafts in the order in which they need a person: the one that the machine is least sure of first."""
    return sorted(drafts, key=lambda each: (each.confidence, each.path, each.message.line))


def queue_as_json(drafts: Iterable[Waiting]) -> list[dict[str, Any]]:
    """The queue in the form that scripts read."""
    return [
        {
            "path": each.path,
            "line": each.message.line,
            "locale": each.locale,
            "confidence": each.message.confidence,
            "held_back": each.held_back,
            "msgid": each.message.msgid,
            "msgstr": each.message.texts[0],
        }
        for each in drafts
    ]


def as_json(articles: dict[str, dict[str, Count]]) -> dict[str, Any]:
    """The counts of {locale: {article's path: Count}} in the form that scripts read."""
    return {"locales": {locale: _locale_json(counts) for locale, counts in articles.items()}}


def _locale_json(counts: dict[str, Count]) -> dict[str, Any]:
    total = sum(counts.values(), NOTHING)
    return {**_count_json(total), "articles": [{"path": path, **_count_json(each)} for path, each in counts.items()]}


def _count_json(each: Count) -> dict[str, Any]:
    return {
        "messages": {str(state): each.messages[state] for state in State},
        "words": {str(state): each.words[state] for state in State},
        "held_back": each.held_back,
    }
