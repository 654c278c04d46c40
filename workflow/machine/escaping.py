"""Escapes for text that must stay text."""

from __future__ import annotations

import re
from collections.abc import Callable

from workflow.machine.texts import Syntax

Escape = Callable[[str], str]
"""Makes a message's source of plain text."""

_LIGHT = re.compile(
    r"\\(?=[!-/:-@\[-`{-~]|$)|`|<(?=[A-Za-z/!?])|&(?=#?\w+;)|\[(?=\^)"
    r"|\*|(?<!\w)_(?=\S)|(?<=\S)_(?!\w)|~(?=~)|(?<=~)~|\{(?=[{%#.\w])"
)
_FULL = re.compile(r"[\\`*_\[\]<&~{}!]")
_BRACKET = re.compile(r"[\[\]]")
_TAG = re.compile(r"<(?=[A-Za-z/!?])|&(?=#?\w+;)")


def escapes(syntax: Syntax) -> tuple[Escape, ...]:
    """The ways to escape a text in a syntax, the one that is easiest to read first."""
    if syntax is Syntax.MARKDOWN:
        return light, full
    return (_html,) if syntax is Syntax.HTML else (str,)


def light(text: str) -> str:
    """Escape what would surely be read as Markdown; easy on translators' eyes."""
    places = {found.start() for found in _LIGHT.finditer(text)} | _loose_brackets(text)
    return "".join(f"\\{char}" if n in places else char for n, char in enumerate(text)) if places else text


def full(text: str) -> str:
    """Escape everything that could be read as Markdown."""
    return _FULL.sub(r"\\\g<0>", text)


def _loose_brackets(text: str) -> set[int]:
    """Square brackets without a partner, and pairs that would make a link with what follows or may follow."""
    loose, open_ones = set[int](), list[int]()
    for found in _BRACKET.finditer(text):
        at = found.start()
        if found[0] == "[":
            open_ones.append(at)
        elif not open_ones:
            loose.add(at)
        else:
            start = open_ones.pop()
            if text[at + 1 : at + 2] in ("", "(", "[", "{"):
                loose |= {start, at}
    return loose.union(open_ones)


def _html(text: str) -> str:
    return _TAG.sub(lambda found: "&lt;" if found[0] == "<" else "&amp;", text)
