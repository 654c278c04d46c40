"""Placeholders in the strings of the templates."""

from __future__ import annotations

from collections.abc import Iterator

from workflow.checks.unit import Remark, Unit
from workflow.finding import Severity
from workflow.interface import placeholder_names, usable_words


def placeholders(unit: Unit) -> Iterator[Remark]:
    """A string of the templates whose placeholders differ from its source's."""
    message = unit.message
    if unit.segment.role != "interface":
        return
    known = placeholder_names(message.msgid, message.msgid_plural or "")
    unknown = sorted(placeholder_names(*message.texts) - known)
    for name in unknown:
        has = ", ".join(f"%({each})s" for each in sorted(known)) or "none"
        yield Remark(Severity.ERROR, f"the placeholder %({name})s is unknown; write those of the source: {has}")
    if not unknown and not usable_words(message):
        yield Remark(
            Severity.ERROR,
            "the translation cannot be filled in, readers get the source text; write a lone % as %%",
        )
    if message.msgid_plural is None:
        for name in sorted(known - placeholder_names(*message.texts)):
            yield Remark(Severity.WARNING, f"the placeholder %({name})s is missing")
