"""Swedish forms of numbers, amounts, hours and dates, where an engine left English ones in its translation.

Sources: CLDR; Språkrådet, *Svenska skrivregler* (thousands, decimal comma, units, clock, dates).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from workflow.machine.edits import Edit

Rule = Callable[[str, str], Iterator[Edit]]
"""Looks at a sentence and its translation, yields replacements in the translation."""

MONTHS = dict(
    zip(
        "January February March April May June July August September October November December".split(),
        "januari februari mars april maj juni juli augusti september oktober november december".split(),
        strict=True,
    )
)
"""English names of months with the Swedish ones, as in CLDR."""
DAYS = dict(
    zip(
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
        "måndag tisdag onsdag torsdag fredag lördag söndag".split(),
        strict=True,
    )
)
"""English names of days with the Swedish ones, as in CLDR."""

_SPACE = "\N{NO-BREAK SPACE}"
_CURRENCIES = {"SEK": "kronor", "€": "euro", "EUR": "euro", "$": "dollar", "USD": "dollar", "£": "pund", "GBP": "pund"}
_MONEY = re.compile(
    r"(?<![\w$])(?P<sign>SEK|EUR|USD|GBP|[€$£]) ?(?P<number>\d+(?:[.,\N{NO-BREAK SPACE} ]\d+)*)"
    r"(?P<scale> (?:tusen|miljon(?:er)?|miljard(?:er)?))?(?!\w)(?! (?:kronor|euro|dollar|pund))"
)
_DECIMAL = re.compile(r"(?<![\d.,/:-])\d+\.\d+(?!\d|[.:/-]\d)")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,]|\.\d)")
_GLUED_UNIT = re.compile(r"(?<=\d)(?:mg|µg|kg|km|cm|mm|ml|dl|kWh|MW)\b")
_HALF_DAY = re.compile(
    r"(?:(?:klockan|kl\.?)\s+)?(?:(?P<first>\d{1,2})(?:[:.](?P<minute1>\d\d))?\s?[–-]\s?)?"
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s?(?P<half>[ap])\.?\s?m\b\.?(?!\w)",
    re.I,
)
_CLOCK = re.compile(r"(?<![\d:.,])(?:[01]?\d|2[0-4]):[0-5]\d(?![\d:])")
_CLOCKS = re.compile(rf"({_CLOCK.pattern})(?: ?[–-] ?({_CLOCK.pattern}))?")
_NOON = re.compile(r"(?:(?:klockan|kl\.?|vid|at)\s+)?\b(noon|midnight)\b", re.I)
_MONTH_DAY = re.compile(
    rf"\b({'|'.join(MONTHS.values())}) (\d{{1,2}})(?:(?:st|nd|rd|th|:[ae])\b)?(?:, ?(\d{{4}})|(?![\d–-]))", re.I
)
_DAY_MONTH = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th|:[ae])? ({'|'.join(MONTHS.values())})\b", re.I)


def _money(source: str, target: str) -> Iterator[Edit]:
    """*€1,250.50* is *1 250,50 euro*, *SEK 5 miljoner* is *5 miljoner kronor*."""
    for found in _MONEY.finditer(target):
        number = found["number"]
        if _THOUSANDS.fullmatch(number):
            number = number.replace(",", _SPACE).replace(".", ",")
        elif _DECIMAL.fullmatch(number):
            number = number.replace(".", ",")
        yield *found.span(), f"{number}{found['scale'] or ''} {_CURRENCIES[found['sign']]}"


def _decimals(source: str, target: str) -> Iterator[Edit]:
    for number in set(_DECIMAL.findall(source)):
        for found in re.finditer(rf"(?<![\d.,]){re.escape(number)}(?!\d|\.\d)", target):
            if not re.search(r"(?:version|kapitel|avsnitt|kl|klockan|kl\.)\s*$", target[: found.start()], re.I):
                yield *found.span(), number.replace(".", ",")


def _thousands(source: str, target: str) -> Iterator[Edit]:
    for number in set(_THOUSANDS.findall(source)):
        whole, _, decimals = number.partition(".")
        groups = whole.split(",")
        rest = rf"[.,]{decimals}" if decimals else ""
        for found in re.finditer(rf"(?<![\d.,]){'[ .,   ]?'.join(groups)}{rest}(?!\d)", target):
            yield *found.span(), _SPACE.join(groups) + (f",{decimals}" if decimals else "")


def _units(source: str, target: str) -> Iterator[Edit]:
    for found in re.finditer(r"(?<=\d) ?(%(?!\w|\()|°C\b)", target):
        yield *found.span(), f"{_SPACE}{found[1]}"
    for found in _GLUED_UNIT.finditer(target):
        yield found.start(), found.start(), _SPACE


def _half_days(source: str, target: str) -> Iterator[Edit]:
    """*8–11 a.m.* is *klockan 8–11*, *4:30 p.m.* is *klockan 16.30*."""
    for found in _HALF_DAY.finditer(target):
        afternoon = 12 * (found["half"].lower() == "p")
        hour = int(found["hour"]) % 12 + afternoon
        text = f"{hour}.{found['minute']}" if found["minute"] else str(hour)
        if found["first"]:
            first = int(found["first"]) % 12
            first += afternoon * (first < hour % 12)  # 9–5 p.m. begins in the morning
            text = f"{first}{'.' + found['minute1'] if found['minute1'] else ''}–{text}"
        end = found.end() - (found[0].endswith(".") and not target[found.end() :].strip())
        yield found.start(), end, f"klockan {text}"


def _clocks(source: str, target: str) -> Iterator[Edit]:
    """Between hours and minutes stands a full stop, between two times a dash."""
    if _CLOCK.search(source) and not _HALF_DAY.search(target):
        for found in _CLOCKS.finditer(target):
            yield *found.span(), "–".join(time.replace(":", ".") for time in found.groups() if time)


def _noon(source: str, target: str) -> Iterator[Edit]:
    for found in _NOON.finditer(target):
        yield *found.span(), "klockan 12" if found[1].lower() == "noon" else "vid midnatt"


def _dates(source: str, target: str) -> Iterator[Edit]:
    for found in _MONTH_DAY.finditer(target):
        yield *found.span(), f"{int(found[2])} {found[1].lower()}" + (f" {found[3]}" if found[3] else "")
    for found in _DAY_MONTH.finditer(target):
        yield *found.span(), f"{int(found[1])} {found[2].lower()}"


FIGURES: tuple[Rule, ...] = (_money, _decimals, _thousands, _units, _half_days, _clocks, _noon, _dates)
"""The rules for texts with figures."""
