"""An engine that translates nothing: it shows which texts of a page come from the catalogue, and where they burst.

Letters get accents, texts grow by a third and stand in brackets, `[Ŧħé çéñŧřé ōōō]`; what is protected stays.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from workflow.machine.engine import Alignment, Hypothesis, Options, Span

if TYPE_CHECKING:
    from workflow.config import Project

_LETTERS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "áƀçđéƒǧħíĵķłɱñōþɋřšŧůṽŵẋýžÁɃÇĐÉƑǦĦÍĴĶŁṀÑŌÞɊŘŠŦŮṼŴẊÝŽ",
)
_WORD = re.compile(r"⟦\d+⟧|[\U000F0000-\U000FFFFD]|[^\s⟦]+|⟦")
_GROWTH = 0.3


class PseudoEngine:
    """Accents, brackets and a third more length; see the module's text."""

    name = "pseudo"
    label = "pseudo"
    key = "pseudo 1"
    placeholders = True
    uses_context = False

    def translate(self, sentences: Sequence[str], options: Options) -> list[tuple[Hypothesis, ...]]:
        """One accented hypothesis for each sentence, word by word aligned."""
        return [(_accented(sentence, options.alignment),) for sentence in sentences]


def create(project: Project, locale: str) -> PseudoEngine:
    """The factory that the entry point names; the same for every project and locale."""
    return PseudoEngine()


def _accented(sentence: str, aligned: bool) -> Hypothesis:
    text, cursor = "[", 0
    source: list[Span] = []
    target: list[Span] = []
    for word in _WORD.finditer(sentence):
        text += sentence[cursor : word.start()]
        start = len(text)
        text += word[0] if word[0].startswith("⟦") and word[0].endswith("⟧") else word[0].translate(_LETTERS)
        source.append(word.span())
        target.append((start, len(text)))
        cursor = word.end()
    missing = max(0, math.ceil(len(sentence) * (1 + _GROWTH)) - len(text) - 1)
    text += sentence[cursor:] + (" " + "ō" * missing if missing else "") + "]"
    weights = tuple(bytes(255 if k == n else 0 for k in range(len(source))) for n in range(len(source)))
    return Hypothesis(text, alignment=Alignment(tuple(source), tuple(target), weights) if aligned else None)
