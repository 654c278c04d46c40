"""Whether a translation may stand where its source stood: it may lose no tag and bring nothing new.

Catalogues are untrusted input. Everything here compares parsed text with parsed text, so that no
way of writing something slips through.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from markdown_it.token import Token

from workflow import html_text, inline
from workflow.markdown import TEMPLATE_TAG

EXACT = ("html", "raw", "image", "footnote", "template", "attributes")
"""Kinds of protected items that must stand in the translation as often as in the source."""

_NAMES = {
    "html": "HTML tag",
    "raw": "code inside an HTML element",
    "image": "picture",
    "footnote": "footnote mark",
    "template": "template tag",
    "attributes": "attributes in braces",
    "link": "link address",
    "code": "code",
}
_ARTICLES = {"html": "an ", "raw": "", "attributes": ""}
_MARKS = {
    "em": "emphasis (*…*)",
    "strong": "strong emphasis (**…**)",
    "s": "strikethrough (~~…~~)",
    "code": "code (`…`)",
    "a": "a link",
    "img": "a picture",
    "span": "a span",
}
_FOOTNOTE_MARK = re.compile(r"\[\^[^\]\s]+\]")
_WORD_TAGS = html_text.INLINE_TAGS | {"font"}
"""HTML elements that may stand in any order among the words, as long as they are closed."""

Step = tuple[bool, str]
"""An opening (True) or closing mark and its name."""


def inline_problems(source: list[Token], target: list[Token]) -> list[str]:
    """Why inline Markdown cannot be used as the translation of other inline Markdown; empty if it can."""
    here, there = inline.protected(source), inline.protected(target)
    found = [*_exact_differences(here, there), *_new_links(here, there)]
    found += [
        f"has {_MARKS.get(name, name)}, which the source text does not have"
        for name in sorted(inline.elements(target) - inline.elements(source))
    ]
    if _titled(target) - _titled(source):
        found.append("gives a link or picture a title, which it does not have in the source text")
    known_marks = _text(source)
    found += [
        f"has a footnote mark that the source text does not have: {mark}"
        for mark in _FOOTNOTE_MARK.findall(_text(target))
        if mark not in known_marks
    ]
    return found or _order_problems(list(_steps(source)), list(_steps(target)))


def inline_losses(source: list[Token], target: list[Token]) -> list[str]:
    """What a usable translation leaves out or changes all the same: links, code, emphasis, line breaks."""
    here, there = inline.protected(source), inline.protected(target)
    found = [
        f"lacks the {_NAMES[kind]} {value}"
        for kind, value in here - there
        if kind == "link" or (kind == "code" and (kind, value) not in there)
    ]
    found += [
        f"lacks {_MARKS.get(name, name)}"
        for name in sorted(inline.elements(source) - inline.elements(target))
        if name not in ("a", "code", "img")
    ]
    if _breaks(target) < _breaks(source):
        found.append("lacks a line break (a backslash at the end of the line)")
    return found


def html_problems(source: str, target: str) -> list[str]:
    """Why text with HTML tags cannot be used as the translation of other such text; empty if it can."""
    here, there = (Counter(_html_items(text)) for text in (source, target))
    return list(_exact_differences(here, there)) or _order_problems(
        list(_html_steps(source)), list(_html_steps(target))
    )


def plain_problems(source: str, target: str) -> list[str]:
    """Why text without any markup cannot be used as the translation of other such text; empty if it can."""
    here, there = (Counter(("template", tag) for tag in TEMPLATE_TAG.findall(text)) for text in (source, target))
    return list(_exact_differences(here, there))


def footnote_environment(source: str) -> dict[str, Any]:
    """An environment for parsing a source text or its translation, which knows just the footnotes of the source."""
    labels = [mark[2:-1] for mark in _FOOTNOTE_MARK.findall(source)]
    return {"footnotes": {"refs": {f":{label}": -1 for label in labels}, "list": {}}} if labels else {}


def _exact_differences(here: Counter[tuple[str, str]], there: Counter[tuple[str, str]]) -> Iterator[str]:
    for (kind, value), count in (there - here).items():
        if kind in EXACT:
            if here[kind, value]:
                yield f"has the {_NAMES[kind]} {value} more often than the source text ({count} too many)"
            else:
                yield f"has {_ARTICLES.get(kind, 'a ')}{_NAMES[kind]} that the source text does not have: {value}"
    for kind, value in here - there:
        if kind in EXACT:
            yield f"lacks the {_NAMES[kind]} {value}"


def _new_links(here: Counter[tuple[str, str]], there: Counter[tuple[str, str]]) -> Iterator[str]:
    for kind, value in there - here:
        if kind == "link":
            what = (
                "has more links to an address than the source text"
                if here[kind, value]
                else "has a link to an address that the source text does not link to"
            )
            yield f"{what}: {value}"


def _text(tokens: list[Token]) -> str:
    return "".join(token.content for token in inline.walk(tokens) if token.type == "text")


def _breaks(tokens: list[Token]) -> int:
    """The number of places at which a line may be broken: a translator may write a break as a bare line end."""
    return sum(token.type in ("hardbreak", "softbreak") for token in tokens)


def _titled(tokens: list[Token]) -> Counter[str]:
    return Counter(
        f"{token.type} {token.attrs.get('href') or token.attrs.get('src')}"
        for token in inline.walk(tokens)
        if token.attrs.get("title")
    )


def _html_items(text: str) -> Iterator[tuple[str, str]]:
    for kind, part in html_text.tokens(text):
        if kind == html_text.TEXT:
            yield from (("template", tag) for tag in TEMPLATE_TAG.findall(part))
        else:
            yield "html", part


def _order_problems(source: list[Step], target: list[Step]) -> list[str]:
    """Why tags that are the same as in the source cannot stand in the order in which they stand now."""
    free = all(name.startswith("md-") or name in _WORD_TAGS for _, name in source) and _nested(source)
    if free and not _nested(target):
        return [
            "closes its tags or marks in the wrong order (the last one first is right), or has a link inside a link"
        ]
    if not free and source != target:
        return ["has its tags and marks in another order than the source text"]
    return []


def _steps(tokens: list[Token]) -> Iterator[Step]:
    """Opening and closing marks in order, those of Markdown and of HTML alike."""
    for token in tokens:
        if token.type == "html_inline":
            yield from _html_steps(token.content)
        elif token.nesting:
            yield token.nesting == 1, f"md-{token.tag}"


def _html_steps(source: str) -> Iterator[Step]:
    for kind, part in html_text.tokens(source):
        name = html_text.tag_name(part) if kind == html_text.TAG else ""
        if name and (name not in _WORD_TAGS or not html_text.is_void(part)):
            yield not part.startswith("</"), name


def _nested(steps: Iterable[Step]) -> bool:
    """Whether all that is opened is closed, the last one first, and no link stands in another."""
    stack = list[str]()
    for opening, name in steps:
        if opening:
            if name in ("a", "md-a") and ("a" in stack or "md-a" in stack):
                return False
            stack.append(name)
        elif not stack or stack.pop() != name:
            return False
    return not stack
