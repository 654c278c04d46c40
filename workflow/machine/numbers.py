"""The numbers of an English text and of its translation, compared by what they mean.

`4 p.m.` is 16 in a language with a 24-hour clock, `20th century` may be *1900-talet*, `three` may be
written as `3` and the other way round; grouping and decimal signs do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

NUMBER = re.compile(r"\d+(?:[.,   \u202f]\d{3}(?!\d))*(?:[.,:]\d+)*")
"""A number with its groups and decimals, as either language writes it."""

CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s*(?:(?:(?P<half1>[ap])\.?\s?m\b\.?\s*)?(?:[–-]|to\b|until\b)\s*"
    r"(?P<hour2>\d{1,2})(?:[:.](?P<minute2>\d\d))?\s*)?(?P<half>[ap])\.?\s?m\b\.?",
    re.I,
)
_CENTURY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)[ -]centur", re.I)
_NOON = re.compile(r"\bnoon\b", re.I)
_MIDDAY = re.compile(r"lunch|middag|mitt på dagen", re.I)
_DAYTIME = re.compile(r"\b(?:em|e\.m|eftermiddag\w*|kväll\w*|natt\w*|pm|p\.m)\b", re.I)

ENGLISH = {
    word: str(n)
    for n, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
} | {
    "first": "1",
    "second": "2",
    "third": "3",
    "fourth": "4",
    "fifth": "5",
    "sixth": "6",
    "seventh": "7",
    "eighth": "8",
    "ninth": "9",
    "tenth": "10",
    "thirty": "30",
    "forty": "40",
    "fifty": "50",
    "sixty": "60",
    "seventy": "70",
    "eighty": "80",
    "ninety": "90",
    "hundred": "100",
    "thousand": "1000",
    "once": "1",
    "twice": "2",
    "noon": "12",
    "midnight": "0",
    "half": "5",
    "a": "1",
    "an": "1",
    "both": "2",
    "dozen": "12",
}
"""English number words and their digits."""


class Difference(NamedTuple):
    """How the numbers of a translation differ from its source's."""

    lost: tuple[str, ...]
    """Numbers of the source, as written there, that the translation does not have."""
    invented: tuple[str, ...]
    """Numbers of the translation that the source does not have."""


def compare(source: str, target: str, words: Mapping[str, str]) -> Difference:
    """Compare the numbers of an English sentence with those of its translation.

    `words` gives digits for the target language's number words.
    """
    if _digits(source) == _digits(target) and not CLOCK.search(source) and not _NOON.search(source):
        return Difference((), ())
    available = [_digits(found[0]) for found in NUMBER.finditer(target)]
    spoken = [words[word] for word in re.findall(r"\w+", target.lower()) if word in words]
    lost = list[str]()
    for written, forms in _wanted(source, bool(_DAYTIME.search(target))):
        if _NOON.fullmatch(written) and _MIDDAY.search(target):
            continue
        pool = next((pool for pool in (available, spoken) for form in forms if form in pool), None)
        if pool is None:
            lost.append(written)
        else:
            pool.remove(next(form for form in forms if form in pool))
    allowed = {ENGLISH[word] for word in re.findall(r"\w+", source.lower()) if word in ENGLISH}
    told = CLOCK.search(source) or _NOON.search(source)
    if lost and sorted(_digits(source)) == sorted(_digits(target)) and not told:
        return Difference((), ())  # only grouped in another way, as in a telephone number
    return Difference(tuple(lost), tuple(number for number in available if number not in allowed))


def _wanted(source: str, daytime: bool) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each number of the source as written, with the digits that may stand for it."""
    covered = list[tuple[int, int]]()
    for found in CLOCK.finditer(source):
        covered.append(found.span())
        for hour, minute in (("hour", "minute"), ("hour2", "minute2")):
            if found[hour]:
                yield found[hour], _clock(found, hour, minute, daytime)
    yield from ((found[0], ("12", "1200")) for found in _NOON.finditer(source))
    for found in _CENTURY.finditer(source):
        covered.append(found.span(1))
        yield found[1], (found[1], f"{int(found[1]) - 1}00")
    for found in NUMBER.finditer(source):
        if not any(start <= found.start() < end for start, end in covered):
            digits = _digits(found[0])
            yield (
                found[0],
                (digits, digits.lstrip("0") or "0", digits.removesuffix("00") if ":" in found[0] else digits),
            )


def hours(clock: re.Match[str]) -> tuple[str, str]:
    """The hours of a CLOCK match on the 24-hour clock: `8.30`, and the second one of a range or nothing."""
    last = int(clock["hour2"] or clock["hour"]) % 12 + 12 * (clock["half"].lower() == "p")
    minutes = f".{clock['minute2']}" if clock["minute2"] else ""
    if not clock["hour2"]:
        return f"{last}.{clock['minute']}" if clock["minute"] else str(last), ""
    first = int(clock["hour"]) % 12
    # 1–5 p.m. lies in the afternoon, 9–5 p.m. begins in the morning.
    afternoon = clock["half1"].lower() == "p" if clock["half1"] else clock["half"].lower() == "p" and first < last % 12
    first += 12 * afternoon
    return f"{first}.{clock['minute']}" if clock["minute"] else str(first), f"{last}{minutes}"


def _clock(found: re.Match[str], hour: str, minute: str, daytime: bool) -> tuple[str, ...]:
    """What may stand for an hour: 4 (p.m.) → 16, 1600; and 4 itself where the text says which half of the day."""
    full = int(hours(found)[hour == "hour2"].partition(".")[0])
    m = found[minute] or ""
    forms = [str(full), f"{full:02}", *(["24"] if full == 0 else [])]
    forms += [found[hour]] if daytime or full < 12 else []
    with_minutes = [each + (m or "00") for each in forms]
    return tuple(with_minutes + (forms if m in ("", "00") else []))


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
