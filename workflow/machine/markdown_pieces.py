"""Inline Markdown cut into pieces, by the tokens of the project's own parser."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token
from mdit_py_plugins.attrs.parse import ParseError, parse

from workflow import markdown
from workflow.machine.pieces import Piece, tag_piece, text_pieces

_UNIT = re.compile(r"\\[!-/:-@\[-`{-~]|&(?:#x[0-9a-f]{1,6}|#[0-9]{1,7}|[a-z][a-z0-9]{1,31});|.", re.I | re.S)
"""A character of a text as Markdown writes it: escaped, an entity, or itself."""


def cut_markdown(message: str) -> Iterator[Piece]:
    """The pieces of inline Markdown."""
    cursor = 0
    tokens = markdown.parse_inline(message, {})
    labels = list[int]()
    for token, end in _placed(message, tokens, labels):
        raw = message[cursor:end]
        cursor = end
        if token.type == "text":
            yield from text_pieces(raw, read)
        else:
            yield _piece(token, raw)
    if cursor < len(message):
        yield from text_pieces(message[cursor:], read)


def read(raw: str) -> str:
    """What a reader sees of a text that may have escapes and entities."""
    return unescapeAll(raw).replace("\n", " ")


def _placed(message: str, tokens: list[Token], labels: list[int]) -> Iterator[tuple[Token, int]]:
    """Each token with the end of its source; texts end where the next token begins."""
    cursor = 0
    for n, token in enumerate(tokens):
        if token.type in ("text", "softbreak"):
            end = _text_end(message, cursor, token)
        elif token.type in ("link_open", "span_open"):
            start, end = token.meta["span"]
            cursor = start + 1
            labels.append(end)
            yield token, cursor
            continue
        elif token.type in ("link_close", "span_close"):
            end = labels.pop()
        elif token.type.startswith(("em_", "strong_", "s_")):
            end = cursor + len(token.markup)
        else:
            end = token.meta["span"][1]
        if token.type in ("link_close", "span_close", "image", "code_inline"):
            end = _attributes_end(message, end, tokens[n + 1 : n + 2])
        cursor = end
        yield token, end


def _text_end(message: str, cursor: int, token: Token) -> int:
    """Where a text ends whose source may have escapes and entities."""
    length, end = len(token.content), cursor
    if message.startswith(token.content, cursor) and "&" not in token.content and "\\" not in token.content:
        return cursor + length
    while length > 0:
        unit = _UNIT.match(message, end)
        if unit is None:
            break
        length -= len(unescapeAll(unit[0])) if len(unit[0]) > 1 else 1
        end = unit.end()
    return end


def _attributes_end(message: str, end: int, following: list[Token]) -> int:
    """The end of `{.class}` behind a link, image or code, if the parser took it for attributes."""
    if (
        message[end : end + 1] != "{"
        or (following and following[0].type == "text" and following[0].content[:1] == "{")
        or markdown.TEMPLATE_TAG.match(message, end)
    ):
        return end
    try:
        return end + parse(message[end:])[0] + 1
    except ParseError:
        return end


def _piece(token: Token, raw: str) -> Piece:
    name = token.type.rsplit("_", 1)[0]
    if token.type == "image":
        return Piece("image", raw, raw[2 : markdown.label_end(raw, 1, {})])
    if token.type == "hardbreak":
        return Piece("break", raw)
    if token.type == "link_open" and token.markup == "autolink":
        return Piece("open", raw, name="autolink")
    if token.type == "link_close" and token.markup == "autolink":
        return Piece("close", raw, name="autolink")
    if token.nesting:
        return Piece("open" if token.nesting > 0 else "close", raw, name=name)
    if token.type == "html_inline":
        return tag_piece(raw)
    if token.type == "template":
        return Piece("point" if raw.startswith(("{%", "{#")) else "atom", raw)
    if token.type == "footnote_ref":
        return Piece("point", raw)
    return Piece("atom", raw)
