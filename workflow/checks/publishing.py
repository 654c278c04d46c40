"""Translations that exist but that residents do not get to see, and why."""

from __future__ import annotations

from collections.abc import Iterator

from workflow.checks.unit import Remark, Unit
from workflow.finding import Severity
from workflow.languages import ascii_words
from workflow.message import State
from workflow.publication import held_back
from workflow.segmentation import SLUG

NOT_SHOWN = "not-shown"
"""The id of the check that says why readers do not see a translation."""
REMEDY = "to show a text that waits: compare it with the English, mend it, take its fuzzy mark off"
"""What to do about all that it says."""


def not_shown(unit: Unit) -> Iterator[Remark]:
    """A translation that is held back, stale or in doubt, so that readers get the source text."""
    message, rule = unit.message, unit.policy
    if message.msgctxt == SLUG:
        return
    if message.state is State.STALE and State.STALE not in rule.states:
        why = "it was edited after this translation was made"
    elif message.state is State.FUZZY and State.FUZZY not in rule.states:
        adopted = (message.origin or "").startswith("adopted")
        why = "adopted, waits for a person's approval" if adopted else "a person marked it fuzzy"
    elif message.state is State.MACHINE and State.MACHINE not in rule.states:
        why = "machine drafts are not shown on this page"
    elif held_back(message, rule):
        sure = message.confidence or 0.0
        why = f"the machine is unsure of its draft ({sure:.2f}, and {rule.confidence:g} is needed)"
    else:
        return
    yield Remark(Severity.INFO, f"readers see the English: {why}")


def address(unit: Unit) -> Iterator[Remark]:
    """An address that is not written as addresses are."""
    text = unit.message.msgstr
    if unit.message.msgctxt == SLUG and text != ascii_words(text):
        yield Remark(Severity.WARNING, f"the address will be {ascii_words(text)!r}; write it so")
