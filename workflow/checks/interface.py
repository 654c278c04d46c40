"""Placeholders in the strings of the templates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workflow.checks.unit import Remark, Unit
from workflow.finding import Severity
from workflow.interface import usable_words

_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


def placeholders(unit: Unit) -> Iterator[Remark]:
    """A string of the templates whose placeholders differ from its source's."""
    message = unit.message
    if unit.segment.role == "interface" and not usable_words(message):
        yield Remark(
            Severity.ERROR,
            "the translation cannot be filled in: a lone % must be written %%; readers get the source text",
        )
    if unit.segment.role != "interface":
        return
    known = set(_PLACEHOLDER.findall(message.msgid + (message.msgid_plural or "")))
    for text in message.texts:
        there = set(_PLACEHOLDER.findall(text))
        for name in sorted(there - known):
            yield Remark(Severity.ERROR, f"the placeholder %({name})s is unknown; the source has {sorted(known)}")
        if message.msgid_plural is None:
            for name in sorted(known - there):
                yield Remark(Severity.WARNING, f"the placeholder %({name})s is missing")
