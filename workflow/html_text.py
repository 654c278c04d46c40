"""Text in raw HTML: cut into markup and text, put together again with other text.

HTML here is a piece of an article, perhaps unbalanced, so no tree is built: the pieces of
`partition` joined are the input again. Inline tags stay inside the text they mark.
Source: HTML Living Standard, 13.2.5 Tokenization.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

TEXT_ATTRIBUTES = frozenset(("alt", "title", "aria-label", "placeholder", "aria-description", "label"))
"""Attributes that readers see or hear."""

INLINE_TAGS = frozenset(
    "a abbr b bdi bdo br cite code data del dfn em i img ins kbd mark q ruby rb rp rt s samp small span strong "
    "sub sup time u var wbr".split()
)
"""Elements that stand within a sentence."""

_RAW_TEXT = "script|style|textarea|pre|title|template|svg|math|iframe|noscript|code"
_TOKEN = re.compile(
    rf"(?P<raw><(?P<name>{_RAW_TEXT})\b[^>]*>.*?(?:</(?P=name)\s*>|\Z))"
    r"|(?P<comment><!--.*?(?:-->|\Z)|<[!?].*?(?:>|\Z))"
    r"|(?P<tag></?[A-Za-z][^\s/>]*(?:\"[^\"]*\"|'[^']*'|[^'\">])*(?:>|\Z))"
    r"|(?P<text>[^<]+|<)",
    re.S | re.I,
)
_TAG_NAME = re.compile(r"</?([A-Za-z][^\s/>]*)")
_ATTRIBUTE = re.compile(r"(?P<name>[^\s\"'<>/=]+)\s*=\s*(?P<value>\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+)")
_VOID = re.compile(r"<(?:br|img|wbr|input|hr)\b", re.I)
_SPACE = re.compile(r"[ \t]*\n[ \t\n]*")
_TEMPLATE_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#\s.*?\s#\}", re.S)
_BARE_AMPERSAND = re.compile(r"&(?!#?\w+;)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of HTML."""

    raw: str
    """Its source, to the letter."""
    text: bool
    """Whether translators get it: text with the inline tags in it, without space around."""
    line: int
    """Lines between the start of the HTML and the start of the piece."""


def partition(source: str) -> tuple[Piece, ...]:
    """Cut HTML into markup and text; the pieces' `raw` joined is `source`."""
    pieces, run, line = list[tuple[str, bool]](), list[str](), 0
    for found in _TOKEN.finditer(source):
        name = _TAG_NAME.match(found[0]) if found["tag"] or found["raw"] else None
        if found["text"] or (name and name[1].lower() in INLINE_TAGS):
            run.append(found[0])
        else:
            pieces += _close_run(run)
            run = []
            pieces.append((found[0], False))
    pieces += _close_run(run)
    made = list[Piece]()
    for raw, text in pieces:
        made.append(Piece(raw, text, line))
        line += raw.count("\n")
    return tuple(made)


def to_message(raw: str) -> str:
    """The msgid of a text piece: line ends become spaces."""
    return _SPACE.sub(" ", raw)


def tag_texts(tag: str) -> Iterator[tuple[str, str]]:
    """The attributes of a tag that readers see or hear: (name, value), the value without entities."""
    if tag.startswith(("</", "<!", "<?")):
        return
    for found in _attributes(tag):
        value = html.unescape(_unquoted(found["value"]))
        if found["name"].lower() in TEXT_ATTRIBUTES and any(char.isalnum() for char in value):
            yield found["name"].lower(), value


def fill_tag(tag: str, translate: Callable[[str, str], str]) -> str:
    """A tag with its readable attributes replaced: `translate(name, value)` gives the new value."""
    if tag.startswith(("</", "<!", "<?")):
        return tag
    pieces, position = list[str](), 0
    for found in _attributes(tag):
        value = html.unescape(_unquoted(found["value"]))
        if found["name"].lower() in TEXT_ATTRIBUTES and any(char.isalnum() for char in value):
            new = translate(found["name"].lower(), value)
            if new != value:
                pieces += [tag[position : found.start("value")], f'"{html.escape(new)}"']
                position = found.end("value")
    return "".join(pieces) + tag[position:]


def tokens(source: str) -> Iterator[tuple[bool, str]]:
    """The tags (True) and texts (False) of HTML in order; comments and raw elements count as tags."""
    for found in _TOKEN.finditer(source):
        yield not found["text"], found[0]


def escape(text: str) -> str:
    """Text that may hold entities, made safe to stand between tags."""
    return _BARE_AMPERSAND.sub("&amp;", text).replace("<", "&lt;").replace(">", "&gt;")


def with_attributes(tag: str, attributes: str) -> str:
    """An opening tag with more attributes written behind its name."""
    name = _TAG_NAME.match(tag)
    end = name.end() if name else 1
    return f"{tag[:end]} {attributes}{tag[end:]}"


def is_opening(tag: str) -> bool:
    """Whether this is the opening tag of an element that holds something."""
    return re.match(r"<[A-Za-z]", tag) is not None and tag.endswith(">") and not tag.endswith("/>")


def _attributes(tag: str) -> Iterator[re.Match[str]]:
    name = _TAG_NAME.match(tag)
    yield from _ATTRIBUTE.finditer(tag, name.end() if name else 0)


def _unquoted(value: str) -> str:
    return value[1:-1] if value[:1] in "\"'" else value


def _close_run(run: list[str]) -> list[tuple[str, bool]]:
    """A run of text and inline tags as pieces: space and enclosing tags around, the text in the middle."""
    before, after = list[str](), list[str]()
    parts = [part for token in run for part in _split_space(token)]
    while parts and _peels(parts):
        before.append(parts.pop(0))
    while parts and _peels(parts[::-1]):
        after.insert(0, parts.pop())
    text = "".join(parts)
    if not any(char.isalnum() for char in re.sub(r"<[^>]*>", "", _TEMPLATE_TAG.sub("", text))):
        return [(part, False) for part in run]
    return [(part, False) for part in before] + [(text, True)] + [(part, False) for part in after]


def _split_space(token: str) -> list[str]:
    if token.startswith("<") and len(token) > 1:
        return [token]
    core = token.strip()
    if not core:
        return [token]
    start = token.index(core)
    return [part for part in (token[:start], core, token[start + len(core) :]) if part]


def _peels(parts: list[str]) -> bool:
    """Whether the first part is no text: space, a void tag, or a tag whose partner is the last part or missing.

    Read from the other end, with `parts` reversed, closing tags play the part of opening ones.
    """
    first = parts[0]
    if not first.strip() or _VOID.match(first):
        return True
    if not first.startswith("<") or len(first) == 1:
        return False
    closing, depth = first.startswith("</"), 0
    for index, part in enumerate(parts):
        if part.startswith("<") and len(part) > 1 and not _VOID.match(part) and not part.endswith("/code>"):
            depth += 1 if part.startswith("</") == closing else -1
        if depth == 0:
            return index == len(parts) - 1 and index > 0
    return True
