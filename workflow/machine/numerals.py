"""Numbers of an English sentence in the form that Swedish gives them, to travel as placeholders.

`8 a.m. to 4 p.m.` → *klockan 8–16*, `the 11th century` → *1000-talet*, `1,250.5` → *1 250,5*, `45th` → *45:e*.
Sources: CLDR by way of Babel; Språkrådet, *Svenska skrivregler*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from workflow.machine.edits import Edit
from workflow.machine.numbers import CLOCK, NUMBER, hours

_CENTURY = re.compile(r"\b(?:the )?(?:(early|mid|late)[ -])?(\d{1,2})(?:st|nd|rd|th)[ -]centur(?:y|ies)\b", re.I)
_ORDINAL = re.compile(r"\b(\d+)(st|nd|rd|th)\b")
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+")
_DAY_PART = {"early": "tidigt ", "mid": "mitten av ", "late": "slutet av "}


def swedish_numbers(sentence: str) -> list[Edit]:
    """The numbers of an English sentence with their Swedish forms; they do not overlap."""
    edits = list[Edit]()
    for edit in (*_clocks(sentence), *_centuries(sentence), *_ordinals(sentence), *_plain(sentence)):
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


def _plain(sentence: str) -> Iterator[Edit]:
    for found in NUMBER.finditer(sentence):
        text = found[0]
        if _ENGLISH.fullmatch(text):
            from babel.numbers import format_decimal  # few texts have such a number, and CLDR takes a while to read

            decimals = len(text.partition(".")[2])
            pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
            text = format_decimal(text.replace(",", ""), pattern, locale="sv")
        yield *found.span(), text
