"""Comments in articles that speak to translators or to Ordbro; no reader gets them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it.token import Token

_ONE = r"\s*<!--\s*(translators?:|translate:)((?:(?!-->).)*)-->\s*"
_COMMENT = re.compile(_ONE, re.S | re.I)
_COMMENTS = re.compile(f"(?:{_ONE})+", re.S | re.I)


_INSIDE = re.compile(r"(<!--\s*(?:translators?:|translate:)(?:(?!-->).)*-->[ \t]*\n?)", re.S | re.I)
_OPAQUE = re.compile(r"\s*<(?:script|pre|style|textarea)\b", re.I)


def set_apart(tokens: list[Token]) -> list[Token]:
    """The tokens with each such comment that stands in a block of HTML in a block of its own."""
    made = list[Token]()
    for token in tokens:
        if token.type != "html_block" or not _INSIDE.search(token.content) or _OPAQUE.match(token.content):
            made.append(token)
            continue
        line = token.map[0] if token.map else 0
        for part in filter(None, _INSIDE.split(token.content)):
            made.append(token.copy(content=part, map=[line, line + part.count("\n")] if token.map else None))
            line += part.count("\n")
    return made


def is_directive(token: Token) -> bool:
    """Whether a block holds nothing but such comments."""
    return (
        token.type == "html_block"
        and token.content.lstrip().startswith("<!--")
        and _COMMENTS.fullmatch(token.content) is not None
    )


def read(token: Token) -> Iterator[tuple[str, str]]:
    """What the comments of such a block say: (`translate`, `off`), (`translators`, a hint)."""
    for name, text in _COMMENT.findall(token.content):
        words = " ".join(text.split())
        yield ("translate", words.lower()) if name.lower() == "translate:" else ("translators", words)


class Directives:
    """What the comments met so far say: whether blocks are for translation, and notes for the next one."""

    def __init__(self) -> None:
        self.on = True
        self.notes: tuple[str, ...] = ()
        self._level: int | None = None

    def meet(self, token: Token) -> None:
        """Take note of a token: a directive, or the end of the block that the notes are about."""
        ends = token.level <= (self._level or 0) and token.nesting != -1
        if self.notes and self._level is not None and ends:
            self.notes, self._level = (), None
        if is_directive(token):
            for name, text in read(token):
                if name == "translate":
                    self.on = text != "off"
                else:
                    self.notes += (text,)
        elif self.notes and self._level is None:
            self._level = token.level
