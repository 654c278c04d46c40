"""Addresses in rendered text: every link and picture is sent through one function."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator

from markdown_it.token import Token

_HTML_ADDRESS = re.compile(r"(<[A-Za-z][^>]*?\s(?:href|src|poster)\s*=\s*)(\"[^\"]*\"|'[^']*')", re.I)

Resolve = Callable[[str], str]


def resolve(tokens: list[Token], to: Resolve) -> None:
    """Replace each address in the tokens, also in raw HTML, by what `to` makes of it."""
    for token in tokens:
        for name in ("href", "src"):
            if name in token.attrs:
                token.attrs[name] = to(str(token.attrs[name]))
        if token.type in ("html_inline", "html_block"):
            token.content = _HTML_ADDRESS.sub(lambda found: found[1] + _resolved(found[2], to), token.content)
        if token.children:
            resolve(token.children, to)


def _resolved(quoted: str, to: Resolve) -> str:
    address = html.unescape(quoted[1:-1])
    new = to(address)
    return quoted if new == address else f'"{html.escape(new)}"'


def addresses_in(tokens: list[Token]) -> Iterator[str]:
    """Every address of a link or picture in the tokens, also in raw HTML, in order."""
    found = list[str]()

    def note(address: str) -> str:
        found.append(address)
        return address

    resolve([token.copy(attrs=dict(token.attrs)) for token in tokens], note)
    yield from found
