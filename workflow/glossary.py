"""The glossary of a locale: which word translates which, and which words stay as they are.

`locales/<locale>/glossary.csv` has the columns `source,target,note` and begins with that line; an empty target means
that the source is left as it is. A file that a Swedish Excel saved, with semicolons, is as good.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from workflow.config import Project
from workflow.errors import GlossaryError
from workflow.glossary_words import english_forms, present

FILE = "glossary.csv"
COLUMNS = ("source", "target", "note")
"""The first line of the file."""

_WORD = re.compile(r"\w+(?:['’]\w+)*['’]?")
_JOINT = re.compile(r"[\s*_~\u2010\u2011-]{1,4}|\s+")
"""What may stand between the words of a term: space, a hyphen, the marks of emphasis."""
_NO_TEXT = re.compile(
    r"`+[^`]*`+|\]\([^)]*\)|\]\[[^\]]*\]|<[^>]*>|https?://\S+|[\w.+-]+@[\w-]+\.[\w.-]+|%\(\w+\)\w|\{[^}]*\}"
)
"""Code, addresses, tags and placeholders, in which a word is no term."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the glossary."""

    source: str
    """The term in the language of the articles."""
    target: str
    """Its translation; empty if it is left as it is."""
    note: str = ""
    """What to think of when using it."""
    line: int = 0
    """Its line in the file, from 1."""

    @property
    def wanted(self) -> str:
        """What a translation should have: the target, or the source where there is none."""
        return self.target or self.source


@dataclass(frozen=True, slots=True)
class Found:
    """A term in a text."""

    start: int
    """Where it begins, in characters."""
    end: int
    """Where it ends, the end not included."""
    entry: Entry
    """Its line of the glossary."""


@dataclass(frozen=True)
class Glossary:
    """The terms of a locale."""

    entries: tuple[Entry, ...] = ()
    """In the order of the file."""

    @cached_property
    def by_word(self) -> dict[str, tuple[tuple[Entry, tuple[frozenset[str], ...]], ...]]:
        """The entries by each form of their first word, those of many words first, with the forms of all words."""
        found: dict[str, list[tuple[Entry, tuple[frozenset[str], ...]]]] = {}
        for entry in self.entries:
            words = tuple(english_forms(each[0]) for each in _WORD.finditer(entry.source))
            for form in sorted({each.casefold() for each in words[0]}) if words else ():
                found.setdefault(form, []).append((entry, words))
        return {
            form: tuple(sorted(each, key=lambda pair: (-len(pair[1]), -len(pair[0].source))))
            for form, each in found.items()
        }


EMPTY = Glossary()
"""The glossary of a locale that has none."""


def glossary_path(project: Project, locale: str) -> Path:
    """Where the glossary of a locale (POSIX name) lies."""
    return project.root / "locales" / locale / FILE


def load_glossary(project: Project, locale: str) -> Glossary:
    """The glossary of a locale, EMPTY if it has none; raises GlossaryError with the line that is wrong."""
    path = glossary_path(project, locale)
    shown = project.shown(path)
    try:
        return parse_glossary(path.read_bytes(), shown)
    except FileNotFoundError:
        return EMPTY
    except OSError as error:
        raise GlossaryError(
            f"cannot be read: {error.strerror}", path=shown, advice="check that it is a file and that you may read it"
        ) from error


def parse_glossary(data: bytes, shown: str) -> Glossary:
    """The glossary in a file's bytes; `shown` is how errors name the file. Raises GlossaryError."""
    text = _decoded(data, shown)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    found = dict[str, Entry]()
    try:
        header = [name.strip().casefold() for name in next(rows, [])]
        if header[:2] != [*COLUMNS[:2]] or header[2:] not in ([], ["note"]):
            raise GlossaryError(
                f"begins with the columns {', '.join(header) or 'none'}",
                path=shown,
                line=1,
                advice=f"let its first line be: {','.join(COLUMNS)}",
            )
        line = rows.line_num + 1
        for row in rows:
            entry = _entry(row, len(header), shown, line)
            if entry is not None:
                _add(found, entry, shown)
            line = rows.line_num + 1
    except csv.Error as error:
        raise GlossaryError(
            f"is no CSV: {error}",
            path=shown,
            line=rows.line_num,
            advice="close every quotation mark, and double those inside",
        ) from error
    return Glossary(tuple(found.values()))


def terms_in(glossary: Glossary, text: str) -> list[Found]:
    """The terms in a text in order, of several at one place the longest; none within code, addresses and tags.

    Capitals and English inflection do not matter, but a term in capitals (`IT`) is only found in capitals.
    """
    if not glossary.entries:
        return []
    shown = _NO_TEXT.sub(lambda part: "\0" * len(part[0]), text)
    words = list(_WORD.finditer(shown))
    found, at = list[Found](), 0
    while at < len(words):
        match = _longest(glossary, shown, words, at)
        if match is None:
            at += 1
            continue
        entry, count = match
        found.append(Found(words[at].start(), words[at + count - 1].end(), entry))
        at += count
    return found


def satisfied(found: Found, target_text: str) -> bool:
    """Whether a translation has a term's target, in some inflected form or as a part of a compound.

    A term that is left as it is must stand there as the glossary has it, but for capitals and a genitive's ending.
    """
    if not found.entry.target:
        return " ".join(found.entry.source.casefold().split()) in " ".join(target_text.casefold().split())
    return present(found.entry.target, target_text)


def missing(glossary: Glossary, source_text: str, *target_texts: str) -> Iterator[Found]:
    """The terms of a source text that none of its translations has, each entry once."""
    seen = set[Entry]()
    for found in terms_in(glossary, source_text):
        if found.entry not in seen and not any(satisfied(found, text) for text in target_texts):
            yield found
        seen.add(found.entry)


def _longest(glossary: Glossary, text: str, words: list[re.Match[str]], at: int) -> tuple[Entry, int] | None:
    """The entry of most words that begins at a word, and how many words it has."""
    for entry, forms in glossary.by_word.get(words[at][0].casefold(), ()):
        here = words[at : at + len(forms)]
        if len(here) < len(forms) or not all(_is(word[0], each) for word, each in zip(here, forms, strict=True)):
            continue
        if all(_JOINT.fullmatch(text[a.end() : b.start()]) for a, b in pairwise(here)):
            return entry, len(forms)
    return None


def _is(word: str, forms: frozenset[str]) -> bool:
    """Whether a word is one of the forms; forms in capitals are only met by capitals."""
    strict = any(len(form) > 1 and form.isupper() for form in forms)
    return word in forms if strict else word.casefold() in {form.casefold() for form in forms}


def _decoded(data: bytes, shown: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise GlossaryError(
            f"is not UTF-8 (byte 0x{data[error.start]:02x})",
            path=shown,
            line=data.count(b"\n", 0, error.start) + 1,
            advice='save it as "CSV UTF-8"',
        ) from error


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return ";" if ";" in first and "," not in first else "\t" if "\t" in first and "," not in first else ","


def _entry(row: list[str], columns: int, shown: str, line: int) -> Entry | None:
    """The entry of a row, None for a blank one."""
    cells = [" ".join(cell.split()) for cell in row]
    if not any(cells):
        return None
    if len(cells) > columns and not any(cells[columns:]):
        cells = cells[:columns]
    if len(cells) > columns or len(cells) < 2:
        raise GlossaryError(
            f"has {len(cells)} columns where {columns} belong",
            path=shown,
            line=line,
            advice="put a text that contains the separator in quotation marks",
        )
    if not _WORD.search(cells[0]):
        raise GlossaryError("has no source term", path=shown, line=line, advice="write one in the first column")
    return Entry(cells[0], cells[1], cells[2] if len(cells) > 2 else "", line)


def _add(found: dict[str, Entry], entry: Entry, shown: str) -> None:
    key = entry.source.casefold()
    first = found.setdefault(key, entry)
    if first is not entry:
        raise GlossaryError(
            f"has {entry.source!r} twice (first in line {first.line})",
            path=shown,
            line=entry.line,
            advice="keep one of the two lines",
        )
