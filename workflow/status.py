"""How far the translations have come: messages and words per locale, article and state."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
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
