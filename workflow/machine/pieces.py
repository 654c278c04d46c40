"""A message cut into pieces of text and of Markdown; their sources joined are the message again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token
from mdit_py_plugins.attrs.parse import ParseError, parse

from workflow import markdown

Kind = Literal["text", "atom", "image", "point", "break", "open", "close"]

ATOM_BASE = 0xF0000
"""The first of the private characters that stand for what is protected; a message's own ones are protected too."""

_VARIABLE = re.compile(
    r"(?P<note>(?<!\\)\[\^[^\]\s]+\])"
    r"|(?P<tag>\{%.*?%\}|\{#.*?#\})"
    r"|(?P<atom>\{\{.*?\}\}|(?<!\\)\{[A-Za-z_][\w.]*(?:![rsa])?(?::[^{}\s]*)?\}"
    r"|%\([A-Za-z_]\w*\)[-+ #0]*\d*(?:\.\d+)?[diouxXeEfFgGcrsa]|%(?:\d+\$)?[sd]\b"
    r"|(?:https?|ftp)://[^\s<>\"“”]*[^\s<>\"“”.,;:!?')\]*_~]|\bwww\.[^\s<>\"“”]*[\w/]"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|⟦\d*⟧|[\U000F0000-\U000FFFFD])"
)
_UNIT = re.compile(r"\\[!-/:-@\[-`{-~]|&(?:#x[0-9a-f]{1,6}|#[0-9]{1,7}|[a-z][a-z0-9]{1,31});|.", re.I | re.S)
"""A character of a text as Markdown writes it: escaped, an entity, or itself."""
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][\w-]*)[^>]*?(?P<void>/?)>", re.S)
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_KEPT = frozenset("code kbd samp var tt script style textarea sub sup".split())
_NOT_TRANSLATED = re.compile(r"translate=[\"']?no\b")
_INDEX = re.compile(r"<(su[bp])\b[^>]*>[^<>\s]{1,6}</\1>", re.I)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a message."""

    kind: Kind
    """`text`; `atom`: a word that stays as it is; `image`; `point`: something without words that has
    a place (a footnote mark, an unpaired tag); `break`: a line end; `open`, `close`: both ends of a mark."""
    raw: str
    """Its source."""
    text: str = ""
    """What a reader sees of a text, without escapes; an image's description, Markdown."""
    name: str = ""
    """What a mark or a tag is: `link`, `em`, `strong`, `s`, `span`, `<b>`."""


def partition(message: str) -> list[Piece]:
    """Cut inline Markdown into pieces; their `raw` joined is the message."""
    pieces, cursor = list[Piece](), 0
    tokens = markdown.parse_inline(message, {})
    labels = list[int]()
    for token, end in _placed(message, tokens, labels):
        raw = message[cursor:end]
        cursor = end
        if token.type == "text":
            pieces += _texts(raw)
        else:
            pieces.append(_piece(token, raw))
    if cursor < len(message):
        pieces += _texts(message[cursor:])
    return list(_glued(_kept_elements(pieces)))


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
        return _html(raw)
    if token.type == "template":
        return Piece("point" if raw.startswith(("{%", "{#")) else "atom", raw)
    if token.type == "footnote_ref":
        return Piece("point", raw)
    return Piece("atom", raw)


def _html(raw: str) -> Piece:
    found = _TAG.fullmatch(raw)
    if not found or found["name"].lower() in _VOID or found["void"]:
        return Piece("break" if found and found["name"].lower() == "br" else "point", raw)
    return Piece("close" if found["close"] else "open", raw, name=f"<{found['name'].lower()}>")


def _texts(raw: str) -> Iterator[Piece]:
    """Text cut at placeholders, addresses and footnote marks, which the parser takes for text."""
    cursor = 0
    for found in _VARIABLE.finditer(raw):
        if found.start() > cursor:
            yield _text(raw[cursor : found.start()])
        yield Piece("atom" if found["atom"] else "point", found[0])
        cursor = found.end()
    if cursor < len(raw):
        yield _text(raw[cursor:])


def _text(raw: str) -> Piece:
    return Piece("text", raw, unescapeAll(raw).replace("\n", " "))


def _kept(piece: Piece) -> bool:
    return piece.name == "autolink" or piece.name[1:-1] in _KEPT or bool(_NOT_TRANSLATED.search(piece.raw))


def _kept_elements(pieces: list[Piece]) -> Iterator[Piece]:
    """Join what stays whole: autolinks, and elements whose text is no language (`<kbd>Ctrl</kbd>`)."""
    n = 0
    while n < len(pieces):
        piece = pieces[n]
        if piece.kind == "open" and _kept(piece):
            end = next(
                (k for k in range(n + 1, len(pieces)) if pieces[k].kind == "close" and pieces[k].name == piece.name),
                None,
            )
            if end is not None:
                yield Piece("atom", "".join(each.raw for each in pieces[n : end + 1]))
                n = end + 1
                continue
        yield piece
        n += 1


def _glued(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Join an index with the letters that it clings to: `H<sub>2</sub>O` is one word."""
    waiting: Piece | None = None
    for piece in pieces:
        if waiting and piece.kind == "atom" and _INDEX.fullmatch(piece.raw):
            head, word = _cut_word(waiting, at_end=True)
            if head:
                yield head
            waiting = Piece("atom", word + piece.raw)
        elif waiting and waiting.kind == "atom" and _INDEX.search(waiting.raw) and piece.kind == "text":
            tail, word = _cut_word(piece, at_end=False)
            yield Piece("atom", waiting.raw + word)
            waiting = tail
        else:
            if waiting:
                yield waiting
            waiting = piece
    if waiting:
        yield waiting


def _cut_word(piece: Piece, at_end: bool) -> tuple[Piece | None, str]:
    """A piece without the letters at one end, if it is text or the like, and those letters."""
    if piece.kind == "atom" and _INDEX.search(piece.raw):
        return None, piece.raw
    found = re.search(r"\w*\Z" if at_end else r"\A\w*", piece.raw) if piece.kind == "text" else None
    if not found or not found[0]:
        return piece, ""
    rest = piece.raw[: found.start()] if at_end else piece.raw[found.end() :]
    return (_text(rest) if rest else None), found[0]
