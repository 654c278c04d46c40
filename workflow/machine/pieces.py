"""A message cut into pieces of text and of markup; their sources joined are the message again.

What reads Markdown and HTML is imported where a message has some: most have none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from workflow.machine.texts import Syntax

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
_PERHAPS = re.compile(r"[@%{⟦\U000F0000-\U000FFFFD]|://|www\.|\[\^")
"""What a text with one of these has."""
_MARKDOWN = re.compile(r"[\\`*_~\[\]<&{\r\n\0]")
"""Signs without which a text has no Markdown."""
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][\w-]*)[^>]*?(?P<void>/?)>", re.S)
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_KEPT = frozenset("code kbd samp var tt script style textarea sub sup".split())
_NOT_TRANSLATED = re.compile(r"translate=[\"']?no\b")
_INDEX = re.compile(r"<(su[bp])\b[^>]*>[^<>\s]{1,6}</\1>", re.I)


class Piece(NamedTuple):
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


def marked(text: str) -> bool:
    """Whether a text has a sign that may be markup in any syntax, or a placeholder."""
    return bool(_MARKDOWN.search(text) or _PERHAPS.search(text))


def partition(message: str, syntax: Syntax = Syntax.MARKDOWN) -> list[Piece]:
    """Cut a message into pieces; their `raw` joined is the message."""
    if syntax is Syntax.PLAIN:
        return list(_plain_pieces(message))
    if syntax is Syntax.HTML:
        return list(_glued(_kept_elements(list(_html_pieces(message)))))
    if not _MARKDOWN.search(message):
        return list(text_pieces(message, str))
    from workflow.machine.markdown_pieces import cut_markdown

    return list(_glued(_kept_elements(list(cut_markdown(message)))))


def text_pieces(raw: str, read: Callable[[str], str]) -> Iterator[Piece]:
    """Text cut at placeholders, addresses and footnote marks; `read` gives what a reader sees of the rest."""
    cursor = 0
    for found in _VARIABLE.finditer(raw) if _PERHAPS.search(raw) else ():
        if found.start() > cursor:
            yield Piece("text", raw[cursor : found.start()], read(raw[cursor : found.start()]))
        yield Piece("atom" if found["atom"] else "point", found[0])
        cursor = found.end()
    if cursor < len(raw):
        yield Piece("text", raw[cursor:], read(raw[cursor:]))


def tag_piece(raw: str) -> Piece:
    """The piece of an HTML tag or comment."""
    found = _TAG.fullmatch(raw)
    if not found or found["name"].lower() in _VOID or found["void"]:
        return Piece("break" if found and found["name"].lower() == "br" else "point", raw)
    return Piece("close" if found["close"] else "open", raw, name=f"<{found['name'].lower()}>")


def _html_pieces(message: str) -> Iterator[Piece]:
    from workflow import html_text

    for kind, raw in html_text.tokens(message):
        if kind == html_text.TAG:
            yield tag_piece(raw)
        elif kind == html_text.RAW:
            yield Piece("point", raw)
        else:
            yield from text_pieces(raw, html_text.unescape)


def _plain_pieces(message: str) -> Iterator[Piece]:
    for line in re.split(r"(\n)", message):
        if line == "\n":
            yield Piece("break", line)
        elif line:
            yield from text_pieces(line, str)


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
    found = re.search(r"[^\W_]*\Z" if at_end else r"\A[^\W_]*", piece.raw) if piece.kind == "text" else None
    if not found or not found[0]:
        return piece, ""
    rest = slice(0, -len(found[0])) if at_end else slice(len(found[0]), None)
    return (Piece("text", piece.raw[rest], piece.text[rest]) if piece.raw[rest] else None), found[0]
