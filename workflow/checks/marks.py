"""Marks in the articles themselves that lead nowhere or are left open: footnotes, references, HTML elements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markdown_it.token import Token

from workflow import html_text, inline, markdown
from workflow.article import Article
from workflow.finding import Finding, Severity
from workflow.segmentation import Document, lone_image
from workflow.settings import nearest

FRONT_KEYS = (
    "title",
    "description",
    "image",
    "image_alt",
    "image_caption",
    "date",
    "updated",
    "authors",
    "tags",
    "slug",
    "draft",
    "translate",
    "publish",
    "weight",
)
"""What the front matter can say; other keys are free for templates."""

_FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]")
_REFERENCE = re.compile(r"\]\[([^\[\]]*[^\W\d_][^\[\]]*)\]")
_VOID_CLOSING = re.compile(r"</(?:br|hr|img|input|wbr)\b", re.I)
_MAY_STAY_OPEN = frozenset(
    "p li dt dd option optgroup tr td th thead tbody tfoot colgroup rt rp body html head".split()
)
"""Elements that HTML itself closes."""


@dataclass(frozen=True, slots=True)
class _Tag:
    name: str
    source: str
    line: int
    within: int
    """The paragraph in which it was opened, by its place among the tokens; -1 outside of paragraphs."""


def marks(documents: Iterable[Document]) -> Iterator[Finding]:
    """Marks that lead nowhere or are left open, and misspelt keys of the front matter."""
    for document in documents:
        for line, check, text in (*_keys(document.article), *_text_marks(document), *_unbalanced(document)):
            yield Finding(document.article.shown, line, Severity.WARNING, check, text)


def _keys(article: Article) -> Iterator[tuple[int, str, str]]:
    for key, line in article.lines.items():
        near = nearest(key, FRONT_KEYS) if key not in FRONT_KEYS else ""
        if near:
            yield line, "front-matter", f"{key}: is no key that Ordbro knows; did you mean {near}:?"


def _inline_parts(document: Document, sign: str) -> Iterator[tuple[int, int, Token, list[Token]]]:
    """The inline tokens that hold a sign: place among all tokens, line of the file, the token, its parsed content."""
    first = line = document.article.body_line
    for place, token in enumerate(document.tokens):
        line = first + token.map[0] if token.map else line
        if token.type == "inline" and sign in token.content:
            yield place, line, token, markdown.parse_inline(token.content, markdown.scratch(document.env))


def _text_marks(document: Document) -> Iterator[tuple[int, str, str]]:
    """Footnote marks and references without a target, pictures without a description."""
    for _, line, token, children in _inline_parts(document, "["):
        picture = lone_image(children)
        if picture is not None and not picture.content.strip():
            address = picture.attrs.get("src")
            yield line, "picture", f"{address} has no description; write what it shows: ![description]({address})"
        for text in [child.content for child in inline.walk(children) if child.type == "text"]:
            for label in _FOOTNOTE.findall(text):
                if f"\\[^{label}" not in token.content:
                    told = f"there is no footnote for [^{label}]; add a line [^{label}]: … below the paragraph"
                    yield _line(token, line, f"[^{label}]"), "reference", told
            for label in _REFERENCE.findall(text):
                if "\\]" not in token.content and "\\[" not in token.content:
                    told = f"there is no address for [{label}]; add a line [{label}]: address below the paragraph"
                    yield _line(token, line, f"][{label}]"), "reference", told


def _line(token: Token, line: int, part: str) -> int:
    """The line on which a part of an inline token stands."""
    return line + token.content.count("\n", 0, max(token.content.find(part), 0))


def _unbalanced(document: Document) -> Iterator[tuple[int, str, str]]:
    """HTML elements that are opened and never closed, or closed and never opened."""
    stack, lost = list[_Tag](), list[_Tag]()
    for tag in _tags(document):
        if stack and 0 <= stack[-1].within != tag.within:
            lost += [each for each in stack if each.within >= 0]
            stack = [each for each in stack if each.within < 0]
        if not tag.source.startswith("</"):
            stack.append(tag)
        elif any(each.name == tag.name for each in stack):
            while (opened := stack.pop()).name != tag.name:
                lost.append(opened)
        elif tag.name not in _MAY_STAY_OPEN:
            yield tag.line, "html", f"{tag.source} closes an element that is not open here; take it away"
    for tag in (*lost, *stack):
        if tag.name not in _MAY_STAY_OPEN:
            yield tag.line, "html", f"{tag.source} is opened and not closed; write </{tag.name}> where it ends"


def _tags(document: Document) -> Iterator[_Tag]:
    """All HTML tags of elements that hold something, in order."""
    if "<" not in document.article.body:
        return
    first = document.article.body_line
    parts = {place: (line, children) for place, line, _, children in _inline_parts(document, "<")}
    for place, token in enumerate(document.tokens):
        if token.type == "html_block":
            yield from _tags_in(token.content, first + (token.map[0] if token.map else 0), -1)
        elif place in parts:
            line, children = parts[place]
            for child in inline.walk(children):
                if child.type == "html_inline":
                    yield from _tags_in(child.content, line, place)
                line += child.type in ("softbreak", "hardbreak")


def _tags_in(source: str, line: int, within: int) -> Iterator[_Tag]:
    for kind, part in html_text.tokens(source):
        holds = not html_text.is_void(part) and not part.endswith("/>") and not _VOID_CLOSING.match(part)
        if kind == html_text.TAG and holds:
            yield _Tag(html_text.tag_name(part), part, line, within)
        line += part.count("\n")
