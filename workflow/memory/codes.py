"""Inline codes of TMX (`bpt`, `ept`, `it`, `ph`, `ut`): what becomes of another format's markup in a text.

Source: TMX 1.4b, "Content markup".
"""

from __future__ import annotations

import re

_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%(?:\d+\$)?[sdif]|\$?\{[^{}\s]*\}|\{\{[^{}]*\}\}")
_TAG = re.compile(r"<\s*(/?)\s*([a-zA-Z][\w:-]*)([^<>]*)>")
_ADDRESS = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.I)
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`", "tt": "`"}


class Codes:
    """The codes of one segment, of which the ends belong to beginnings."""

    def __init__(self) -> None:
        """A segment begins."""
        self._ends: dict[str, str] = {}

    def text(self, element: str, number: str, code: str) -> str:
        """What stands in the text for a code; `number` is its attribute `i`.

        HTML's emphasis, code and links become Markdown, placeholders (`%s`, `{name}`) stay, a line break is a space;
        other codes belong to the format of the file that was translated, and nothing stands for them.
        """
        found = _PLACEHOLDER.fullmatch(code.strip())
        if found:
            return found[0]
        tag = _TAG.fullmatch(code.strip())
        if element == "ept":
            return self._ends.pop(number, "")
        if tag is None:
            return ""
        name = tag[2].lower()
        if name == "br":
            return " "
        begin, end = _marks(name, tag[3])
        if element == "bpt" and not tag[1]:
            self._ends[number] = end
            return begin
        return ""


def _marks(name: str, attributes: str) -> tuple[str, str]:
    """Markdown for an HTML element: what stands before and after its text."""
    address = _ADDRESS.search(attributes) if name == "a" else None
    if address:
        return "[", f"]({address[1] or address[2] or ''})"
    return (_MARKS.get(name, ""),) * 2
