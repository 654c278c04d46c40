"""The form in which texts are compared, and what near texts share.

Two texts are the same for the memory when they differ in nothing but the width and number of spaces, the shape of
quotation marks, apostrophes, hyphens and dots, or characters that nobody sees.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from hashlib import blake2b
from itertools import pairwise

STEM = 6
"""Letters of a word that count when near texts are sought, so that most endings do not matter."""

LETTERS = 4
"""Neighbouring characters that make one feature."""

SHORT = 40
"""Characters up to which a text is indexed by its letters as well: it may be near to another without a common word."""

_SHAPES = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‘’‚‛‹›′´", "'"),
        **dict.fromkeys("\u2010\u2011", "-"),
        **dict.fromkeys("\u00ad\u200b\u2060\ufeff", None),
        # Halves of characters, as the command line gives them for bytes that are no UTF-8.
        **dict.fromkeys(map(chr, range(0xD800, 0xE000)), "\ufffd"),
        "…": "...",
    }
)
_WORD = re.compile(r"\w+")


def normal(text: str) -> str:
    """The text as it is compared with others."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_SHAPES).split())


def digest(text: str) -> int:
    """A fingerprint of a normal text that fits SQLite's integers."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def stems(text: str) -> list[str]:
    """The beginnings of a text's words in small letters; all numbers are one."""
    return ["0" if word.isdigit() else word[:STEM] for word in _WORD.findall(text.casefold())]


def pairs(words: list[str]) -> list[tuple[str, str]]:
    """Neighbouring stems."""
    return list(pairwise(words))


def letters(text: str) -> set[str]:
    """Every few neighbouring characters of a short text, its ends included, with a mark; none of a long one."""
    padded = f" {text.casefold()} " if len(text) <= SHORT else ""
    return {f"~{padded[at : at + LETTERS]}" for at in range(len(padded) - LETTERS + 1)}


def token(feature: str | tuple[str, str]) -> str:
    """What stands for a feature in the full text index: plain ASCII, which no tokeniser cuts."""
    name = feature if isinstance(feature, str) else f"{feature[0][:3]}\t{feature[1][:3]}"
    return f"{zlib.crc32(name.encode()):x}"


def features(text: str) -> set[str]:
    """The tokens under which a normal text is found: its stems, pairs of them, and the letters of a short one."""
    words = stems(text)
    return {token(each) for each in (*words, *letters(text))} | {token(pair) for pair in pairs(words)}
