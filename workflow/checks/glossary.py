"""Terms: what the glossary of the language says."""

from __future__ import annotations

from collections.abc import Iterator

from workflow.checks.unit import Remark, Unit
from workflow.finding import Severity
from workflow.glossary import missing


def terms(unit: Unit) -> Iterator[Remark]:
    """A translation without the word that the glossary has for a term of its source."""
    message = unit.message
    if unit.segment.context is not None and unit.segment.role != "interface":
        return  # an address is made of words, but is none
    for text in filter(None, (message.msgid, message.msgid_plural)):
        for found in missing(unit.terms, text, *message.texts):
            entry, term = found.entry, text[found.start : found.end]
            wish = f"write {entry.target!r}" if entry.target else "leave it as it is"
            note = f" ({entry.note})" if entry.note else ""
            yield Remark(Severity.WARNING, f"the glossary has a word for {term!r}: {wish}{note}")
