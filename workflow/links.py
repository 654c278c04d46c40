"""Addresses in rendered text: every link and picture is sent through one function."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from markdown_it.token import Token

from workflow import html_text
from workflow.markdown import TEMPLATE_TAG

_HAS_ADDRESS = re.compile(r"\b(?:href|src|poster)\s*=", re.I)
_ADDRESSES = ("href", "src", "poster")

Resolve = Callable[[str], str]


def resolve(tokens: list[Token], to: Resolve) -> None:
    """Replace each address in the tokens, also in raw HTML, by what `to` makes of it."""
    for token in tokens:
        for name in ("href", "src"):
            if name in token.attrs:
                token.attrs[name] = _changed(str(token.attrs[name]), to)
        if token.type in ("html_inline", "html_block") and _HAS_ADDRESS.search(token.content):
            token.content = "".join(_resolved(kind, part, to) for kind, part in html_text.tokens(token.content))
        if token.children:
            resolve(token.children, to)


def _resolved(kind: str, part: str, to: Resolve) -> str:
    if kind != html_text.TAG:
        return part
    return html_text.change_attributes(part, lambda name, value: _changed(value, to) if name in _ADDRESSES else value)


def _changed(address: str, to: Resolve) -> str:
    """What `to` makes of an address; what a template language makes of it is not ours to know."""
    return address if TEMPLATE_TAG.search(address) else to(address)


def addresses_in(tokens: list[Token]) -> Iterator[str]:
    """Every address of a link or picture in the tokens, also in raw HTML, in order."""
    found = list[str]()

    def note(address: str) -> str:
        found.append(address)
        return address

    resolve([token.copy(attrs=dict(token.attrs)) for token in tokens], note)
    yield from found
