"""Articles made of a few lines, rendered in the ways that tests compare."""

from __future__ import annotations

import re
from collections.abc import Iterator

from justhtml import JustHTML

from workflow.article import Article, parse_article
from workflow.config import TRANSLATE_KEYS
from workflow.filling import SOURCE, Filled, Languages, Target, fill
from workflow.html_text import TEXT_ATTRIBUTES
from workflow.segmentation import Document, Segment, parse_document, segments

LANGUAGES = Languages("sv", "en")
MARK = " ⟪märkt⟫"
"""What a changed message has at its end."""
FRONT = "---\ntitle: A title\n---\n"
INLINE = frozenset(("a", "em", "strong", "s", "code", "img", "br", "sup", "span", "b", "i", "abbr", "kbd", "small"))
"""Elements that stand among the words, and so may be missing in a translation."""

_MARKED_SPAN = re.compile(r'<span(?: lang="(?:en|sv)")?(?: data-state="\w+")?>')
_MARKS = re.compile(r' lang="(?:en|sv)"| data-state="\w+"')

Skeleton = list[tuple[str, ...]]


def article(text: str, keys: tuple[str, ...] = TRANSLATE_KEYS) -> Article:
    """An article of this text; where it has no front matter, it gets a title."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return parse_article(text if _has_front(text) else FRONT + text, "news/x.md", "source/news/x.md", keys)


def document(text: str) -> Document:
    """The document of such an article."""
    return parse_document(article(text))


def found(text: str) -> list[Segment]:
    """Its segments, without those of a front matter that it does not have itself, and without the address."""
    own = _has_front(text)
    return [each for each in segments(document(text)) if each.context is None and (own or each.role != "front")]


def source_page(text: str) -> str:
    """The body of the page in the source language."""
    return fill(document(text), lambda _segment: Target("")).html


def empty_page(text: str) -> str:
    """The body of a translated page with nothing translated."""
    return fill(document(text), lambda _segment: Target("", SOURCE), LANGUAGES).html


def changed_page(text: str) -> Filled:
    """A translated page on which every message is its own translation with a mark at its end."""
    return fill(document(text), lambda segment: Target(segment.text + MARK), LANGUAGES)


def with_message(text: str, msgid: str, msgstr: str) -> Filled:
    """A translated page on which one message has a translation, the others none."""

    def lookup(segment: Segment) -> Target:
        return Target(msgstr) if segment.text == msgid else Target("", SOURCE)

    return fill(document(text), lookup, LANGUAGES)


def unmarked(html: str) -> str:
    """HTML without marks of language and state, and without the mark of a changed message."""
    pieces, opened = list[str](), list[bool]()
    for part in re.split(r"(<span\b[^>]*>|</span>)", html):
        if part.startswith("<span"):
            opened.append(_MARKED_SPAN.fullmatch(part) is not None and part != "<span>")
            part = "" if opened[-1] else part
        elif part == "</span>" and opened and opened.pop():
            part = ""
        pieces.append(part)
    return normal(_MARKS.sub("", "".join(pieces)).replace(MARK, ""))


def normal(html: str) -> str:
    """HTML in which a no-break space is written as itself: an attribute that is filled has no references."""
    return html.replace("&nbsp;", "\u00a0")


def skeleton(html: str) -> Skeleton:
    """The elements that a browser makes of HTML, in order, with their attributes; text is left out.

    Marks of language and state are no part of it; of attributes with text only the name is.
    """
    return list(_walk(JustHTML(f"<main>{html}</main>", sanitize=False).root))


def blocks(html: str) -> Skeleton:
    """The skeleton without what stands among the words."""
    return [step for step in skeleton(html) if step[1] not in INLINE]


def inline_elements(html: str) -> list[tuple[str, ...]]:
    """The elements among the words, sorted."""
    return sorted(step for step in skeleton(html) if step[1] in INLINE and step[0] == "<")


def script_text(node: object) -> str:
    """All characters below a node of the tree."""
    own = str(getattr(node, "data", "") or "") if getattr(node, "name", "") == "#text" else ""
    return own + "".join(script_text(child) for child in getattr(node, "children", None) or ())


def _has_front(text: str) -> bool:
    return text.startswith("---\ntitle:")


def _walk(node: object) -> Iterator[tuple[str, ...]]:
    name = str(getattr(node, "name", ""))
    attributes = _attributes(node)
    counts = not name.startswith(("#", "!")) and not (name == "span" and not attributes)
    if counts:
        yield ("<", name, *attributes)
    for child in getattr(node, "children", None) or ():
        yield from _walk(child)
    if counts:
        yield (">", name)
    elif name.startswith("#comment"):
        yield ("comment", str(getattr(node, "data", "")))


def _attributes(node: object) -> list[str]:
    attrs = getattr(node, "attrs", None) or {}
    kept = {name: value for name, value in attrs.items() if name not in ("lang", "data-state")}
    return [
        name if name in TEXT_ATTRIBUTES and name != "aria-labelledby" else f"{name}={value}"
        for name, value in sorted(kept.items())
    ]
