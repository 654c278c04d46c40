"""Segmentation: an Article becomes a Document, and a Document the Segments that translators see.

`filling` walks the same segments to put translations back, so that the two cannot drift apart.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from markdown_it.token import Token

from workflow import html_text, inline, markdown, rendering
from workflow.article import Article
from workflow.directives import Directives, set_apart
from workflow.message import Message

SLUG = "slug"
"""Context of the message that holds the last part of an article's address."""

_HAS_TEXT_ATTRIBUTE = re.compile(rf"\b(?:{'|'.join((*html_text.TEXT_ATTRIBUTES, 'value'))})\s*=", re.I)
_FRONT_KINDS = {
    "title": "title",
    "description": "description",
    "image_alt": "image description",
    "image_caption": "caption",
    "tags": "tag",
}
_OPEN_KINDS = {
    "td_open": "table cell",
    "th_open": "table heading",
    "dt_open": "term",
    "admonition_title_open": "box title",
}
_OUTER_KINDS = {
    "list_item_open": "list item",
    "dd_open": "definition",
    "blockquote_open": "quotation",
    "footnote_reference_open": "footnote",
}


@dataclass(frozen=True, slots=True)
class Segment:
    """One text of an article as the translator sees it."""

    text: str
    """The source text: the msgid."""
    kind: str
    """What it is, in words: `heading 2`, `table cell`, `title`."""
    line: int
    """The line of the file on which its block begins, from 1."""
    role: str
    """How it is put back: `inline`, `alt`, `title`, `html`, `attribute` or `front` (front matter)."""
    notes: tuple[str, ...] = ()
    """What the editor tells the translator about it."""
    context: str | None = None
    """msgctxt."""
    place: str = ""
    """The id of the element that shows it on the source page, empty where it has none."""
    kept: bool = False
    """Whether it stands there as it is: it is not for translation."""

    @property
    def key(self) -> tuple[str | None, str]:
        """What identifies its message in the article's catalogue."""
        return self.context, self.text


@dataclass(frozen=True, slots=True)
class Document:
    """An article's blocks."""

    article: Article
    tokens: list[Token]
    """Block tokens; `inline` ones hold their source text and no children yet."""
    env: dict[str, Any] = field(default_factory=dict)
    """The document's reference definitions and footnotes."""


def parse_document(article: Article) -> Document:
    """Parse an article's blocks (not their inline text)."""
    env: dict[str, Any] = {}
    tokens = markdown.parse_blocks(article.body, env)
    return Document(article, set_apart(tokens) if "<!--" in article.body else tokens, env)


def front_segments(article: Article) -> Iterator[Segment]:
    """The segments of the front matter, and of the address."""
    for text in article.texts:
        key = text.key.partition(".")[0]
        yield Segment(text.value, _FRONT_KINDS.get(key, f"front matter {text.key}"), text.line, "front")
    if article.slug and article.name != "index":
        yield Segment(
            article.slug,
            "last part of the address",
            1,
            "front",
            context=SLUG,
            notes=("Small letters, digits and hyphens. Changing it changes the page's address.",),
        )


def block_segments(document: Document) -> Iterator[tuple[int, Segment]]:
    """The texts of the body with the index of the token they stand in, in order; some may be `kept`."""
    article = document.article
    outer, line, first = list[str](), article.body_line, article.body_line
    active = Directives() if "<!--" in article.body else None
    notes: tuple[str, ...] = ()
    kept = not article.translatable
    for index, token in enumerate(document.tokens):
        if active is not None:
            active.meet(token)
            notes, kept = active.notes, not active.on or not article.translatable
        nesting = token.nesting
        if nesting == -1:
            outer.pop()
            continue
        if token.map:
            line = first + token.map[0]
        if nesting == 1:
            outer.append(token.type)
        found: Iterable[Segment] = ()
        if token.attrs:
            found = _attribute_segments(token, line, notes)
        if token.type == "inline":
            found = (*found, *_inline_segments(document, index, outer, line, notes))
        elif token.type == "html_block":
            found = (*found, *_html_segments(token.content, line, notes))
        for segment in found:
            yield index, replace(segment, kept=True) if kept else segment


def _attribute_segments(token: Token, line: int, notes: tuple[str, ...]) -> Iterator[Segment]:
    for name, value in token.attrs.items():
        if name in html_text.TEXT_ATTRIBUTES and html_text.has_letters(str(value)):
            yield Segment(str(value), attribute_kind(name), line, "attribute", notes)


def segments(document: Document) -> Iterator[Segment]:
    """All segments of an article in reading order; none when it is not for translation."""
    if document.article.translatable:
        yield from front_segments(document.article)
        yield from (segment for _, segment in block_segments(document) if not segment.kept)


def template_messages(document: Document, address: str = "") -> tuple[Message, ...]:
    """The messages of an article's `.pot`: equal texts are one message with several references.

    `address` is the absolute address of the article's page in the source language, if it is known.
    """
    found: dict[tuple[str | None, str], list[Segment]] = {}
    for segment in segments(document):
        found.setdefault((segment.context, segment.text), []).append(segment)
    shown = document.article.shown
    return tuple([_message(same, shown, address) for same in found.values()])


def anchor(text: str) -> str:
    """The id of the element that shows a segment: the same on every machine, made of its source text."""
    return "s-" + hashlib.blake2s(text.encode(), digest_size=5).hexdigest()


def _inline_segments(
    document: Document, index: int, outer: list[str], line: int, notes: tuple[str, ...]
) -> Sequence[Segment]:
    content, env = document.tokens[index].content, document.env
    if content.startswith(("![", "[![")):
        picture = lone_image(markdown.parse_inline(content, markdown.scratch(env)))
        if picture is not None:
            return tuple(_image_segments(picture, line, notes))
    text = inline.to_message(content, env)
    found: tuple[Segment, ...] = ()
    if inline.has_words(text, env):
        place = _place(carrier(document.tokens, index), text)
        kind = _kind(document.tokens[index - 1], outer)
        found = (Segment(text, kind, line, "inline", notes, None, place),)
    if "<" in content and _HAS_TEXT_ATTRIBUTE.search(content):
        return found + tuple(_tag_segments(content, line, notes, env))
    return found


def _tag_segments(content: str, line: int, notes: tuple[str, ...], env: dict[str, Any]) -> Iterator[Segment]:
    for child in markdown.parse_inline(content, markdown.scratch(env)):
        if child.type == "html_inline":
            for name, value in html_text.tag_texts(child.content):
                yield Segment(value, attribute_kind(name), line, "attribute", notes)


def carrier(tokens: list[Token], index: int) -> Token | None:
    """The block element that holds the inline token at `index` and so can have its id and language, if any."""
    opening = tokens[index - 1]
    if opening.hidden:
        opening = tokens[index - 2]
    return opening if opening.nesting == 1 and not opening.hidden else None


def _place(element: Token | None, text: str) -> str:
    return str(element.attrs.get("id") or anchor(text)) if element else ""


def lone_image(children: list[Token]) -> Token | None:
    """The image of inline tokens that hold nothing else (but perhaps a link without a title around it)."""
    kinds = [child.type for child in children]
    if kinds == ["image"]:
        return children[0]
    linked = kinds == ["link_open", "image", "link_close"] and "title" not in children[0].attrs
    return children[1] if linked else None


def _image_segments(picture: Token, line: int, notes: tuple[str, ...]) -> Iterator[Segment]:
    for role, kind, text, place in (
        ("alt", "image description", rendering.plain_text(picture.children or []), picture.attrs.get("id")),
        ("title", "caption", str(picture.attrs.get("title", "")), None),
    ):
        if html_text.has_letters(markdown.TEMPLATE_TAG.sub("", text)):
            shown = " ".join(text.split())
            yield Segment(shown, kind, line, role, notes, place=str(place or anchor(shown)))


def _html_segments(source: str, line: int, notes: tuple[str, ...]) -> Iterator[Segment]:
    for piece in html_text.partition(source):
        if piece.kind == html_text.RAW:
            continue
        if piece.kind == html_text.TEXT:
            yield Segment(html_text.to_message(piece.raw), "text in HTML", line + piece.line, "html", notes)
        for kind, part in html_text.tokens(piece.raw):
            if kind == html_text.TAG:
                for name, value in html_text.tag_texts(part):
                    yield Segment(value, attribute_kind(name), line + piece.line, "attribute", notes)


def attribute_kind(name: str) -> str:
    """What an HTML attribute's text is, in words."""
    return "image description" if name == "alt" else f"{name} attribute"


def _kind(opening: Token, outer: list[str]) -> str:
    if opening.type == "heading_open":
        return f"heading {opening.tag[1:]}"
    if opening.type in _OPEN_KINDS:
        return _OPEN_KINDS[opening.type]
    for kind in reversed(outer):
        if kind in _OUTER_KINDS:
            return _OUTER_KINDS[kind]
    return "paragraph"


def _message(same: list[Segment], shown: str, address: str) -> Message:
    first = same[0]
    place = f"{address}#{first.place}" if address and first.place else address
    kind, notes = first.kind, first.notes
    references: tuple[str, ...] = (f"{shown}:{first.line}",)
    if len(same) > 1:
        kind = ", ".join(dict.fromkeys(segment.kind for segment in same))
        notes = tuple(dict.fromkeys(note for segment in same for note in segment.notes))
        references = tuple(dict.fromkeys(f"{shown}:{segment.line}" for segment in same))
    extracted = (kind, *notes, place) if place else (kind, *notes)
    return Message(first.text, msgctxt=first.context, extracted=extracted, references=references)
