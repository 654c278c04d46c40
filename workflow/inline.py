"""Inline Markdown as translators see it, and what in it no translation may change."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from markdown_it.token import Token

from workflow import html_text, markdown

_SOFT_BREAK = re.compile(r" *\n[ \t]*")
_NEEDS_PARSING = re.compile(r"[`<\[\\]|  \n|\t")
_ENTITY_LIKE = re.compile(r"&(?=#?\w+;)")
_BARE_DESTINATION = re.compile(r"[^\s<>()\\\x00-\x1f]+")
_NO_WORDS = re.compile(r"`[^`]*`|<[^>]*>|\{\{.*?\}\}|\{%.*?%\}|[\W_]+", re.S)

FREE = frozenset(("text", "softbreak", "hardbreak"))
"""Inline tokens that a translation may bring as it likes."""


def to_message(content: str, env: dict[str, Any]) -> str:
    """The msgid of an inline token's content.

    Soft breaks become one space, hard breaks a backslash and a line end; reference links become
    inline links, for their labels mean nothing outside the article.
    """
    references = "[" in content and bool(env.get("references"))
    if "\n" not in content and not references:
        return content
    if not references and not _NEEDS_PARSING.search(content):
        return _SOFT_BREAK.sub(" ", content)
    env = markdown.scratch(env)
    edits = sorted(_edits(content, markdown.parse_inline(content, env), env, 0))
    return _apply(content, edits)


def has_words(text: str, env: dict[str, Any]) -> bool:
    """Whether inline Markdown has anything to translate besides code, HTML and template tags."""
    if _NO_WORDS.sub("", text):
        return True
    if not any(char.isalnum() for char in text):
        return False
    return _words_in(markdown.parse_inline(text, markdown.scratch(env)))


def protected(tokens: list[Token]) -> Counter[tuple[str, str]]:
    """What a translation must keep as it is, and how often it stands there: (kind, value).

    Kinds: `link`, `image`, `html`, `code`, `footnote`, `template`, `attributes`.
    """
    return Counter(_protected(tokens))


def elements(tokens: list[Token]) -> frozenset[str]:
    """The names of the HTML elements that Markdown marks in these tokens make (`em`, `strong`, …)."""
    return frozenset(each.tag for each in walk(tokens) if each.tag and each.type not in FREE)


def walk(tokens: list[Token]) -> Iterator[Token]:
    """All tokens, those inside image descriptions included."""
    for token in tokens:
        yield token
        if token.type == "image":
            yield from walk(token.children or [])


def _words_in(tokens: list[Token]) -> bool:
    return any(
        (token.type == "text" and any(char.isalnum() for char in token.content))
        or (token.type == "html_inline" and any(True for _ in html_text.tag_texts(token.content)))
        for token in walk(tokens)
    )


def _protected(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    for token in walk(tokens):
        attributes = {k: v for k, v in token.attrs.items() if k not in ("href", "src", "alt", "title")}
        if attributes:
            yield "attributes", f"{token.tag} {sorted(attributes.items())}"
        if token.type == "link_open":
            yield "link", str(token.attrs.get("href", ""))
        elif token.type == "image":
            yield "image", str(token.attrs.get("src", ""))
        elif token.type == "html_inline":
            yield "html", token.content
        elif token.type == "code_inline":
            yield "code", token.content
        elif token.type == "footnote_ref":
            yield "footnote", f"[^{token.meta['label']}]"
        elif token.type == "template":
            yield "template", token.content


def _edits(text: str, tokens: list[Token], env: dict[str, Any], offset: int) -> Iterator[tuple[int, int, str]]:
    """The replacements (start, end, new text) that turn inline source into a msgid; they do not overlap."""
    for token in tokens:
        if "span" not in token.meta:
            continue
        start, end = (offset + position for position in token.meta["span"])
        if token.type in ("softbreak", "hardbreak"):
            first = start
            while text[first - 1] == " ":
                first -= 1
            yield first, end, " " if token.type == "softbreak" else "\\\n"
        elif token.type == "code_inline" and "\n" in text[start:end]:
            yield start, end, text[start:end].replace("\n", " ")
        elif token.type == "image":
            inner = text[start + 2 : offset + markdown.label_end(text[offset:], start + 1 - offset, env)]
            yield from _edits(text, markdown.parse_inline(inner, env), env, start + 2)
            yield from _tail_edit(text, token, start + 1, end, env, offset)
        elif token.type == "link_open":
            yield from _tail_edit(text, token, start, end, env, offset)


def _tail_edit(
    text: str, token: Token, bracket: int, end: int, env: dict[str, Any], offset: int
) -> Iterator[tuple[int, int, str]]:
    """The part behind a link's or image's label, rewritten when it names a reference or spans lines."""
    close = offset + markdown.label_end(text[offset:], bracket - offset, env)
    if "label" in token.meta or "\n" in text[close:end]:
        target = str(token.attrs.get("href") or token.attrs.get("src") or "")
        yield close + 1, end, destination(target, str(token.attrs.get("title", "")))


def destination(address: str, title: str = "") -> str:
    """`(address "title")` as inline Markdown that parses back to both."""
    if not _BARE_DESTINATION.fullmatch(address):
        address = "<" + re.sub(r"([<>\\])", r"\\\1", address) + ">"
    address = _ENTITY_LIKE.sub("&amp;", address)
    if not title:
        return f"({address})"
    quoted = _ENTITY_LIKE.sub("&amp;", re.sub(r'(["\\])', r"\\\1", title))
    return f'({address} "{quoted}")'


def _apply(text: str, edits: list[tuple[int, int, str]]) -> str:
    pieces, position = list[str](), 0
    for start, end, new in edits:
        pieces += [text[position:start], new]
        position = end
    return "".join(pieces) + text[position:]
