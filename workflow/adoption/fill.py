"""Putting adopted translations into a catalogue: a pure function that leaves people's words alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from workflow.catalogue.matching import worded
from workflow.catalogue.po import Catalogue
from workflow.message import MARK, Key, Message


@dataclass(frozen=True, slots=True)
class Offer:
    """A translation for a message."""

    key: Key
    """The message."""
    text: str
    """The translation."""
    place: str
    """Where it was found: `old/x.sv.md:12`."""
    similarity: float
    """How probable it is that it is one, 0 to 1."""


def fill(catalogue: Catalogue, offers: Iterable[Offer]) -> tuple[Catalogue, int, int]:
    """The catalogue with the offers, fuzzy; how many it took, and how many messages had a person's text already.

    Of several offers for a message the surest counts, of equal ones the first.
    """
    best = dict[Key, Offer]()
    for offer in offers:
        if offer.similarity > best.setdefault(offer.key, offer).similarity:
            best[offer.key] = offer
    changes, kept = dict[int, Message](), 0
    for key, offer in best.items():
        number = catalogue.index.get(key)
        if number is not None and worded(catalogue.messages[number]):
            kept += 1
        elif number is not None:
            changes[number] = adopted(catalogue.messages[number], offer)
    return catalogue.replace(changes), len(changes), kept


def adopted(message: Message, offer: Offer) -> Message:
    """The message with an adopted text: a person's, which waits for approval."""
    comments = (comment for comment in message.comments if not comment.strip().startswith(MARK))
    return replace(
        message,
        msgstr=offer.text,
        previous=None,
        previous_ctxt=None,
        previous_plural=None,
        comments=(*comments, f"{MARK} adopted {offer.place} similarity={offer.similarity:.2f}"),
        flags=message.flags if message.fuzzy else ("fuzzy", *message.flags),
    )
