"""What residents see of a message: its translation, or the source text in its place."""

from __future__ import annotations

from dataclasses import dataclass

from workflow.article import Article
from workflow.catalogue.places import Shelf
from workflow.config import LocaleSettings
from workflow.filling import MACHINE, SOURCE, Target
from workflow.languages import ascii_words
from workflow.message import Message, State
from workflow.segmentation import SLUG


@dataclass(frozen=True, slots=True)
class Policy:
    """Which messages are shown."""

    states: tuple[State, ...]
    """The states that residents see."""
    confidence: float = 0.0
    """The least confidence, 0 to 1, of a machine draft that they see."""


def policy(settings: LocaleSettings, own: tuple[State, ...] | None = None) -> Policy:
    """The policy of a locale, or of an article that names its `own` states."""
    return Policy(settings.publish if own is None else own, settings.publish_confidence)


def held_back(message: Message, rule: Policy) -> bool:
    """Whether a machine draft is too doubtful to be shown."""
    confidence = message.confidence
    return message.state is State.MACHINE and confidence is not None and confidence < rule.confidence


def target(message: Message | None, rule: Policy) -> Target:
    """What stands in place of a message's source text; `text` is empty where the source text stays."""
    if message is None or message.obsolete or message.state not in rule.states or held_back(message, rule):
        return Target("", SOURCE)
    return Target(message.msgstr, MACHINE if message.state is State.MACHINE else "")


def localised_slug(shelf: Shelf, article: Article) -> str:
    """The last part of an article's address in a locale: what stands in the catalogue, else that of the source.

    It counts as soon as it stands there, so that addresses stay put; that of a broken catalogue is what it was.
    """
    if article.name in shelf.slugs:
        return shelf.slugs[article.name]
    catalogue = shelf.catalogues.get(article.name)
    message = catalogue.get((SLUG, article.slug)) if catalogue else None
    usable = message is not None and not message.obsolete and message.state in (State.MACHINE, State.REVIEWED)
    return (ascii_words(message.msgstr) if usable and message else "") or article.slug
