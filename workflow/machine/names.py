"""Names that a small model would garble: found in an English sentence, so that they can travel as placeholders."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from workflow.machine.engine import Span

Cut = Callable[[str], int]
"""How many pieces a model's tokeniser cuts a word into."""

RARE = 3
"""A capitalised word cut into as many pieces is rare for the model."""

ACRONYM = re.compile(r"(?<![\w-])(?<![A-Z] )[A-Z][A-Z0-9]{1,5}(?![\w-])(?! [A-Z]{2})")
"""A short word in capitals, not among others."""
TRANSLATED_ACRONYMS = frozenset(
    "UN US USA UK NATO MRI AIDS HIV GP ICU ER CEO CFO PM AM NGO EEA BC AD CT ECG EKG TV PC OK DNA RNA VAT ID SEK EUR "
    "USD GDP WW PHD ADHD COVID LED II III IV VI VII VIII IX XI XII XX XXI NO NOT ALL AND OR MUST DO".split()
)
"""Acronyms that Swedish has in another form, and words that are no acronyms."""

PHONE = re.compile(
    r"(?<![\w.,-])\+?\d[\d /()-]*(?:-| /|/)[\d /()-]*\d{2}(?![\w-]|[.,]\d)|(?<!\w)\+\d[\d ()-]{6,}\d(?!\w)"
)
"""A telephone number with a hyphen, a slash or a country's code; any other form could be a sum of money."""
_YEARS = re.compile(r"\d{1,4}-\d{1,4}|\d{1,4}/\d{1,4}|.{0,7}")

_UPPER = r"[^\W\d_a-zåäöàéèüßøæ]"
_CAPITALISED = re.compile(rf"{_UPPER}\.(?:-?{_UPPER}\.)*|{_UPPER}[\w’'-]*[^\W_]|{_UPPER}(?=\W)")
_PARTICLES = frozenset("von van de der den af av da di du la le el bin al ten ter".split())
_GENITIVE = re.compile(r"[’']s?$")
_COMMON_ENDING = re.compile(
    r"(?:ly|tions?|sions?|ments?|ness|ings?|ed|ists?|ents?|[ea]nces?|it(?:y|ies)|ous|als?|ives?|isms?|ures?|able|ible|"
    r"ics?|ers|ors|ians|ships?|hoods?|ful|less)$"
)
"""How English words end that stand at the beginning of a sentence and are no names."""
_ADJECTIVE = re.compile(r"(?:ese|ish|i?an|ic|al|i)$")
"""How words for nationalities, parties and creeds end, which Swedish writes in its own way."""
_WORDS = frozenset(
    # Titles and common nouns that are written with capitals but belong to the sentence, not to the name.
    "health minister deputy secretary professor doctor dr mr mrs ms director head chief president vice chancellor "
    "hospital university center centre cancer research institute clinic department ministry government agency "
    "county city council municipality region regional national international swedish american european nordic "
    "united states kingdom sweden usa norway denmark finland germany france england europe america stockholm "
    "gothenburg washington new north south east west northern southern eastern western monday tuesday wednesday "
    "thursday friday saturday sunday january february march april may june july august september october november "
    "december the a an of and in on at for to with by from comprehensive care medical medicine nurse acting senior "
    "summit embassy food drug administration institutes board committee commission association society foundation "
    "theme education innovation development program programme project group team unit ward office service services "
    "king queen prince princess parliament act law street road square park station airport school church museum "
    "library hall house building day week bureau organization organisation senate democrats republicans party general "
    "river sea cup club championship union federation company court police school republic islands island bay river "
    "estate bank fund swedes english danish finnish norwegian german french".split()
)


class Name(NamedTuple):
    """A name in a sentence."""

    start: int
    """Where it begins."""
    end: int
    """Where it ends, without an English genitive."""
    translation: str
    """What stands for it in the target language; mostly the name itself."""


def find_names(sentence: str, cut: Cut, locale: str) -> list[Name]:
    """The names that the model would cut into crumbs, and telephone numbers; `locale` is the target's POSIX name.

    Countries have the name that CLDR gives them in the target language.
    """
    found = [Name(*match.span(), match[0]) for match in PHONE.finditer(sentence) if not _YEARS.fullmatch(match[0])]
    found += [Name(*span, sentence[slice(*span)]) for span in _institutions(sentence)]
    for start, end in _runs(sentence, cut):
        text = sentence[start:end]
        if _worth(sentence, (start, end), cut) and not any(n.start < end and start < n.end for n in found):
            found.append(Name(start, end, territories(locale).get(text, text)))
    return sorted(found, key=lambda name: name.start)


def find_acronyms(sentence: str) -> list[Name]:
    """The acronyms of a sentence that are the same in other languages."""
    return [
        Name(*found.span(), found[0]) for found in ACRONYM.finditer(sentence) if found[0] not in TRANSLATED_ACRONYMS
    ]


def _institutions(sentence: str) -> Iterator[Span]:
    """Capitalised words whose initials follow in brackets: `National Institutes of Health (NIH)`."""
    for found in re.finditer(r" \(([A-Z]{3,6})\)", sentence):
        before = list(re.finditer(r"\S+", sentence[: found.start()]))
        initials = found[1]
        for n in range(len(before) - len(initials), max(-1, len(before) - 2 * len(initials) - 1), -1):
            words = before[max(n, 0) :]
            if n >= 0 and "".join(word[0][0] for word in words if word[0][0].isupper()) == initials:
                small = all(
                    word[0][0].isupper() or word[0] in ("of", "and", "for", "the", "in", "on") for word in words
                )
                if small and words[0][0][0].isupper() and not words[-1][0].endswith(("ers", "res", "als")):
                    yield words[0].start(), found.start()
                break


@lru_cache(maxsize=8)
def territories(locale: str) -> dict[str, str]:
    """English names of countries and continents with those of another language."""
    from babel import Locale  # most sentences name none of them, and CLDR takes a while to read

    theirs, english = Locale.parse(locale, sep="_").territories, Locale("en").territories
    return {name: theirs[code] for code, name in english.items() if code in theirs and code != "001"}


def _runs(sentence: str, cut: Cut) -> Iterator[Span]:
    """Runs of capitalised words that are no common nouns or titles."""
    run: Span | None = None
    for found in _CAPITALISED.finditer(sentence):
        word = _GENITIVE.sub("", found[0])
        start, end = found.start(), found.start() + len(word)
        if _is_common(sentence, start, word, cut):
            if run:
                yield run
            run = None
            continue
        between = sentence[run[1] : start] if run else ""
        if run and between.startswith(" ") and (between == " " or between.strip() in _PARTICLES):
            run = run[0], end
        else:
            if run:
                yield run
            run = start, end
    if run:
        yield run


def _is_common(sentence: str, start: int, word: str, cut: Cut) -> bool:
    """Whether a capitalised word belongs to the sentence and to no name."""
    if start and (sentence[start - 1].isalnum() or sentence[start - 1] in "-_’'"):
        return True
    if re.search(r"^I[’']|[’'](?:d|ve|re|ll|m|t)$", word) or all(_is_title(part.lower()) for part in word.split("-")):
        return True
    first = not any(char.isalnum() for char in sentence[:start])
    if not first:
        return False
    alone = not re.match(rf"\s{_UPPER}", sentence[start + len(word) :])
    return cut(word.lower()) == 1 or word.endswith("ly") or (alone and bool(_COMMON_ENDING.search(word)))


def _is_title(word: str) -> bool:
    return word in _WORDS or word.removesuffix("s") in _WORDS


def _worth(sentence: str, span: Span, cut: Cut) -> bool:
    """Whether a run of capitalised words is rare enough to be protected."""
    text = sentence[span[0] : span[1]]
    parts = text.split()
    if text.isupper() and len(text) <= 6:
        return False  # acronyms survive by themselves
    rare = [part for part in parts if cut(part) >= RARE and cut(part.lower()) >= RARE]
    if len(parts) > 1:
        return bool(rare)
    adjective = _ADJECTIVE.search(text) and re.match(r" [a-z]", sentence[span[1] :])
    if not any(char.isalnum() for char in sentence[: span[0]]):
        return cut(text) >= RARE + 2 and cut(text.lower()) > RARE  # every sentence begins with a capital
    return bool(rare) and not adjective
