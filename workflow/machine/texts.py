"""A text as it goes into the translation, and what comes out; light, for what is in the cache needs no more."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Syntax(StrEnum):
    """How a text is written."""

    MARKDOWN = "markdown"
    """Inline Markdown."""
    HTML = "html"
    """Text with inline tags and entities, in which signs of Markdown mean nothing."""
    PLAIN = "plain"
    """Nothing but words: a title, a caption, the description of an image."""


class Text(NamedTuple):
    """What is to be translated; equal ones are translated once."""

    syntax: Syntax
    """How it is written."""
    source: str
    """The text."""


class Made(NamedTuple):
    """A text's draft."""

    text: str
    """The translation, written as its source is; empty when none can be trusted."""
    confidence: float
    """How likely it is good, 0 to 1."""
    findings: tuple[str, ...]
    """What a person should look at."""
