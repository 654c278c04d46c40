"""The grammar of PO files: what one entry looks like, and how texts are quoted.

It is gettext's own (`po-gram.y`, `po-lex.c`): tokens, not lines, so two statements may share a line and white space
may stand nearly anywhere; a backslash at a line's end takes the newline away. Every repetition is possessive, so that
matching takes linear time on any input.
"""

from __future__ import annotations

import re

SPACE = r"(?:[ \t\r\f\v]++|\\\n)*+"
BLANK = r"(?:[ \t\r\f\v\n]++|\\\n)*+"
STRING = r'"(?:[^"\\\n]++|\\(?:[tbrfnva"\\]|[0-7]{1,3}|x[0-9a-fA-F]++|\r?\n))*+"'
_PREVIOUS_GAP = rf"{SPACE}(?:\n{BLANK}#~?\|{SPACE})*+"
_OBSOLETE_GAP = rf"{SPACE}(?:\n{BLANK}#~(?!\|){SPACE})*+"


def _strings(gap: str) -> str:
    return rf"{STRING}(?:{gap}{STRING})*+"


_FIELD = rf"msg(?:ctxt|id_plural|id){_PREVIOUS_GAP}{_strings(_PREVIOUS_GAP)}"
_PREVIOUS = rf"#~?\|{_PREVIOUS_GAP}(?:{_FIELD}{_PREVIOUS_GAP})*+"
_INTRO = rf"(?P<intro>(?:[ \t\r\f\v\n]++|\\\n|#(?![~|])[^\n]*+|{_PREVIOUS}|#~(?!\|){SPACE}(?=\n|#|\Z))*+)"


def _entry(start: str, gap: str) -> re.Pattern[str]:
    texts = _strings(gap)
    return re.compile(
        rf"{_INTRO}(?P<body>{start}(?:msgctxt{gap}(?P<ctxt>{texts}){gap})?+"
        rf"(?P<word>msgid){gap}(?P<id>{texts}){gap}"
        rf"(?:msgid_plural{gap}(?P<plural>{texts})"
        rf"(?P<forms>(?:{gap}msgstr{gap}\[{gap}[0-9]++{gap}\]{gap}{texts})++)"
        rf"|msgstr{gap}(?P<str>{texts})))"
        rf"{SPACE}\n?+"
    )


LIVE = _entry("", BLANK)
"""An entry from the blank lines and comments before it to the end of its last line."""
OBSOLETE = _entry(rf"#~(?!\|){SPACE}", _OBSOLETE_GAP)
"""The same for an entry whose lines begin with `#~`."""
DOMAIN = re.compile(rf"{_INTRO}domain{BLANK}{STRING}{SPACE}\n?+")
"""A `domain` directive."""
TAIL = re.compile(rf"{_INTRO}\Z")
"""What may follow the last entry."""
FORM = re.compile(
    rf"msgstr(?:{BLANK}(?:#~)?+)*+\[[^0-9]*+(?P<index>[0-9]++)[^\]]*+\]"
    rf"(?:{BLANK}(?:#~)?+)*+(?P<str>{_strings(rf'(?:{BLANK}(?:#~)?+)*+')})"
)
"""One plural form of an entry known to be right, live or obsolete."""
PREVIOUS = re.compile(rf"msg(?P<field>ctxt|id_plural|id){_PREVIOUS_GAP}(?P<text>{_strings(_PREVIOUS_GAP)})")
"""One statement of a `#|` comment."""

_LITERAL = re.compile(STRING)
_ESCAPE = re.compile(r"(?:\\(?:[0-7]{1,3}|x[0-9a-fA-F]+))+|\\(?:\r?\n|.)")
_BYTE = re.compile(r"\\(?:x([0-9a-fA-F]+)|([0-7]{1,3}))")
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")
_MEANING = {
    "\\n": "\n",
    '\\"': '"',
    "\\\\": "\\",
    "\\t": "\t",
    "\\r": "\r",
    "\\a": "\a",
    "\\b": "\b",
    "\\f": "\f",
    "\\v": "\v",
    "\\\n": "",
    "\\\r\n": "",
}
_ESCAPED = str.maketrans(
    {
        "\n": "\\n",
        '"': '\\"',
        "\\": "\\\\",
        "\t": "\\t",
        "\r": "\\r",
        "\a": "\\a",
        "\b": "\\b",
        "\f": "\\f",
        "\v": "\\v",
    }
)


def unquote(strings: str) -> str:
    """The text that one or several quoted strings stand for, white space and `#~` marks between them left out."""
    if strings.count('"') == 2:
        inner = strings[1:-1]
    else:
        inner = "".join([literal[1:-1] for literal in _LITERAL.findall(strings)])
    return _ESCAPE.sub(_unescape, inner) if "\\" in inner else inner


def _unescape(found: re.Match[str]) -> str:
    known = _MEANING.get(found[0])
    if known is not None:
        return known
    # Numbers mean bytes, which together may make one character of UTF-8.
    data = bytes(int(hexa, 16) & 0xFF if hexa else int(octal, 8) & 0xFF for hexa, octal in _BYTE.findall(found[0]))
    text = data.decode("utf-8", "surrogateescape")
    return _SURROGATE.sub(lambda byte: chr(ord(byte[0]) & 0xFF), text)


def quote(text: str) -> str:
    """`text` with gettext's escapes, without the quotes around it; the inverse of `unquote`."""
    return writable(text).translate(_ESCAPED)


def writable(text: str) -> str:
    """`text` without what no PO file can hold: NUL, and halves of characters (a browser's script may send them)."""
    return _UNWRITABLE.sub("\ufffd", text)
