"""Amounts with signs and units in an English text, such as `< 5 mg`, `± 0.5 %` or `10^9^/l`: what a patient may act on.

Small models turn *<* into a word and *ml* into another; here the amounts are found and compared.
"""

from __future__ import annotations

import re
from collections import Counter

from workflow.machine.numbers import NUMBER

_UNIT = (
    r"(?:mmol|µmol|μmol|mol|mSv|mmHg|kPa|kcal|kJ|mg|µg|μg|ng|kg|ml|cl|dl|mm|cm|km|Gy|IU|IE|Hz|kWh|kW|MB|GB|g|l|L)"
    r"(?:/(?:kg|ml|dl|min|h|day|l|L|m²|m2|d))?(?![\w^])"
)
_POWER = r"(?:\^-?\d+\^?)?"

QUANTITY = re.compile(
    rf"(?P<sign>[<>≤≥±~≈£€$]\s?)?(?P<number>{NUMBER.pattern}){_POWER}(?P<unit>[\s\u00a0]?{_UNIT}|/(?:l|ml|dl))?"
)
"""A number with the sign before it and the unit behind it, as far as there are any."""

SIGNS = {
    "<": r"<|mindre än|under|färre än|lägre än|yngre än|kortare än",
    ">": r">|mer än|över|större än|fler än|högre än|äldre än|längre än",
    "≤": r"≤|högst|som mest|upp till",
    "≥": r"≥|minst|från",
    "±": r"±|plus ?(?:/|eller|och)? ?minus",
    "£": r"£|pund|GBP",
    "€": r"€|euro|EUR",
    "$": r"\$|dollar|USD",
    "^": r"\^",
    "%": r"%|procent",
}
"""Signs, and what may stand for them in Swedish."""

_UNITS_ALONE = re.compile(rf"(?<=\d)[\s\u00a0]?({_UNIT})")
_SPOKEN = {
    "kg": r"kilo\w*",
    "km": r"kilometer",
    "g": r"gram",
    "l": r"liter",
    "L": r"liter|l\b",
    "cm": r"centimeter",
    "mm": r"millimeter",
    "mg": r"milligram",
    "ml": r"milliliter",
    "dl": r"deciliter",
    "IU": r"IE",
    "MB": r"megabyte",
    "GB": r"gigabyte",
}


def lost(source: str, target: str) -> list[str]:
    """The signs and units of a source that its Swedish translation lacks, each as it stands in the source."""
    found = list[str]()
    for sign, accepted in SIGNS.items():
        wanted = source.count(sign)
        if wanted and len(re.findall(accepted, target, re.I)) < wanted:
            found.append(sign)
    here, there = (Counter(_UNITS_ALONE.findall(text)) for text in (source, target))
    for unit, count in (here - there).items():
        first = unit.partition("/")[0]
        if len(re.findall(rf"\b(?:{_SPOKEN.get(first, re.escape(unit))})", target, re.I)) < count:
            found.append(unit)
    return found
