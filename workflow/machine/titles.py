"""The titles of links and images, `](address "Title")`: found, and written anew with other words."""

from __future__ import annotations

import re
from collections.abc import Callable

_TITLE = re.compile(
    r"\]\(\s*(?:<(?:\\.|[^<>\\])*>|[^\s<](?:\\.|[^\s\\])*)?\s+"
    r"(?P<title>\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|\((?:\\.|[^()\\])*\))\s*\)",
    re.S,
)
_ENTITY_LIKE = re.compile(r"&(?=#?\w+;)")


def titles(ending: str) -> list[str]:
    """The titles in the source that ends a link or image (both, if it is an image in a link), as a reader sees them."""
    return [_read(found) for found in _TITLE.finditer(ending)] if "](" in ending else []


def retitled(ending: str, translate: Callable[[str], str]) -> str:
    """The source that ends a link or image, with other titles; one for which `translate` gives nothing stays."""
    if "](" not in ending:
        return ending

    def change(found: re.Match[str]) -> str:
        title = translate(_read(found))
        if not title:
            return found[0]
        quoted = _ENTITY_LIKE.sub("&amp;", re.sub(r'(["\\])', r"\\\1", title)).replace("`", "&#96;").replace("\n", " ")
        start, end = found.span("title")
        return f'{found[0][: start - found.start()]}"{quoted}"{found[0][end - found.start() :]}'

    return _TITLE.sub(change, ending)


def untitled(ending: str) -> str:
    """The source that ends a link or image, its titles left out: what no translation may change."""
    return retitled(ending, lambda _: "…")


def _read(found: re.Match[str]) -> str:
    from workflow.machine.markdown_pieces import read

    return read(found["title"][1:-1]).strip()
