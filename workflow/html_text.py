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

from workflow.markdown import TEMPLATE_TAG

TEXT_ATTRIBUTES = frozenset(
    (
        "alt",
        "title",
        "placeholder",
        "label",
        "aria-label",
        "aria-description",
        "aria-roledescription",
        "aria-valuetext",
        "aria-placeholder",
    )
)
"""Attributes that readers see or hear."""

INLINE_TAGS = frozenset(
    "a abbr b bdi bdo br cite code data del dfn em i img ins kbd mark q ruby rb rp rt s samp small span strong "
    "sub sup time u var wbr".split()
)
"""Elements that stand within a sentence."""

BOUNDARY_TAGS = frozenset(("br",))
"""Those of them that part one text from the next in raw HTML."""

RAW_ELEMENTS = frozenset("script style textarea pre template iframe math xmp noembed noframes plaintext code".split())
"""Elements whose content is no text for translators."""

TAG, TEXT, RAW = "tag", "text", "raw"
"""Kinds of pieces: a tag; text; a comment, the content of a raw element, space."""

_TOKEN = re.compile(
    r"(?P<raw><!--.*?(?:-->|\Z)|<[!?][^>]*(?:>|\Z))"
    r"|(?P<tag></?(?P<name>[A-Za-z][^\s/>\"'<]*+)(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^'\">])*+(?:>|\Z))"
    r"|(?P<text>[^<]+|<)",
    re.S,
)
_TAG_NAME = re.compile(r"</?([A-Za-z][^\s/>]*)")
_ATTRIBUTE = re.compile(r"(?P<name>[^\s\"'<>/=]+)(?:\s*=\s*(?P<value>\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?")
_BUTTON = re.compile(r"<input\b[^>]*?\btype\s*=\s*[\"']?(?:submit|button|reset)\b", re.I)
_VOID = re.compile(r"<(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)\b", re.I)
_SPACE = re.compile(r"[ \t]*\n[ \t\n]*")
_LETTER = re.compile(r"[^\W_]")
_REFERENCE = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);")
_BARE_AMPERSAND = re.compile(r"&(?!#?\w+;)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of HTML."""

    raw: str
    """Its source, to the letter."""
    kind: str
    """TAG, RAW, or TEXT: what translators get, with the inline tags in it, without space around."""
    line: int
    """Lines between the start of the HTML and the start of the piece."""


def partition(source: str) -> tuple[Piece, ...]:
    """Cut HTML into markup and text; the pieces' `raw` joined is `source`."""
    pieces, run, line = list[tuple[str, str]](), list[tuple[str, str]](), 0
    inside = ""
    for kind, part in tokens(source):
        name = tag_name(part) if kind == TAG else ""
        if kind == TEXT or (name in INLINE_TAGS and name not in BOUNDARY_TAGS) or (kind == RAW and inside == "code"):
            run.append((kind, part))
        else:
            pieces += _close_run(run)
            run = []
            pieces.append((kind, part))
        inside = name
    pieces += _close_run(run)
    made = list[Piece]()
    for kind, part in pieces:
        made.append(Piece(part, kind, line))
        line += part.count("\n")
    return tuple(made)


def tokens(source: str) -> Iterator[tuple[str, str]]:
    """The tags, texts and raw stretches of HTML in order: (kind, source)."""
    position, lowered = 0, ""
    while found := _TOKEN.match(source, position):
        position = found.end()
        kind = found.lastgroup or TEXT
        yield (TAG if kind == "name" else kind), found[0]
        name = (found["name"] or "").lower()
        if name in RAW_ELEMENTS and is_opening(found[0]):
            lowered = lowered or source.lower()
            end = lowered.find(f"</{name}", position)
            end = end if end >= 0 and len(lowered) == len(source) else len(source)
            if end > position:
                yield RAW, source[position:end]
            position = end


def tag_name(tag: str) -> str:
    """The name of a tag's element, in small letters; empty for what is no tag."""
    found = _TAG_NAME.match(tag)
    return found[1].lower() if found else ""


def to_message(raw: str) -> str:
    """The msgid of a text piece: line ends become spaces."""
    return _SPACE.sub(" ", raw)


def has_letters(text: str) -> bool:
    """Whether there is a letter or digit in a text."""
    return _LETTER.search(text) is not None


def tag_texts(tag: str) -> Iterator[tuple[str, str]]:
    """The attributes of a tag that readers see or hear: (name, value), the value without entities."""
    for found in _attributes(tag):
        name, value = found["name"].lower(), unescape(_unquoted(found["value"] or ""))
        if _is_read(tag, name) and has_letters(TEMPLATE_TAG.sub("", value)):
            yield name, value


def fill_tag(tag: str, translate: Callable[[str, str], str]) -> str:
    """A tag with its readable attributes replaced: `translate(name, value)` gives the new value."""

    def change(name: str, value: str) -> str:
        return translate(name, value) if _is_read(tag, name) and has_letters(TEMPLATE_TAG.sub("", value)) else value

    return change_attributes(tag, change)


def change_attributes(tag: str, change: Callable[[str, str], str]) -> str:
    """A tag with other values in its attributes; what `change(name, value)` leaves alone stays to the letter."""
    pieces, position = list[str](), 0
    for found in _attributes(tag):
        if found["value"] is None:
            continue
        value = unescape(_unquoted(found["value"]))
        new = change(found["name"].lower(), value)
        if new != value:
            pieces += [tag[position : found.start("value")], _quoted(new, found["value"][0])]
            position = found.end("value")
    return "".join(pieces) + tag[position:]


def escape(text: str) -> str:
    """Text that may hold entities, made safe to stand between tags."""
    return _BARE_AMPERSAND.sub("&amp;", text).replace("<", "&lt;").replace(">", "&gt;")


def unescape(value: str) -> str:
    """An attribute's value without character references (those that end with a semicolon)."""
    return _REFERENCE.sub(lambda found: html.unescape(found[0]), value)


def with_attributes(tag: str, attributes: str) -> str:
    """An opening tag with more attributes written behind its name."""
    name = _TAG_NAME.match(tag)
    end = name.end() if name else 1
    return f"{tag[:end]} {attributes}{tag[end:]}"


def is_void(tag: str) -> bool:
    """Whether this is the tag of an element that never holds anything."""
    return _VOID.match(tag) is not None


def is_opening(tag: str) -> bool:
    """Whether this is the opening tag of an element that holds something."""
    return re.match(r"<[A-Za-z]", tag) is not None and tag.endswith(">") and not is_void(tag)


def _is_read(tag: str, name: str) -> bool:
    return name in TEXT_ATTRIBUTES or (name == "value" and _BUTTON.match(tag) is not None)


def _attributes(tag: str) -> Iterator[re.Match[str]]:
    if re.match(r"<[A-Za-z]", tag):
        name = _TAG_NAME.match(tag)
        yield from _ATTRIBUTE.finditer(tag, name.end() if name else 0)


def _unquoted(value: str) -> str:
    return value[1:-1] if value[:1] in ('"', "'") else value


def _quoted(value: str, mark: str) -> str:
    """An attribute's value between quotation marks, those that `mark` is if it is one."""
    mark = mark if mark == "'" else '"'
    return mark + html.escape(value, quote=False).replace(mark, "&quot;" if mark == '"' else "&#x27;") + mark


def _close_run(run: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """A run of text and inline tags as pieces: space and enclosing tags around, the text in the middle."""
    if not any(kind == TEXT and has_letters(TEMPLATE_TAG.sub("", part)) for kind, part in run):
        return [(RAW if kind == TEXT else kind, part) for kind, part in run]
    parts = [each for token in run for each in _split_space(*token)]
    first, last = _trimmed(parts)
    text = "".join(part for _, part in parts[first : last + 1])
    return [*parts[:first], (TEXT, text), *parts[last + 1 :]]


def _trimmed(parts: list[tuple[str, str]]) -> tuple[int, int]:
    """The first and the last part that belong to the text: without space, void tags and enclosing tags."""
    partners = _partners(parts)
    first, last = 0, len(parts) - 1
    while True:
        inside = range(first + 1, last)
        if _is_space(parts[first]):
            first += 1
        elif _is_space(parts[last]):
            last -= 1
        elif partners.get(first) == last:
            first, last = first + 1, last - 1
        elif parts[first][0] == TAG and partners.get(first, -1) not in inside:
            first += 1
        elif parts[last][0] == TAG and partners.get(last, -1) not in inside:
            last -= 1
        else:
            return first, last


def _is_space(part: tuple[str, str]) -> bool:
    return (part[0] == RAW and not part[1].strip()) or (part[0] == TAG and is_void(part[1]))


def _split_space(kind: str, part: str) -> list[tuple[str, str]]:
    core = part.strip()
    if kind != TEXT or not core:
        return [(RAW if kind == TEXT else kind, part)]
    start = part.index(core)
    cut = ((RAW, part[:start]), (TEXT, core), (RAW, part[start + len(core) :]))
    return [each for each in cut if each[1]]


def _partners(parts: list[tuple[str, str]]) -> dict[int, int]:
    """Which tag closes or opens which, by their places, whatever they are called."""
    partners, stack = dict[int, int](), list[int]()
    for index, (kind, part) in enumerate(parts):
        if kind != TAG or is_void(part):
            continue
        if not part.startswith("</"):
            stack.append(index)
        elif stack:
            opening = stack.pop()
            partners[opening], partners[index] = index, opening
    return partners
