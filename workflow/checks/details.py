"""Small things that readers notice: numbers, spaces, the mark at the end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from workflow.checks.unit import Remark, Unit
from workflow.finding import Severity

_NUMBER = re.compile(r"\d+(?:[.,:\u00a0\u202f ]\d+)*")
_NOT_TEXT = re.compile(r"\]\([^)]*\)|<[^>]*>|\[\^[^\]]+\]|\{\{.*?\}\}|\{%.*?%\}|\{[^}]*\}")
_END = re.compile(r"([.!?:…])[\"”’»)*_\s]*$")
_HOURS = re.compile(r"\b(\d{1,2})[:.]00\b")


def numbers(unit: Unit) -> Iterator[Remark]:
    """Numbers that differ between source and translation."""
    if unit.segment.context is not None:
        return
    source, target = (_digits(text) for text in (unit.message.msgid, unit.message.texts[0]))
    for digits in (source - target).elements():
        yield Remark(Severity.WARNING, f"the number {digits} of the source is not in the translation")
    for digits in (target - source).elements():
        yield Remark(Severity.WARNING, f"the number {digits} in the translation is not in the source")


def spaces(unit: Unit) -> Iterator[Remark]:
    """Space at the ends of a translation, or twice in a row, that the source has not."""
    for text in unit.message.texts:
        if text != text.strip() and unit.message.msgid == unit.message.msgid.strip():
            yield Remark(Severity.WARNING, "the translation has space at its beginning or end")
        if "  " in text.strip() and "  " not in unit.message.msgid:
            yield Remark(Severity.WARNING, "the translation has two spaces in a row")


def end_mark(unit: Unit) -> Iterator[Remark]:
    """A translation that ends with another mark than its source."""
    if unit.segment.context is not None:
        return
    source, target = (_END.search(text) for text in (unit.message.msgid, unit.message.texts[0]))
    here, there = (found[1] if found else "" for found in (source, target))
    if here != there:
        yield Remark(
            Severity.WARNING, f"the source ends with {here or 'no mark'}, the translation with {there or 'none'}"
        )


def same(unit: Unit) -> Iterator[Remark]:
    """A reviewed translation that is just the source text, and long enough for that to be strange."""
    words = re.findall(r"[a-z]{3,}", _NOT_TEXT.sub(" ", unit.message.msgid))
    if len(words) >= 3 and unit.message.texts[0] == unit.message.msgid:
        yield Remark(Severity.WARNING, "the translation is the same as the source")


def _digits(text: str) -> Counter[str]:
    """The numbers of a text by their digits; full hours count without minutes, as other languages write them."""
    plain = _HOURS.sub(r"\1", _NOT_TEXT.sub(" ", text))
    return Counter(re.sub(r"\D", "", found) for found in _NUMBER.findall(plain))
