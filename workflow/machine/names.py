"""Names that a small model would garble: found in an English sentence, so that they can travel as placeholders."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from workflow.machine.engine import Span

Cut = Callable[[str], int]
"""How many pieces a model's tokeniser cuts a word into."""

RARE = 3
"""A capitalised word cut into as many pieces is rare for the model."""

_UPPER = r"[^\W\d_a-zåäöàéèüßøæ]"
_CAPITALISED = re.compile(rf"{_UPPER}\.(?:-?{_UPPER}\.)*|{_UPPER}[\w’'-]*[^\W_]|{_UPPER}(?=\W)")
_PARTICLES = frozenset("von van de der den af av da di du la le el bin al ten ter".split())
_GENITIVE = re.compile(r"[’']s?$")
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
    "library hall house building swedes english danish finnish norwegian german french".split()
)


def find_names(sentence: str, cut: Cut) -> list[Span]:
    """Where names stand that the model would cut into crumbs, with the rest of each name around."""
    return [span for span in _runs(sentence) if _worth(sentence, span, cut)]


def _runs(sentence: str) -> Iterator[Span]:
    """Runs of capitalised words that are no common nouns or titles."""
    run: Span | None = None
    for found in _CAPITALISED.finditer(sentence):
        word = _GENITIVE.sub("", found[0])
        start, end = found.start(), found.start() + len(word)
        if (start and (sentence[start - 1].isalnum() or sentence[start - 1] in "-_’'")) or word.lower() in _WORDS:
            if run:
                yield run
            run = None
            continue
        between = sentence[run[1] : start] if run else ""
        if run and (between == " " or between.strip() in _PARTICLES) and between.startswith(" "):
            run = run[0], end
        else:
            if run:
                yield run
            run = start, end
    if run:
        yield run


def _worth(sentence: str, span: Span, cut: Cut) -> bool:
    text = sentence[span[0] : span[1]]
    parts = text.split()
    first = not any(char.isalnum() for char in sentence[: span[0]])
    if text.isupper() and len(text) <= 6:
        return False  # acronyms survive by themselves
    if len(parts) == 1:
        return cut(text) >= RARE + (2 if first else 0)
    return any(cut(part) >= RARE for part in parts)
