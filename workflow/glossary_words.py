"""Inflected words: the forms that an English term takes, and whether a Swedish text has a word in some form.

Both go by endings, not by a dictionary: they had rather find a term too many in a translation than miss one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_GENITIVE = ("'s", "’s", "'", "’")
_SIBILANT = ("s", "x", "z", "ch", "sh")
_IRREGULAR = {
    "man": "men",
    "woman": "women",
    "child": "children",
    "person": "people",
    "foot": "feet",
    "tooth": "teeth",
    "life": "lives",
    "leaf": "leaves",
    "half": "halves",
    "knife": "knives",
    "criterion": "criteria",
    "bacterium": "bacteria",
}
_SINGULAR = {many: one for one, many in _IRREGULAR.items()}

_ENDINGS = tuple(
    sorted(
        # Endings of Swedish nouns (definite, plural, genitive), adjectives and verbs.
        "arnas ernas ornas arna erna orna andet andets ens ets ans ars ers ors nas en et an ar er or na el ad at ade "
        "n t a e s".split(),
        key=len,
        reverse=True,
    )
)
_LEAST = 3
"""Letters that stay when an ending is taken off."""
_INSIDE = 4
"""Letters that a stem must have to count in the middle of a compound."""
_TAIL = 5
"""Letters that may follow a short stem: its ending, a doubled consonant before it."""
_WORD = re.compile(r"\w+")
_SMALL = frozenset("i på av och för till med om den det de en ett att vid från under".split())
"""Words of a longer term that a translation may do without."""


def english_forms(word: str) -> frozenset[str]:
    """The word as it may stand in an English text: singular, plural, with a genitive."""
    base = next((word[: -len(each)] for each in _GENITIVE if word.endswith(each)), word)
    bare = {base, _plural(base), *_singulars(base)}
    return frozenset(bare | {form + ending for form in bare for ending in _GENITIVE})


def _plural(word: str) -> str:
    small = word.casefold()
    if small in _IRREGULAR:
        return _cased(_IRREGULAR[small], word)
    if word.isupper() and len(word) > 1:
        return word + "s"
    if small.endswith("sis"):
        return word[:-2] + "es"
    if small.endswith(_SIBILANT):
        return word + "es"
    if small.endswith("y") and small[-2:-1] not in tuple("aeiou"):
        return word[:-1] + "ies"
    return word + "s"


def _singulars(word: str) -> set[str]:
    """What a plural may be the plural of; nothing for a word that looks like none."""
    small = word.casefold()
    if small in _SINGULAR:
        return {_cased(_SINGULAR[small], word)}
    if not small.endswith("s") or small.endswith(("ss", "us", "is")) or len(small) < 4:
        return set()
    if small.endswith("ies"):
        return {word[:-3] + "y"}
    return {word[:-1], *({word[:-2]} if small[:-2].endswith(_SIBILANT) else ())}


def _cased(form: str, word: str) -> str:
    return form.capitalize() if word[:1].isupper() else form


def present(term: str, text: str) -> bool:
    """Whether a Swedish text has all words of a term, each in some form or as a part of a compound."""
    here = [folded(each) for each in _WORD.findall(text)]
    words = _WORD.findall(term)
    wanted = [each for each in words if each.casefold() not in _SMALL] or words
    return all(any(_has(word, each) for word in here) for each in wanted)


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """The part of a Swedish word that its forms share, folded: `öppettider` → `oppettid`."""
    small = folded(word)
    if word.isupper() or any(char.isdigit() for char in word):
        return small
    for ending in _ENDINGS:
        if small.endswith(ending) and len(small) - len(ending) >= _LEAST:
            return small[: -len(ending)]
    return small


@lru_cache(maxsize=4096)
def folded(word: str) -> str:
    """Small letters without dots and rings, for stems whose vowel changes: `böcker` → `boker`, as `bok` → `bok`."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char)).replace("ck", "k")


def _has(word: str, term: str) -> bool:
    """Whether a folded word is a term in some form, or has it at its beginning, at its end or within."""
    whole, part = folded(term), stem(term)
    if any(len(each) >= _INSIDE and each in word for each in (whole, part)):
        return True
    return any(word.startswith(each) and len(word) - len(each) <= _TAIL for each in (whole, part))
