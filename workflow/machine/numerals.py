"""Numbers of an English sentence in the form that Swedish gives them, to travel as placeholders.

`8 a.m. to 4 p.m.` → *klockan 8–16*, `the 11th century` → *1000-talet*, `1,250.5` → *1 250,5*, `45th` → *45:e*.
Sources: CLDR by way of Babel; Språkrådet, *Svenska skrivregler*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from workflow.machine.edits import Edit, Edits
from workflow.machine.numbers import CLOCK, NUMBER, hours
from workflow.machine.quantities import QUANTITY

_CENTURY = re.compile(r"\b(?:the )?(?:(early|mid|late)[ -])?(\d{1,2})(?:st|nd|rd|th)[ -]centur(?:y|ies)\b", re.I)
_ORDINAL = re.compile(r"\b(\d+)(st|nd|rd|th)\b")
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+")
_TIMES = re.compile(r"\d{1,2}:\d{2}(?:\s?[–-]\s?\d{1,2}:\d{2})*")
_DAY_PART = {"early": "tidigt ", "mid": "mitten av ", "late": "slutet av "}


def swedish_numbers(sentence: str) -> list[Edit]:
    """The numbers of an English sentence with their Swedish forms; they do not overlap."""
    edits = list[Edit]()
    kinds = (_clocks, _centuries, _ordinals, _quantities, _plain)
    for edit in (edit for kind in kinds for edit in kind(sentence)):
        if not any(start < edit[1] and edit[0] < end for start, end, _ in edits):
            edits.append(edit)
    return sorted(edits)


def _clocks(sentence: str) -> Iterator[Edit]:
    for found in CLOCK.finditer(sentence):
        first, second = hours(found)
        end = found.end() - (found[0].endswith(".") and not sentence[found.end() :].strip())
        yield found.start(), end, f"klockan {first}" + (f"–{second}" if second else "")


def _centuries(sentence: str) -> Iterator[Edit]:
    for found in _CENTURY.finditer(sentence):
        if int(found[2]) > 1:
            yield *found.span(), f"{_DAY_PART.get((found[1] or '').lower(), '')}{int(found[2]) - 1}00-talet"


def _ordinals(sentence: str) -> Iterator[Edit]:
    for found in _ORDINAL.finditer(sentence):
        yield *found.span(), found[1] + (":a" if re.search(r"(?<!1)[12]$", found[1]) else ":e")


def _quantities(sentence: str) -> Iterator[Edit]:
    """Numbers with a sign before or a unit behind them, which travel with them."""
    for found in QUANTITY.finditer(sentence):
        whole = found[0]
        if whole != found["number"]:
            start, end = (place - found.start() for place in found.span("number"))
            yield *found.span(), whole[:start] + _swedish(found["number"]) + whole[end:].replace(" ", "\u00a0")


def _plain(sentence: str) -> Iterator[Edit]:
    for found in NUMBER.finditer(sentence):
        yield *found.span(), _swedish(found[0])


def _swedish(number: str) -> str:
    """An English number as Swedish writes it: `1,250.5` → `1 250,5`."""
    if not _ENGLISH.fullmatch(number):
        return number
    from babel.numbers import format_decimal  # few texts have such a number, and CLDR takes a while to read

    decimals = len(number.partition(".")[2])
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(format_decimal(number.replace(",", ""), pattern, locale="sv"))


def without_words(text: str) -> str:
    """A text without a letter as Swedish writes it: numbers, and times of the clock with a full stop."""
    if _TIMES.fullmatch(text):
        return text.replace(":", ".")
    edits = [edit for edit in _plain(text) if edit[2] != text[edit[0] : edit[1]]]
    return Edits(text, edits).text if edits else text
