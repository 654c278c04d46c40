"""Characters that no translation may bring: they show as nothing, break files or turn the text around.

Source: Unicode Standard Annex #9, 2.1–2.5 (directional formatting characters).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MAX_GROWTH, ALLOWANCE = 10, 1000
"""A translation may be this many times as long as its source, and this many characters besides."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_OVERRIDE = re.compile("[\u202d\u202e]")
_DIRECTIONAL = re.compile("[\u202a-\u202e\u2066-\u2069]")
_POP_EMBEDDING, _POP_ISOLATE = "\u202c", "\u2069"


def character_problems(source: str, target: str) -> Iterator[str]:
    """Why the characters of `target` forbid to show it in place of `source`, as predicates."""
    if len(target) > MAX_GROWTH * len(source) + ALLOWANCE:
        yield f"is far longer than the source ({len(target):,} characters for {len(source):,})"
    for pattern, what in ((_CONTROL, "control character"), (_OVERRIDE, "change of direction")):
        for char in sorted(set(pattern.findall(target)) - set(source)):
            yield f"brings a {what} that the source lacks: U+{ord(char):04X}"
    left = _left_open(target)
    if left and not _left_open(source):
        yield f"turns the direction of text and does not turn it back: U+{ord(left):04X}"


def _left_open(text: str) -> str:
    """The last directional character that opens something which nothing closes; empty if all is closed."""
    stack = list[str]()
    for char in _DIRECTIONAL.findall(text):
        if char not in (_POP_EMBEDDING, _POP_ISOLATE):
            stack.append(char)
        elif stack and (stack[-1] >= "\u2066") == (char == _POP_ISOLATE):
            stack.pop()
    return stack[-1] if stack else ""
