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
        why = "the English was edited after this translation was made; compare the two, mend it"
    elif message.state is State.FUZZY and State.FUZZY not in rule.states:
        why = "a person marked it fuzzy; mend it"
    elif message.state is State.MACHINE and State.MACHINE not in rule.states:
        why = "machine drafts are not shown on this page; correct it"
    elif held_back(message, rule):
        sure = message.confidence or 0.0
        why = f"the machine is unsure of its draft ({sure:.2f}, and {rule.confidence:g} is needed); correct it"
    else:
        return
    yield Remark(Severity.INFO, f"readers see the English: {why} and take the fuzzy mark off")


def address(unit: Unit) -> Iterator[Remark]:
    """An address that is not written as addresses are."""
    text = unit.message.msgstr
    if unit.message.msgctxt == SLUG and text != ascii_words(text):
        yield Remark(Severity.WARNING, f"the address will be {ascii_words(text)!r}; write it so")
