"""The style a catalogue is written in, told from its entries, and texts written in it.

The default is GNU's: lines of at most 79 columns with their quotes, broken as `msgcat` breaks them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from unicode_segmentation_rs import gettext_wrap, text_width

from workflow.catalogue.grammar import quote, unquote, writable
from workflow.message import Message

GNU_WIDTH = 77
"""Columns of text between the quotes in GNU's style."""
_SAMPLE = 50
_NARROWEST = 20
_STATEMENT = re.compile(r'^(msg[a-z_]+(?:\[\d+\])?) ((?:"[^\n]*"\s*\n?)+)', re.MULTILINE)
_REFERENCES = re.compile(r"^#: *(\S[^\n]*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Style:
    """How entries are written."""

    newline: str = "\n"
    """The end of a line: `\\n` or `\\r\\n`."""
    width: int | None = GNU_WIDTH
    """Columns of text between the quotes; None where lines are only broken after `\\n`."""
    reference_width: int = 79
    """Columns of a `#:` line; 0 for one reference a line."""

    def statement(self, keyword: str, text: str, prefix: str = "") -> str:
        """The lines of `keyword "text"`, each after `prefix` (`#~ `) and with the file's newline."""
        escaped = quote(text)
        first = f'{prefix}{keyword} "{escaped}"'
        inner = escaped[:-2] if text.endswith("\n") else escaped
        fits = self.width is None or text_width(first) <= self.width + 2
        if "\n" not in text[:-1] and (fits or not inner):
            return first + self.newline
        lines = self._broken(escaped, text, len(prefix))
        return "".join(f"{prefix}{line}{self.newline}" for line in (f'{keyword} ""', *(f'"{part}"' for part in lines)))

    def _broken(self, escaped: str, text: str, indent: int) -> list[str]:
        if self.width is None:
            return [quote(line) for line in re.findall(r"[^\n]*\n|[^\n]+", text)]
        return gettext_wrap(escaped, max(self.width - indent, 1))

    def comment(self, mark: str, text: str) -> str:
        """A comment's lines: `mark` (`#`, `#.`) and the text."""
        lines = re.split(r"\r\n|\r|\n", writable(text))
        return "".join(f"{mark} {line}".rstrip(" ") + self.newline for line in lines)

    def references(self, references: Iterable[str]) -> str:
        """The `#:` lines."""
        lines: list[str] = []
        for reference in references:
            # Names with spaces stand between the isolates that gettext puts there.
            name, colon, line = reference.rpartition(":")
            if not (colon and line.isdigit()):
                name, colon, line = reference, "", ""
            word = f"\u2068{name}\u2069{colon}{line}" if re.search(r"\s", name) else reference
            if lines and text_width(f"{lines[-1]} {word}") < self.reference_width:
                lines[-1] += f" {word}"
            else:
                lines.append(f"#: {word}")
        return "".join(line + self.newline for line in lines)

    def flags(self, flags: Iterable[str]) -> str:
        """The `#,` line, empty without flags."""
        joined = ", ".join(flag for flag in flags if flag)
        return f"#, {joined}{self.newline}" if joined else ""

    def previous(self, message: Message) -> str:
        """The `#|` lines."""
        prefix = "#~| " if message.obsolete else "#| "
        fields = (
            ("msgctxt", message.previous_ctxt),
            ("msgid", message.previous),
            ("msgid_plural", message.previous_plural),
        )
        if message.previous is None and message.previous_ctxt is not None:
            # A previous context alone is no valid entry; the text it belonged to is the present one.
            fields = (fields[0], ("msgid", message.msgid), fields[2])
        return "".join(self.statement(keyword, text, prefix) for keyword, text in fields if text is not None)

    def body(self, message: Message) -> list[tuple[str, str]]:
        """The statements of a message in order: field (`msgid`, `msgstr[0]`) and lines."""
        return [
            (keyword, self.statement(keyword, text, "#~ " if message.obsolete else ""))
            for keyword, text in statements(message)
        ]

    def entry(self, message: Message) -> str:
        """All lines of a message that is new in the file, without the blank line before it."""
        return "".join(
            (
                *(self.comment("#", text) for text in message.comments),
                *(self.comment("#.", text) for text in message.extracted),
                self.references(message.references),
                self.flags(message.flags),
                self.previous(message),
                *(lines for _, lines in self.body(message)),
            )
        )


def statements(message: Message) -> list[tuple[str, str]]:
    """Keyword and text of each statement of a message in the file's order."""
    found = [("msgctxt", message.msgctxt), ("msgid", message.msgid), ("msgid_plural", message.msgid_plural)]
    if message.msgid_plural is None:
        found.append(("msgstr", message.msgstr))
    else:
        found += [(f"msgstr[{index}]", text) for index, text in enumerate(message.plural or ("", ""))]
    return [(keyword, text) for keyword, text in found if text is not None]


def detect(text: str) -> Style:
    """The style of a catalogue's text (its header entry left out)."""
    newline = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
    unix = text.replace("\r\n", "\n")
    style = Style(newline, reference_width=_reference_width(unix))
    samples = [found for found in _STATEMENT.finditer(unix) if len(found[0]) > 60 or found[2].count("\n") > 1]
    samples = samples[:: len(samples) // _SAMPLE + 1]
    best, most = style, -1
    for width in (GNU_WIDTH, None, *_widths(samples)):
        candidate = replace(style, width=width)
        agreement = _agreement(candidate, samples)
        if agreement > most:
            best, most = candidate, agreement
        if agreement == len(samples):
            break
    return best


def _widths(samples: list[re.Match[str]]) -> list[int]:
    """The widths that lines of several words fill; where a file is wrapped, one of them is its width."""
    lines = (line[1:-1] for found in samples for line in found[0].split("\n")[1:])
    widths = {text_width(line) for line in lines if " " in line.strip()}
    return sorted((width for width in widths if width >= _NARROWEST), reverse=True)[:3]


def _agreement(style: Style, samples: list[re.Match[str]]) -> int:
    """How many statements are written as the style would write them."""
    unix = replace(style, newline="\n")
    return sum(unix.statement(found[1], unquote(found[2].strip())).strip() == found[0].strip() for found in samples)


def _reference_width(text: str) -> int:
    """0 where the file has one reference a line."""
    counts = [len(found[1].split()) for found in _REFERENCES.finditer(text)]
    neighbours = re.search(r"^#: *\S{1,30}\s*\n#: *\S{1,30}\s*$", text, re.MULTILINE)
    return 0 if neighbours and max(counts) == 1 else 79
