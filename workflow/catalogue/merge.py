"""Merging an article's present English into the catalogue of a locale: pure functions that lose no human word.

Every text of the article is looked for in this order: as it is in the catalogue (live or obsolete), as the text that
a stale message was made for, as it is among what left other articles, by likeness in the article, by likeness
elsewhere. What the article no longer has becomes obsolete.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from workflow.catalogue.carry import described, fresh, joined_flags, returned, shaped, stale
from workflow.catalogue.matching import Pool, assign, human, made_for, worded
from workflow.catalogue.po import Catalogue, Item
from workflow.message import Key, Message, State

_NPLURALS = re.compile(r"nplurals\s*=\s*(\d+)")


@dataclass(frozen=True, slots=True)
class Merged:
    """A catalogue after a merge, and how many messages went which way."""

    catalogue: Catalogue
    """The new catalogue; the old one itself when nothing changed."""
    added: int = 0
    """New texts without a translation."""
    changed: int = 0
    """Texts that were edited and keep their translation as stale."""
    revived: int = 0
    """Texts that came back to their translation: from obsolete, or from an edit that was taken back."""
    moved: int = 0
    """Texts that took their translation along from another article."""
    obsoleted: int = 0
    """Texts that are gone; their translation is kept as obsolete."""
    removed: int = 0
    """Texts that are gone and had no word of a person."""


@dataclass
class _Plan:
    """What is to become of each message; filled in by the steps of a merge."""

    old: Sequence[Message]
    """The catalogue's messages."""
    forms: int
    """How many plural forms the locale has."""
    items: dict[Key, Item] = field(default_factory=dict)
    """What stands in the new catalogue for each key of the template."""
    used: set[int] = field(default_factory=set)
    """Places of old messages that live on in `items`."""
    counts: dict[str, int] = field(default_factory=dict)
    """The numbers of `Merged`."""

    def put(self, template: Message, item: Item, count: str) -> None:
        """Note what stands for a text of the template."""
        self.items[template.key] = item
        if not isinstance(item, Message):
            self.used.add(item if isinstance(item, int) else item[0])
        self.count(count)

    def count(self, name: str) -> None:
        """Count one message."""
        self.counts[name] = self.counts.get(name, 0) + 1


def merge(catalogue: Catalogue, template: Sequence[Message], elsewhere: Pool | None = None) -> Merged:
    """The catalogue of an article whose English texts are now `template` (in document order, each key once).

    `elsewhere` holds the translations that left other articles of the locale (`Pool.of(leaving(…))`).
    """
    elsewhere = elsewhere or Pool()
    plan = _Plan(catalogue.messages, _nplurals(catalogue))
    texts = {message.key: message for message in template if message.msgid}
    _match_keys(plan, texts, catalogue)
    new = [message for message in texts.values() if message.key not in plan.items]
    if new:
        new = _match_returned(plan, new)
        new = _match_exact(plan, new, elsewhere)
        new = _match_alike(plan, new)
        new = _match_alike_elsewhere(plan, new, elsewhere, catalogue)
    for message in new:
        plan.put(message, fresh(message, plan.forms), "added")
    merged = catalogue.arrange(_order(plan, list(texts)))
    counts = {name: number for name, number in plan.counts.items() if name != "unchanged"}
    return Merged(merged, **counts)


def leaving(catalogue: Catalogue, template: Iterable[Message]) -> list[Message]:
    """The translated messages of a catalogue that are obsolete, or become it when `template` is merged."""
    stays = {message.key for message in template}
    return [
        message
        for message in catalogue.messages
        if message.translated and (message.obsolete or message.key not in stays)
    ]


def update_template(catalogue: Catalogue, messages: Sequence[Message]) -> Catalogue:
    """A template (`.pot`) that holds just these messages in this order; lines that say the same keep their bytes."""
    items: list[Item] = []
    for message in messages:
        number = catalogue.index.get(message.key)
        known = None if number is None else catalogue.messages[number]
        if number is None or known is None:
            items.append(message)
        else:
            wanted = replace(
                known,
                extracted=message.extracted,
                references=message.references,
                obsolete=False,
                msgid_plural=message.msgid_plural,
                flags=joined_flags(known, message),
            )
            items.append((number, wanted))
    return catalogue.arrange(items)


def _match_keys(plan: _Plan, texts: dict[Key, Message], catalogue: Catalogue) -> None:
    for key, text in texts.items():
        number = catalogue.index.get(key)
        if number is None:
            continue
        old = plan.old[number]
        message = described(shaped(old, text, plan.forms), text)
        plan.put(text, (number, message), "revived" if old.obsolete else "unchanged")


def _match_returned(plan: _Plan, new: list[Message]) -> list[Message]:
    """Texts that an edit was taken back to: the stale translation was made for just them."""
    edited = {
        (old.msgctxt, made_for(old)): number
        for number, old in enumerate(plan.old)
        if old.state is State.STALE and old.key != (old.msgctxt, made_for(old))
    }
    rest = []
    for text in new:
        number = edited.get(text.key)
        if number is None or (text.msgid_plural is None) != (plan.old[number].msgid_plural is None):
            rest.append(text)
            continue
        message = returned(plan.old[number], text)
        # The edited text may still be there as well; then both have the translation.
        plan.put(text, replace(message, line=0) if number in plan.used else (number, message), "revived")
    return rest


def _match_exact(plan: _Plan, new: list[Message], elsewhere: Pool) -> list[Message]:
    """Texts that came from another article, with all that is known of their translation."""
    rest = []
    for text in new:
        known = elsewhere.exact.get(text.key)
        back = elsewhere.returned.get(text.key)
        if back is not None and (known is None or known.state is not State.REVIEWED):
            known = returned(back, text)
        if known is None or known.msgid_plural != text.msgid_plural or len(known.texts) not in (1, plan.forms):
            rest.append(text)
        else:
            plan.put(text, replace(described(known, text), line=0), "moved")
    return rest


def _match_alike(plan: _Plan, new: list[Message]) -> list[Message]:
    """Texts that were edited: the likest translation of the article, now stale."""
    numbers = [number for number, old in enumerate(plan.old) if number not in plan.used and worded(old)]
    pairs = assign(new, [plan.old[number] for number in numbers])
    for place, at in pairs.items():
        old, number = plan.old[numbers[at]], numbers[at]
        message = stale(old, new[place])
        # What was obsolete before stays, too: its text may yet come back, and the likeness may be chance.
        plan.put(new[place], replace(message, line=0) if old.obsolete else (number, message), "changed")
    return [text for place, text in enumerate(new) if place not in pairs]


def _match_alike_elsewhere(plan: _Plan, new: list[Message], elsewhere: Pool, own: Catalogue) -> list[Message]:
    rest = []
    for text in new:
        like = elsewhere.like(text, own.index)
        if like is None:
            rest.append(text)
        else:
            plan.put(text, replace(stale(like, text), line=0), "changed")
    return rest


def _order(plan: _Plan, keys: list[Key]) -> list[Item]:
    """All items in the order of the file: what is there stays in its place, the rest follows its predecessor."""
    here: dict[int, Item] = {}
    followers: dict[int, list[Item]] = {}
    before = -1
    for key, after in zip(keys, _following(plan, keys), strict=True):
        item = plan.items[key]
        number = _number(item)
        if number >= 0 and (not plan.old[number].obsolete or before < number < after):
            here[number] = item
            before = number
        else:
            followers.setdefault(before, []).append(item)
    result = followers.get(-1, [])
    for number, old in enumerate(plan.old):
        if number in here:
            result.append(here[number])
        elif number not in plan.used:
            result += _gone(plan, number, old)
        result += followers.get(number, [])
    return result


def _following(plan: _Plan, keys: list[Key]) -> list[int]:
    """For each text the place of the next one that was live in the file; a revived one must stand before it."""
    result = []
    place = len(plan.old)
    for key in reversed(keys):
        result.append(place)
        number = _number(plan.items[key])
        if number >= 0 and not plan.old[number].obsolete:
            place = number
    return result[::-1]


def _number(item: Item) -> int:
    return item[0] if isinstance(item, tuple) else -1


def _gone(plan: _Plan, number: int, old: Message) -> list[Item]:
    if old.obsolete:
        return [number]
    if not human(old):
        plan.count("removed")
        return []
    plan.count("obsoleted")
    # As msgmerge does: what is said of a place in the article no longer holds.
    return [(number, replace(old, obsolete=True, extracted=(), references=()))]


def _nplurals(catalogue: Catalogue) -> int:
    found = _NPLURALS.search(catalogue.header.get("Plural-Forms", ""))
    return min(max(int(found[1]), 1), 6) if found else 2
