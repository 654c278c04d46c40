"""Small things that readers notice: numbers, spaces, the mark at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workflow.checks.unit import Remark, Unit
from workflow.finding import Severity
from workflow.machine.numbers import compare
from workflow.machine.swedish import NUMBER_WORDS

_NOT_TEXT = re.compile(
    r"\]\([^)]*\)|\[\^[^\]]+\]|<[^>]*>|https?://\S+|\{\{.*?\}\}|\{%.*?%\}|\{[^}]*\}|%\(\w+\)\w|&#?\w+;"
)
_END = re.compile(r"(\.\.\.|[.!?:…])[\"'”’»)\]*_~`\s]*$")
_SHORT = re.compile(
    r"(?:\b[^\W\d](?:\.\s?[^\W\d])*|\b(?:etc|osv|jr|ca|kl|tel|nr|no|inc|ltd|dvs|resp|min|sek|tim))\.\W*$", re.I
)
"""An abbreviation at the end, whose full stop ends no sentence: `a.m.`, `m.m.`, `etc.`"""
_ASKING = ("heading", "title", "caption", "description")
"""Kinds of text that one language likes to put as a question and another does not."""


def numbers(unit: Unit) -> Iterator[Remark]:
    """Numbers that differ between source and translation."""
    if unit.segment.context is not None or unit.message.msgid_plural is not None:
        return
    source, target = (_NOT_TEXT.sub(" ", text) for text in (unit.message.msgid, unit.message.texts[0]))
    difference = compare(source, target, NUMBER_WORDS)
    for number in difference.lost:
        yield Remark(Severity.WARNING, f"the number {number} of the source is not in the translation")
    for number in difference.invented:
        yield Remark(Severity.WARNING, f"the number {number} in the translation is not in the source")


def spaces(unit: Unit) -> Iterator[Remark]:
    """Space at the ends of a translation, or twice in a row, that the source has not."""
    for text in unit.message.texts:
        if text != text.strip() and unit.message.msgid == unit.message.msgid.strip():
            yield Remark(Severity.WARNING, "the translation has a space or an empty line at its beginning or end")
        if "  " in text.strip() and "  " not in unit.message.msgid:
            yield Remark(Severity.WARNING, "the translation has two spaces in a row")


def end_mark(unit: Unit) -> Iterator[Remark]:
    """A translation that ends with another mark than its source."""
    if unit.segment.context is not None:
        return
    source, target = unit.message.msgid, unit.message.texts[0]
    here, there = _end(source), _end(target)
    kind = unit.segment.kind
    if here == there or ({here, there} == {"", "?"} and any(word in kind for word in _ASKING)):
        return
    if {here, there} == {"", "."} and _SHORT.search(source if here else target):
        return
    shown = (f"with {here}" if here else "without a mark"), (f"with {there}" if there else "without one")
    yield Remark(Severity.WARNING, f"the source ends {shown[0]}, the translation {shown[1]}")


def same(unit: Unit) -> Iterator[Remark]:
    """A translation that is just the source text, and long enough for that to be strange."""
    words = re.findall(r"\b[a-z]{3,}\b", _NOT_TEXT.sub(" ", unit.message.msgid))
    if len(words) >= 3 and unit.message.texts[0] == unit.message.msgid:
        yield Remark(Severity.WARNING, "the translation is the same as the source")


def plural(unit: Unit) -> Iterator[Remark]:
    """A translation that lacks some of its plural forms, so that it is not shown at all."""
    empty = [f"msgstr[{form}]" for form, text in enumerate(unit.message.texts) if not text]
    if empty and len(empty) < len(unit.message.texts):
        verb = "is" if len(empty) == 1 else "are"
        yield Remark(Severity.WARNING, f"{', '.join(empty)} {verb} empty; fill in every form, until then none is shown")


def _end(text: str) -> str:
    found = _END.search(_NOT_TEXT.sub(lambda part: "]" if part[0].startswith("](") else "", text))
    return found[1].replace("...", "…") if found else ""
