"""Marks on shown texts: the id of each, and on a translated page its language and state (WCAG 3.1.2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markdown_it.token import Token

SOURCE, MACHINE = "source", "machine"
"""States that readers are told of: text in the source language for want of a translation; unreviewed machine text."""

KEPT = "kept"
"""State of what is not for translation: its language is told and nothing else."""

SHOWS = "shows"
"""Key of a token's meta: (id or "", state) of the text that its element shows."""


@dataclass(frozen=True, slots=True)
class Languages:
    """The two languages that a translated page may show, as BCP 47 tags."""

    page: str
    """The language of the page."""
    source: str
    """The language of what is not translated."""


def show(carrier: Token | None, inline: Token, identity: str, state: str, marked: bool) -> None:
    """Note on an element which text it shows; where there is none, make a span in `inline` if need be."""
    if carrier is not None:
        carrier.meta[SHOWS] = (identity, state)
    elif marked and state:
        span = Token("span_open", "span", 1, meta={SHOWS: ("", state)})
        inline.children = [span, *(inline.children or []), Token("span_close", "span", -1)]


def mark(tokens: Iterable[Token], languages: Languages | None) -> None:
    """Give every shown text its id and, on a translated page, its language and state."""
    _mark(tokens, languages, set(), [""])


def html_attributes(state: str, languages: Languages | None, tag: str = "") -> str:
    """The attributes that an element in raw HTML needs, whose own `tag` may tell its language; empty for none."""
    if languages is None or not state:
        return ""
    says_language = state in (SOURCE, KEPT) and " lang=" not in tag.lower()
    found = [f'lang="{languages.source}"'] if says_language else []
    return " ".join(found if state == KEPT else [*found, f'data-state="{state}"'])


def _mark(tokens: Iterable[Token], languages: Languages | None, used: set[str], spoken: list[str]) -> None:
    """`spoken` is the stack of what is spoken inside the open elements: SOURCE or "" (the page's own)."""
    for token in tokens:
        shows = token.meta.get(SHOWS)
        if token.nesting == 1:
            spoken.append(spoken[-1])
        elif token.nesting == -1:
            spoken.pop()
        if shows:
            _mark_one(token, shows[0], shows[1], languages, used, spoken)
        if token.type == "inline":
            _mark(token.children or [], languages, used, spoken)


def _mark_one(
    token: Token, identity: str, state: str, languages: Languages | None, used: set[str], spoken: list[str]
) -> None:
    if identity and "id" not in token.attrs:
        token.attrs["id"] = _unique(identity, used)
    if languages is None:
        return
    now = SOURCE if state in (SOURCE, KEPT) else ""
    if "lang" not in token.attrs and now != spoken[-1]:
        token.attrs["lang"] = languages.source if now else languages.page
    if token.nesting == 1:
        spoken[-1] = now
        if state and state != KEPT:
            token.attrs["data-state"] = state


def _unique(identity: str, used: set[str]) -> str:
    name, count = identity, 1
    while name in used:
        count += 1
        name = f"{identity}-{count}"
    used.add(name)
    return name
