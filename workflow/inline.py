"""Inline Markdown as translators see it, and what in it no translation may change."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any

from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token

from workflow import html_text, markdown

_ODD_BREAK = re.compile(r"[ \t\\]\n|\n[ \t]|[<{][^\n]*\n|\]\([^)\n]*(?:[\"'(\\][^\n]*)?\n")
"""Line ends that may be more than a soft break, or stand in a tag, attributes or a link's address or title."""
_MARK_AND_BREAK = re.compile(r"([*_~])\\\n")
_HARD_TO_READ = re.compile(
    rf"[`\\<!{{&]|\]\((?![^\s()<>\[\]\"']*\))|\[\^[^\]]*\]\[|\[\^(?![^\]\s]+\])"
    rf"|\[[^\[\]]*\[|(?<!\])\[\s*\]|\]\[[^\[\]]*\]\[|{_ODD_BREAK.pattern}"
)
"""What may hide or change a reference link: code, escapes, HTML, pictures, nested brackets, odd links and breaks."""
_REFERENCE = re.compile(r"\[(?P<text>[^\[\]^][^\[\]]*)\](?:\[(?P<label>[^\[\]]*)\]|(?!\())")
_LABEL = re.compile(r"\[([^\[\]]*)\]")
_ENTITY_LIKE = re.compile(r"&(?=#?\w+;)")
_BARE_DESTINATION = re.compile(r"[^\s<>()\\\x00-\x1f]+")
_ADDRESS = r"(?:https?://|www\.)[^\s<>]+|\b[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+"
_PURE_ADDRESS = re.compile(_ADDRESS)
_PLAIN = re.compile(r"[^\[\]<>`{}&@:/\\]*")
_NO_WORDS = re.compile(
    r"`[^`]*`|<[^>]{0,1000}>|\{\{.{0,1000}?\}\}|\{%.{0,1000}?%\}|\]\([^()]{0,1000}\)|&#?\w+;|\{[^{}]*\}"
    rf"|{_ADDRESS}|\[\^[^\]\s]+\]|[\W_]",
    re.S,
)
_STARTS_WITH_WORD = re.compile(r"[*~\"“”‘’'(]*[^\W_]+(?=[ ,;!?*])")
"""A word at the very beginning, which can be no part of an address, a tag or code."""
_RAW_OPENING = re.compile(r"<(script|style|textarea|pre|iframe|template|xmp|noembed|noframes|math|plaintext)\b", re.I)

FREE = frozenset(("text", "softbreak", "hardbreak"))
"""Inline tokens that a translation may bring as it likes."""


def to_message(content: str, env: dict[str, Any]) -> str:
    """The msgid of an inline token's content.

    Soft breaks become one space, hard breaks a backslash and a line end; reference links become
    inline links, for their labels mean nothing outside the article.
    """
    references = "[" in content and "references" in env and _may_refer(content, env["references"])
    if "\n" not in content and not references:
        return content
    if not references and not _ODD_BREAK.search(content):
        return content.replace("\n", " ")
    if references and not _HARD_TO_READ.search(content):
        return _REFERENCE.sub(partial(_inlined, env["references"]), content.replace("\n", " "))
    return _parsed_to_message(content, env)


def _parsed_to_message(content: str, env: dict[str, Any]) -> str:
    """The msgid of any content; `to_message` spares most texts this."""
    env = markdown.scratch(env)
    tokens = markdown.parse_inline(content, env)
    text = _apply(content, sorted(_edits(content, tokens, env, 0)))
    if _MARK_AND_BREAK.search(text):  # a backslash behind a mark may make it another mark than the space did
        known = {**env, "references": {}}
        if _marks(markdown.parse_inline(text, known)) != _marks(tokens):
            return _MARK_AND_BREAK.sub(r"\1  \n", text)
    return text


def _inlined(references: dict[str, Any], found: re.Match[str]) -> str:
    """A reference link (full, collapsed or shortcut) as an inline link, or just as it is when its label is unknown."""
    label = found["label"] or found["text"]
    known = references.get(normalizeReference(label))
    if known is None:
        return found[0]
    return f"[{found['text']}]{destination(known['href'], known.get('title') or '')}"


def has_words(text: str, env: dict[str, Any]) -> bool:
    """Whether inline Markdown has anything to translate besides code, addresses, HTML and template tags."""
    if _STARTS_WITH_WORD.match(text):
        return True
    if not html_text.has_letters(text):
        return False
    if _PLAIN.fullmatch(text) or (_NO_WORDS.sub("", text) and not _RAW_OPENING.search(text)):
        return True
    return _words_in(markdown.parse_inline(text, markdown.scratch(env)))


def protected(tokens: list[Token]) -> Counter[tuple[str, str]]:
    """What a translation must keep as it is, and how often it stands there: (kind, value).

    Kinds: `link`, `image`, `html`, `raw` (what stands in an HTML element that holds no text),
    `code`, `footnote`, `template`, `attributes`.
    """
    marks = (("footnote", f"[^{token.meta['label']}]") for token in tokens if token.type == "footnote_ref")
    return Counter((*_protected(tokens), *marks, *_raw_contents(tokens)))


def elements(tokens: list[Token]) -> frozenset[str]:
    """The names of the HTML elements that Markdown marks in these tokens make (`em`, `strong`, …)."""
    return frozenset(each.tag for each in walk(tokens) if each.tag and each.type not in FREE)


def walk(tokens: list[Token]) -> Iterator[Token]:
    """All tokens, those inside image descriptions included."""
    for token in tokens:
        yield token
        if token.type == "image":
            yield from walk(token.children or [])


def _marks(tokens: list[Token]) -> list[str]:
    return [token.type for token in tokens if token.nesting]


def _may_refer(content: str, references: dict[str, Any]) -> bool:
    """Whether there may be a reference link: a label without brackets in it that the article defines."""
    if not references:
        return False
    if "\\" in content:
        return True
    return any(normalizeReference(label) in references for label in _LABEL.findall(content))


def _words_in(tokens: list[Token]) -> bool:
    inside = {id(token) for _, raw in _raw_elements(tokens) for token in raw}
    return any(
        html_text.has_letters(text) for token in walk(tokens) if id(token) not in inside for text in _readable(token)
    )


def _readable(token: Token) -> Iterator[str]:
    """The texts of one token that readers see or hear."""
    if token.type == "text":
        yield _PURE_ADDRESS.sub("", token.content)
    elif token.type == "html_inline":
        yield from (value for _, value in html_text.tag_texts(token.content))
    yield from (str(value) for name, value in token.attrs.items() if name in html_text.TEXT_ATTRIBUTES)


def _protected(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    for token in walk(tokens):
        attributes = _fixed_attributes(token)
        if attributes:
            yield "attributes", f"{token.tag} {attributes}"
        if token.type == "link_open":
            yield "link", str(token.attrs.get("href", ""))
        elif token.type == "image":
            yield "image", str(token.attrs.get("src", ""))
        elif token.type == "html_inline":
            yield "html", token.content
        elif token.type == "code_inline":
            yield "code", token.content
        elif token.type == "template":
            yield "template", token.content


def _fixed_attributes(token: Token) -> str:
    """The attributes of a token but its own address and description; of readable ones just the names."""
    own = {"link_open": ("href", "title"), "image": ("src", "alt", "title")}.get(token.type, ())
    return " ".join(
        name if name in html_text.TEXT_ATTRIBUTES else f'{name}="{value}"'
        for name, value in sorted(token.attrs.items())
        if name not in own
    )


def _raw_contents(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    for _, inside in _raw_elements(tokens):
        yield "raw", "".join(token.content or token.markup or token.tag for token in inside)


def _raw_elements(tokens: list[Token]) -> Iterator[tuple[str, list[Token]]]:
    """The scripts and the like among the tokens, with what stands in them, which a browser does not read as text."""
    name, inside = "", list[Token]()
    for token in tokens:
        if name and token.type == "html_inline" and token.content.lower().startswith(f"</{name}"):
            yield name, inside
            name, inside = "", []
        elif name:
            inside.append(token)
        elif token.type == "html_inline" and (found := _RAW_OPENING.match(token.content)):
            name = found[1].lower()
    if name:
        yield name, inside


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
    title = re.sub(r" *\n[ \t]*", " ", title)
    quoted = _ENTITY_LIKE.sub("&amp;", re.sub(r'(["\\])', r"\\\1", title)).replace("`", "&#96;")
    return f'({address} "{quoted}")'


def _apply(text: str, edits: list[tuple[int, int, str]]) -> str:
    pieces, position = list[str](), 0
    for start, end, new in edits:
        pieces += [text[position:start], new]
        position = end
    return "".join(pieces) + text[position:]
