"""What Ordbro knows of Swedish: forms that can be had by rule, and words that checks look for.

Sources: CLDR; Språkrådet, *Svenska skrivregler* (quotation marks, thousands, clock, dash).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from workflow.machine.edits import Edit
from workflow.machine.swedish_figures import DAYS, FIGURES, MONTHS, Rule

NUMBER_WORDS = {
    word: str(n)
    for n, word in enumerate(
        "noll ett två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton arton nitton "
        "tjugo".split()
    )
} | {
    "en": "1",
    "första": "1",
    "andra": "2",
    "tredje": "3",
    "fjärde": "4",
    "femte": "5",
    "sjätte": "6",
    "sjunde": "7",
    "åttonde": "8",
    "nionde": "9",
    "tionde": "10",
    "trettio": "30",
    "fyrtio": "40",
    "femtio": "50",
    "sextio": "60",
    "sjuttio": "70",
    "åttio": "80",
    "nittio": "90",
    "hundra": "100",
    "tusen": "1000",
}
"""Swedish number words and their digits."""

NEGATION = re.compile(r"\b(?:inte|ej|icke|ingen|inget|inga|ingenting|aldrig|varken|utan)\b|\bicke-", re.I)
"""Words that deny."""
WEAK_NEGATION = re.compile(
    r"\bo(?!ch\b|m\b|s[st]\b|rsak|rd|mråd|ft|lik|lyck|per|nko)\w{3,}|\w+(?:lös|fri)(?:a|t)?\b|"
    r"\b(?:undvik|slipp|saknar|förutom|knapp|sluta|förbjud|frånvaro|fri\b|låt bli|lös\b|innan\b)\w*",
    re.I,
)
"""Words that may stand for a denial."""

ORGANS = {
    "prostata": ("prostat",),
    "bröstcancer": ("breast", "mammogr"),
    "lungcancer": ("lung",),
    "hudcancer": ("skin", "melanom"),
    "tarmcancer": ("bowel", "colo", "intestin"),
    "leukemi": ("leuk",),
    "lymfom": ("lymphom",),
    "melanom": ("melanom",),
    "diabetes": ("diabet",),
    "stroke": ("stroke",),
    "hjärtinfarkt": ("heart attack", "infarct"),
    "demens": ("dement",),
    "alzheimer": ("alzheimer",),
    "parkinson": ("parkinson",),
    "astma": ("asthma",),
    "epilepsi": ("epilep",),
    "livmoder": ("uter", "womb", "cervi", "endometri"),
    "äggstock": ("ovar",),
    "sköldkörtel": ("thyroid",),
    "bukspottkörtel": ("pancrea",),
    "gallblås": ("gall",),
    "urinblås": ("bladder", "urin"),
    "hepatit": ("hepatit",),
    "mässling": ("measles",),
    "influensa": ("flu", "influenza"),
    "tuberkulos": ("tubercul", "tb"),
    "malaria": ("malaria",),
    "covid": ("covid", "corona"),
    "graviditet": ("pregnan",),
    "depression": ("depress",),
    "schizofreni": ("schizo",),
}
"""Diseases and organs by the stem of their Swedish word, with the stems that an English source would have."""
ORGAN = re.compile("|".join(ORGANS))
"""Finds one of them in lower-case text."""

_CAPITAL_DAY = re.compile(
    rf"(?<=[\w,] )(?:{'|'.join(sorted({n.capitalize() for n in (*MONTHS.values(), *DAYS.values())} - {'Mars'}))})\b"
)
"""Mars is a planet, too."""
_FIGURE = re.compile(r"\d|\bnoon\b|\bmidnight\b", re.I)
_QUOTE = re.compile(r"[\"“”„«»‘']")
_LISTS = re.compile(r"(, [^,.;:]{1,40}),( (?:och|eller) )")


def edits(source: str, target: str) -> list[Edit]:
    """The replacements that give a translation of an English sentence its Swedish forms."""
    rules = (*FIGURES, *RULES) if _FIGURE.search(target) else RULES
    return [(start, end, new) for rule in rules for start, end, new in rule(source, target) if target[start:end] != new]


def _quotes(source: str, target: str) -> Iterator[Edit]:
    if not _QUOTE.search(target):
        return
    marks = list(re.finditer(r" ?[\"“”„«»] ?", target))
    for n, found in enumerate(marks):
        before, after = found[0][:1].strip() == "" and found[0][:1], found[0][-1:] == " "
        if len(marks) % 2 == 0:  # an opening mark clings to what follows, a closing one to what precedes
            new = (" ”" if before else "”") if n % 2 == 0 else ("” " if after else "”")
        else:
            new = (" ”" if before else "”") + (" " if after else "")
        yield *found.span(), new
    for found in re.finditer(r"(?<!\w)[‘'](?=\w)|(?<=[\w.,!?])'(?!\w)", target):
        yield *found.span(), "’"
    for found in re.finditer(r"\w+'\w+", target):
        if found[0] not in source:  # O'Callaghan keeps his
            yield *found.span(), found[0].replace("'", "’")


def _days_and_months(source: str, target: str) -> Iterator[Edit]:
    for english, swedish in (MONTHS | DAYS).items():
        if english in source and english != "May":
            for found in re.finditer(rf"\b{english}\b", target):
                yield *found.span(), swedish.capitalize() if not target[: found.start()].strip("” ") else swedish


def _lower_days(source: str, target: str) -> Iterator[Edit]:
    """Days and months have small letters within a Swedish sentence."""
    for found in _CAPITAL_DAY.finditer(target):
        yield *found.span(), found[0].lower()


def _dashes(source: str, target: str) -> Iterator[Edit]:
    for found in re.finditer(r" ?— ?| - (?=\w)|(?<=\w) -- ", target):
        yield *found.span(), " – "


def _lists(source: str, target: str) -> Iterator[Edit]:
    """No comma before *och* and *eller* at the end of a list."""
    if re.search(r",[^,]{1,50}, (?:and|or) ", source):
        for found in _LISTS.finditer(target):
            if len(found[1].split()) <= 5:
                yield found.end(1), found.end(1) + 1, ""


def _titles(source: str, target: str) -> Iterator[Edit]:
    for found in re.finditer(r"\b(Dr|St)\.? (?=[A-ZÅÄÖ])", target):
        if f"{found[1]}. " in source:
            start = not target[: found.start()].strip("” ")
            yield *found.span(), "S:t " if found[1] == "St" else "Dr " if start else "dr "


def _countries(source: str, target: str) -> Iterator[Edit]:
    for found in re.finditer(r"\bU\.S\.(?:A\.)?", target):
        yield *found.span(), "USA"


def _ending(source: str, target: str) -> Iterator[Edit]:
    """The sign at the end follows the source's."""
    there, here = source.rstrip("\"”’')]» "), target.rstrip("\"”’')]» ")
    wanted = there[-1:] if there[-1:] in ".?!:…;" else ""
    found = here[-1:] if here[-1:] in ".?!:…;," else ""
    if (
        wanted == found
        or not here
        or (wanted == "." and (there.endswith("..") or re.search(r"\b\w\.\w\.$|\betc\.$", there)))
    ):
        return
    yield len(here) - len(found), len(here), wanted


def _first_letter(source: str, target: str) -> Iterator[Edit]:
    """Capital or small first letter as in the source."""
    there, here = re.search(r"\w", source), re.search(r"\w", target)
    if not there or not here or ord(source[0]) >= 0xF0000 or ord(target[0]) >= 0xF0000:
        return
    if there[0].isupper() and here[0].islower():
        yield *here.span(), here[0].upper()
    elif (
        there[0].islower()
        and here[0].isupper()
        and target[here.end() : here.end() + 1].islower()
        and target[here.start() :].split(maxsplit=1)[0] not in source
    ):
        yield *here.span(), here[0].lower()


RULES: tuple[Rule, ...] = (
    _quotes,
    _days_and_months,
    _lower_days,
    _dashes,
    _lists,
    _titles,
    _countries,
    _ending,
    _first_letter,
)
"""The rules for any text; of two that want the same place, the one that begins further left has it."""
