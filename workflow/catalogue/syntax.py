"""Saying what is wrong, and where, in a PO file that the grammar does not accept."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from workflow.catalogue.grammar import SPACE, STRING
from workflow.errors import CatalogueError

_MARKERS = re.compile(r"^(?:<{7}|>{7}|\|{7}|={7})(?: [^\n]*|\r?)$", re.MULTILINE)
_TOKEN = re.compile(
    rf"(?P<newline>\n)|(?P<mark>#~\||#~|#\|)|(?P<comment>#[^\n]*+)|(?P<string>{STRING})|(?P<quote>\"[^\n]*+)"
    rf"|(?P<index>\[{SPACE}[0-9]++{SPACE}\])|(?P<word>[A-Za-z_$][A-Za-z0-9_$]*+)"
    rf"|(?P<space>[ \t\r\f\v]++|\\\n)|(?P<junk>.)"
)
_BAD_ESCAPE = re.compile(r'(?:[^"\\]|\\(?:[tbrfnva"\\]|[0-7]|x[0-9a-fA-F]))*+(\\.?)')
_WORDS = ("msgctxt", "msgid", "msgid_plural", "msgstr", "domain")
_BEFORE = {
    "msgid": ("", "msgctxt", "msgstr"),
    "msgctxt": ("", "msgstr"),
    "msgid_plural": ("msgid",),
    "msgstr": ("msgid", "msgid_plural", "msgstr"),
    "domain": ("", "msgstr"),
}


@dataclass
class _Reading:
    """How far the words of an entry have come."""

    line: int
    """The line of the token at hand, from 1."""
    word: str = ""
    """The last keyword."""
    word_line: int = 0
    """The line it stands in."""
    filled: bool = True
    """Whether a text followed it."""
    indexed: bool = False
    """Whether it was `msgstr[0]`, not `msgstr`."""
    plural: bool = False
    """Whether the entry has a `msgid_plural`."""
    mark: str = ""
    """`#~` or `#|` at the line's beginning."""
    marks: set[str] = field(default_factory=set)
    """The marks of the lines of this entry."""


def explain(text: str, start: int, shown: str) -> CatalogueError:
    """The error for the entry that begins at `start` of `text` and breaks the grammar."""
    conflict = _MARKERS.search(text)
    if conflict:
        return CatalogueError(
            "has conflict markers of git",
            path=shown,
            line=text.count("\n", 0, conflict.start()) + 1,
            advice="resolve the conflict and remove the lines <<<<<<<, ======= and >>>>>>>",
        )
    reading = _Reading(text.count("\n", 0, start) + 1)
    for token in _TOKEN.finditer(text, start):
        problem = _step(reading, token)
        if problem:
            line = reading.word_line if problem.startswith("missing") else reading.line
            return CatalogueError(problem, path=shown, line=line, advice="mend the line in a text editor")
    problem = _unfinished(reading) or "syntax error"
    return CatalogueError(
        problem, path=shown, line=reading.word_line or reading.line, advice="mend the line in a text editor"
    )


def _step(reading: _Reading, token: re.Match[str]) -> str:
    """Take one token in; what is wrong with it, or nothing."""
    kind, value = token.lastgroup, token[0]
    if kind == "newline":
        reading.line += 1
        reading.mark = ""
    elif kind == "mark":
        reading.mark = value
    elif kind == "comment":
        return _unfinished(reading)
    elif kind == "quote":
        return _bad_string(value)
    elif kind == "junk":
        return f"syntax error at {value!r}"
    elif kind == "word":
        return "" if "|" in reading.mark else _word(reading, value)
    elif kind == "index":
        reading.indexed = True
        return "" if reading.word == "msgstr" else f"syntax error at {value!r}"
    elif kind == "string" and "|" not in reading.mark:
        return _string(reading)
    reading.line += value.count("\n") if kind in ("string", "space") else 0
    return ""


def _word(reading: _Reading, word: str) -> str:
    if word not in _WORDS:
        return f"unknown keyword {word!r}"
    if not reading.filled:
        return f"missing text after {reading.word}"
    if reading.word not in _BEFORE[word]:
        wanted = "'msgid'" if reading.word in ("", "msgctxt", "msgstr") else "'msgstr'"
        if wanted == "'msgid'":
            reading.word_line = reading.line
        return f"missing {wanted} section"
    if word in ("msgctxt", "msgid") and reading.word != "msgctxt":
        reading.plural = False
        reading.marks = set()
    reading.plural |= word == "msgid_plural"
    reading.word, reading.word_line, reading.filled, reading.indexed = word, reading.line, False, False
    return ""


def _string(reading: _Reading) -> str:
    if not reading.word:
        return "syntax error: a text without a keyword before it"
    if reading.word == "msgstr" and reading.indexed != reading.plural:
        return "missing 'msgid_plural' section" if reading.indexed else "missing 'msgstr[]' section"
    reading.filled = True
    reading.marks.add(reading.mark)
    return "inconsistent use of #~" if len(reading.marks) > 1 else ""


def _unfinished(reading: _Reading) -> str:
    if not reading.filled:
        return f"missing text after {reading.word}"
    return "missing 'msgstr' section" if reading.word not in ("", "msgstr", "domain") else ""


def _bad_string(quoted: str) -> str:
    bad = _BAD_ESCAPE.match(quoted, 1)
    if bad and bad[1] != "\\" and bad[1].strip() and '"' in quoted[1:]:
        return f"unknown escape {bad[1]!r} in a text".replace("\\\\", "\\")
    return "a text is not closed with a quotation mark"
