"""Markdown escapes for text that must stay text."""

from __future__ import annotations

import re
from collections.abc import Callable

Escape = Callable[[str], str]
"""Makes inline Markdown of plain text."""

_LIGHT = re.compile(
    r"\\(?=[!-/:-@\[-`{-~]|$)|`|<(?=[A-Za-z/!?])|&(?=#?\w+;)|\[(?=\^)|\](?=[(\[{])|\](?=$)"
    r"|\*|(?<!\w)_(?=\S)|(?<=\S)_(?!\w)|~(?=~)|(?<=~)~|\{(?=[{%#.\w])"
)
_FULL = re.compile(r"[\\`*_\[\]<&~{}!]")


def light(text: str) -> str:
    """Escape what would surely be read as markup; easy on translators' eyes."""
    return _LIGHT.sub(r"\\\g<0>", text)


def full(text: str) -> str:
    """Escape everything that could be read as markup."""
    return _FULL.sub(r"\\\g<0>", text)
