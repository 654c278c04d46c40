"""Translations that exist but that residents do not get to see, and why."""

from __future__ import annotations

from collections.abc import Iterator

from workflow.checks.unit import Remark, Unit
from workflow.finding import Severity
from workflow.languages import ascii_words
from workflow.message import State
from workflow.publication import held_back
from workflow.segmentation import SLUG


def not_shown(unit: Unit) -> Iterator[Remark]:
    """A translation that is held back, stale or in doubt, so that readers get the source text."""
    message, rule = unit.message, unit.policy
    if message.msgctxt == SLUG:
        return
    if message.state is State.STALE and State.STALE not in rule.states:
        yield Remark(
            Severity.INFO, "the English was edited after the translation was made; compare, mend and approve it"
        )
    elif message.state is State.FUZZY and State.FUZZY not in rule.states:
        yield Remark(Severity.INFO, "marked fuzzy by a person; approve it when it is right")
    elif message.state is State.MACHINE and State.MACHINE not in rule.states:
        yield Remark(Severity.INFO, "machine drafts of this article are not shown; review it")
    elif held_back(message, rule):
        yield Remark(
            Severity.INFO,
            f"held back: the machine's confidence {message.confidence:.2f} is below {rule.confidence:.2f}; review it",
        )


def address(unit: Unit) -> Iterator[Remark]:
    """An address that is not written as addresses are."""
    text = unit.message.msgstr
    if unit.message.msgctxt == SLUG and text != ascii_words(text):
        yield Remark(Severity.WARNING, f"the address will be {ascii_words(text)!r}: small letters, digits and hyphens")
