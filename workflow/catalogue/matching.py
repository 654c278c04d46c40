"""Finding the old message that a new English text was made from, by likeness."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz, process

from workflow.message import MARK, Key, Message, State

ALIKE = 65.0
"""Likeness (0 to 100) from which a text counts as an edit of another in the same article."""
ALIKE_ELSEWHERE = 75.0
"""The same across articles, where chance likeness is commoner."""
CONTAINED = 85.0
"""Likeness of the shorter text to a part of the longer one from which it counts as a piece of it."""
_PIECE = 20
_CONTAINED_WORTH = 0.75
_PREFER_REVIEWED = 5.0
_MANY = 40_000

_RANK = {State.REVIEWED: 4, State.FUZZY: 3, State.MACHINE: 2, State.STALE: 1, State.UNTRANSLATED: 0}


def human(message: Message) -> bool:
    """Whether a person's words would be lost with the message: a translation no machine made, or a comment."""
    return worded(message) or any(not comment.strip().startswith(MARK) for comment in message.comments if comment)


def worded(message: Message) -> bool:
    """Whether a person translated it, be it in part."""
    # Whether a machine wrote it can be told of a stale message as well, by what it says without its previous text.
    draft = message if message.previous is None else replace(message, previous=None, previous_ctxt=None)
    return any(message.texts) and draft.state is not State.MACHINE


def made_for(message: Message) -> str:
    """The English that a message's translation was made for: the present one, or that before it became stale."""
    return message.previous if message.fuzzy and message.previous is not None else message.msgid


def kind(message: Message) -> tuple[str | None, bool]:
    """What two messages must share to be likened: the context, and whether they have a plural."""
    return message.msgctxt, message.msgid_plural is not None


@dataclass(frozen=True)
class Pool:
    """Translated messages that left other articles, made once for a locale and asked by each merge."""

    exact: dict[Key, Message] = field(default_factory=dict)
    """The best message of each key."""
    returned: dict[Key, Message] = field(default_factory=dict)
    """Stale messages by the key of the English that they were made for."""
    texts: dict[tuple[str | None, bool], tuple[list[str], list[Message]]] = field(default_factory=dict)
    """Messages with a person's words by `kind`, for likeness, beside their msgids."""

    @classmethod
    def of(cls, messages: Iterable[Message]) -> Pool:
        """The pool of these messages; those without a translation are passed over."""
        pool = cls()
        for message in messages:
            if not message.translated:
                continue
            known = pool.exact.get(message.key)
            if known is None or _RANK[known.state] < _RANK[message.state]:
                pool.exact[message.key] = message
            if message.state is State.STALE and message.previous is not None:
                pool.returned.setdefault((message.msgctxt, message.previous), message)
            if worded(message):
                texts, messages = pool.texts.setdefault(kind(message), ([], []))
                texts.append(message.msgid)
                messages.append(message)
        return pool

    def like(self, message: Message, own: Container[Key] = ()) -> Message | None:
        """The message of a person most like a new one, or None; `own` are keys of its own article, left out."""
        texts, candidates = self.texts.get(kind(message), ([], []))
        found = process.extract(message.msgid, texts, scorer=fuzz.ratio, score_cutoff=ALIKE_ELSEWHERE, limit=None)
        scores = [(score + _bonus(candidates[at]), -at) for _, score, at in found if candidates[at].key not in own]
        return candidates[-max(scores)[1]] if scores else None


def assign(new: Sequence[Message], old: Sequence[Message]) -> dict[int, int]:
    """For places in `new` the place in `old` of the message it was made from; each is taken once, the likest first."""
    scores: list[tuple[float, float, int, int]] = []
    for place, message in enumerate(new):
        within = [number for number, each in enumerate(old) if kind(each) == kind(message)]
        for number, (score, whole) in _likeness(message.msgid, old, within, len(new) * len(old) <= _MANY).items():
            scores.append((score + _bonus(old[number]), whole, -place, -number))
    result: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, place, number in sorted(scores, reverse=True):
        if -place not in result and -number not in taken:
            result[-place] = -number
            taken.add(-number)
    return result


def _bonus(message: Message) -> float:
    return _PREFER_REVIEWED if message.state is State.REVIEWED else 0.0


def _likeness(text: str, old: Sequence[Message], within: list[int], pieces: bool) -> dict[int, tuple[float, float]]:
    """Score, and score as whole texts (0 to 100), of the messages `within` old that are alike enough."""
    result: dict[int, tuple[float, float]] = {}
    for texts in ([old[number].msgid for number in within], [made_for(old[number]) for number in within]):
        for _, score, at in process.extract(text, texts, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None):
            result[within[at]] = max(result.get(within[at], (0.0, 0.0)), (score, score))
    if pieces and len(text) >= _PIECE:
        # A paragraph that was split or joined, or got another sentence, contains what it was or is a part of it.
        words = set(text.split())
        rest = [number for number in within if _overlap(words, old[number].msgid)]
        texts = [old[number].msgid for number in rest]
        for _, score, at in process.extract(text, texts, scorer=fuzz.partial_ratio, score_cutoff=CONTAINED, limit=None):
            piece = score * _CONTAINED_WORTH, fuzz.ratio(text, texts[at])
            result[rest[at]] = max(result.get(rest[at], piece), piece)
    return result


def _overlap(words: set[str], text: str) -> bool:
    """Whether a text may be a piece of one with these words, or contain it; telling it by letters costs much more."""
    others = set(text.split())
    return len(text) >= _PIECE and 2 * len(words & others) >= min(len(words), len(others))
