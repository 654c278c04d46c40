"""What CTranslate2 answers, made into text: pieces joined, and where each stands in source and target."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from workflow.machine.engine import Alignment, Hypothesis, Span

_SPACE = "▁"
_BYTE = re.compile(r"<0x[0-9A-F]{2}>")
_MOSES = (
    ("&apos;", "'"),
    ("&quot;", '"'),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&#91;", "["),
    ("&#93;", "]"),
    ("&amp;", "&"),
)
"""How the tokeniser of older packages writes some signs."""
_REACH = 20
"""How far from where it should stand a piece is looked for."""


class Found(NamedTuple):
    """A hypothesis as CTranslate2 gives it."""

    pieces: list[str]
    """The pieces of the target."""
    score: float
    """The mean log-probability of the pieces."""
    attention: list[list[float]] | None
    """For each target piece a weight for each source piece, or None."""


def hypothesis(sentence: str, source: Sequence[str], found: Found, text: str | None = None) -> Hypothesis:
    """The translation of a sentence that was cut into `source`.

    `text` is the target as its tokeniser joins it, where that is more than to leave out the signs for blanks.
    """
    attention = found.attention
    if attention is None:
        return Hypothesis(_text(found.pieces) if text is None else text, found.score)
    if text is None:
        text, spans = _join(found.pieces)
    else:
        spans = locate(text, found.pieces)
    weights = tuple(bytes(min(255, int(w * 255)) for w in row[: len(source)]) for row in attention)
    return Hypothesis(text, found.score, alignment=Alignment(locate(sentence, source), spans, weights))


def locate(sentence: str, pieces: Sequence[str]) -> tuple[Span, ...]:
    """Where pieces stand in a sentence; one that the tokeniser rewrote stands where it must by its order."""
    spans, cursor = list[Span](), 0
    for piece in pieces:
        shown = _shown(piece)
        found = sentence.find(shown, cursor, cursor + _REACH + len(shown)) if shown else -1
        start = max(found, cursor)
        end = min(len(sentence), start + len(shown))
        spans.append((start, end))
        cursor = end if found >= 0 else cursor
    return tuple(spans)


def _shown(piece: str) -> str:
    """What a piece is in a sentence."""
    shown = piece.replace(_SPACE, "").removesuffix("@@")
    for name, sign in _MOSES if shown[:1] == "&" else ():
        shown = shown.replace(name, sign)
    return shown


def _text(pieces: Sequence[str]) -> str:
    """The text of target pieces."""
    text = "".join(pieces)
    return _join(pieces)[0] if "<0x" in text else text.replace(_SPACE, " ").strip(" ")


def _join(pieces: Sequence[str]) -> tuple[str, tuple[Span, ...]]:
    """The text of target pieces, and where each stands in it (without the space before it)."""
    text, spans = "", list[Span]()
    for piece in _whole_characters(pieces):
        shown = piece.replace(_SPACE, " ")
        if not text:
            shown = shown.lstrip(" ")
        start = len(text) + len(shown) - len(shown.lstrip(" "))
        text += shown
        spans.append((start, len(text)))
    return text.rstrip(" "), tuple(spans)


def _whole_characters(pieces: Sequence[str]) -> list[str]:
    """The pieces with runs of single bytes (`<0xE2>`, for characters that a vocabulary lacks) put together.

    The first of a run gets the characters, the others nothing, so that there are as many pieces as before.
    """
    whole, n = list(pieces), 0
    while n < len(whole):
        end = n
        while end < len(whole) and _BYTE.fullmatch(whole[end]):
            end += 1
        if end > n:
            data = bytes(int(piece[3:5], 16) for piece in whole[n:end])
            whole[n:end] = [data.decode("utf-8", "replace"), *[""] * (end - n - 1)]
        n = max(end, n + 1)
    return whole
