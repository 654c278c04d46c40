"""Whether a translation may stand where its source stood: it may lose no tag and bring nothing new.

Catalogues are untrusted input. Everything here compares parsed inline text with parsed inline
text, so that no way of writing something slips through.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from markdown_it.token import Token

from workflow import html_text, inline

EXACT = ("html", "image", "footnote", "template", "attributes")
"""Kinds of protected items that must stand in the translation as often as in the source."""

_NAMES = {
    "html": "HTML tag",
    "image": "picture",
    "footnote": "footnote mark",
    "template": "template tag",
    "attributes": "attributes",
    "link": "link address",
    "code": "code",
    "element": "mark",
}
_FOOTNOTE_MARK = re.compile(r"\[\^[^\]\s]+\]")
_VOID = re.compile(r"<(?:br|img|wbr|input|hr|area|col|embed|link|meta|source|track)\b|<[!?]", re.I)
_TAG_NAME = re.compile(r"</?([A-Za-z][^\s/>]*)")


def inline_problems(source: list[Token], target: list[Token]) -> list[str]:
    """Why inline Markdown cannot be used as the translation of other inline Markdown; empty if it can."""
    here, there = inline.protected(source), inline.protected(target)
    found = list(_exact_differences(here, there))
    known = {item for item in here if item[0] not in EXACT}
    found += [
        f"brings a {_NAMES[kind]} that the source lacks: {value}"
        for kind, value in there
        if kind == "link" and (kind, value) not in known
    ]
    found += [
        f"brings {_element(name)}, which the source lacks"
        for name in sorted(inline.elements(target) - inline.elements(source))
    ]
    if _titled(target) - _titled(source):
        found.append("gives a link or picture a title that the source lacks")
    text = "".join(token.content for token in inline.walk(target) if token.type == "text")
    known_marks = "".join(token.content for token in inline.walk(source) if token.type == "text")
    found += [
        f"refers to a footnote that the source does not: {mark}"
        for mark in _FOOTNOTE_MARK.findall(text)
        if mark not in known_marks
    ]
    if not found and _nested(_steps(source)) and not _nested(_steps(target)):
        found.append("closes its tags in the wrong order")
    return found


def inline_losses(source: list[Token], target: list[Token]) -> list[str]:
    """What a usable translation leaves out or changes all the same: links, code, emphasis."""
    here, there = inline.protected(source), inline.protected(target)
    found = [
        f"lacks the {_NAMES[kind]} {value}"
        for kind, value in here
        if kind in ("link", "code") and (kind, value) not in there
    ]
    found += [
        f"lacks {_element(name)}"
        for name in sorted(inline.elements(source) - inline.elements(target))
        if name not in ("a", "code", "img")
    ]
    return found


def html_problems(source: str, target: str) -> list[str]:
    """Why text with HTML tags cannot be used as the translation of other such text; empty if it can."""
    here = Counter(("html", part) for is_tag, part in html_text.tokens(source) if is_tag)
    there = Counter(("html", part) for is_tag, part in html_text.tokens(target) if is_tag)
    found = list(_exact_differences(here, there))
    if not found and _nested(_html_steps(source)) and not _nested(_html_steps(target)):
        found.append("closes its tags in the wrong order")
    return found


def footnote_environment(source: str) -> dict[str, Any]:
    """An environment for parsing a source text or its translation, which knows just the footnotes of the source."""
    labels = [mark[2:-1] for mark in _FOOTNOTE_MARK.findall(source)]
    return {"footnotes": {"refs": {f":{label}": -1 for label in labels}, "list": {}}} if labels else {}


def _exact_differences(here: Counter[tuple[str, str]], there: Counter[tuple[str, str]]) -> Iterator[str]:
    for (kind, value), count in (there - here).items():
        if kind in EXACT:
            what = "brings a" if not here[kind, value] else f"has {count} more of the"
            yield f"{what} {_NAMES[kind]} that the source lacks: {value}"
    for kind, value in here - there:
        if kind in EXACT:
            yield f"lacks the {_NAMES[kind]} {value}"


def _element(name: str) -> str:
    marks = {
        "em": "emphasis (*…*)",
        "strong": "strong emphasis (**…**)",
        "s": "strikethrough (~~…~~)",
        "code": "code (`…`)",
        "a": "a link",
        "img": "a picture",
        "span": "a span",
    }
    return marks.get(name, name)


def _titled(tokens: list[Token]) -> set[str]:
    return {
        str(token.attrs.get("href") or token.attrs.get("src"))
        for token in inline.walk(tokens)
        if token.attrs.get("title")
    }


def _steps(tokens: list[Token]) -> Iterator[tuple[bool, str]]:
    """Opening (True) and closing (False) marks in order, those of Markdown and of HTML alike."""
    for token in tokens:
        if token.type == "html_inline":
            yield from _html_steps(token.content)
        elif token.nesting:
            yield token.nesting == 1, f"md-{token.tag}"


def _html_steps(source: str) -> Iterator[tuple[bool, str]]:
    for is_tag, part in html_text.tokens(source):
        name = _TAG_NAME.match(part)
        if is_tag and name and not _VOID.match(part) and not part.endswith("/>") and "</" not in part[2:]:
            yield not part.startswith("</"), name[1].lower()


def _nested(steps: Iterable[tuple[bool, str]]) -> bool:
    stack = list[str]()
    for opening, name in steps:
        if opening:
            stack.append(name)
        elif not stack or stack.pop() != name:
            return False
    return not stack
