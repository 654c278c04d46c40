"""Reading TMX 1.1 to 1.4b as a stream: whatever the size of the file, one unit at a time lies in memory.

A file comes from anywhere: entities of its own are refused, and nothing that it refers to is opened.
Source: TMX 1.4b Specification, LISA OSCAR.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.entities import html5
from pathlib import Path
from xml.parsers import expat

from workflow.errors import MemoryFileError
from workflow.memory.codes import Codes
from workflow.memory.tags import best
from workflow.memory.unit import Details, Unit

KEPT = ("tuid", "usagecount", "lastusagedate", "creationdate", "creationid", "changedate", "changeid")
"""Attributes that a unit keeps, in the order in which they are written."""

_CHUNK = 1 << 16
_CODES = frozenset(("bpt", "ept", "it", "ph", "ut"))
_PREDEFINED = frozenset(("lt", "gt", "amp", "apos", "quot"))
_SPACES = re.compile(r" {2,}")


@dataclass(slots=True)
class Tally:
    """What was seen in a file."""

    units: int = 0
    """Pairs of texts in the wanted languages."""
    skipped: int = 0
    """Units without a text in one of them."""
    languages: Counter[str] = field(default_factory=Counter)
    """How often each language tag occurs, as written."""


@dataclass(slots=True)
class _Variant:
    """A text of a unit in one language, while it is read."""

    language: str
    attributes: dict[str, str]
    flows: list[list[str]] = field(default_factory=lambda: [[]])
    """The pieces of its text, and of each text inside its codes."""
    coded: bool = False

    @property
    def texts(self) -> list[str]:
        """The text, and after it those inside codes; each is a text of its own where it was made."""
        joined = ["".join(pieces) for pieces in self.flows]
        return [_SPACES.sub(" ", text).strip() for text in joined] if self.coded else joined


@dataclass(slots=True)
class _Draft:
    """A unit while it is read."""

    attributes: dict[str, str]
    variants: list[_Variant] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    props: list[tuple[str, str]] = field(default_factory=list)


def read_tmx(
    path: Path, shown: str, source: str, target: str, tally: Tally, advance: Callable[[int], object]
) -> Iterator[Unit]:
    """The units of a file with a text in both languages (POSIX names), in its order.

    `tally` is kept up to date; `advance` is told how many bytes were read. Raises MemoryFileError.
    """
    reader = _Reader(shown, source, target, tally)
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield from reader.feed(chunk)
                advance(len(chunk))
        yield from reader.feed(b"", last=True)
    except OSError as error:
        raise MemoryFileError(
            f"cannot be read: {error.strerror}",
            path=shown,
            advice="check that the file exists and that you may read it",
        ) from error


class _Reader:
    """What expat calls; holds the unit that is being read."""

    def __init__(self, shown: str, source: str, target: str, tally: Tally) -> None:
        self._shown, self._wanted, self._tally = shown, (source, target), tally
        self._srclang, self._path = "", list[str]()
        self._draft: _Draft | None = None
        self._variant: _Variant | None = None
        self._text: list[str] | None = None
        """Where characters go; None where they mean nothing."""
        self._open: list[tuple[list[str] | None, str, str]] = []
        """What is restored at the end of each open inline element: target of characters, number, prop's type."""
        self._codes, self._done = Codes(), list[Unit]()
        self._parser = self._make_parser()

    def feed(self, data: bytes, last: bool = False) -> list[Unit]:
        """The units that are complete with these bytes; raises MemoryFileError."""
        try:
            self._parser.Parse(data, last)
        except expat.ExpatError as error:
            raise self._error(f"is no well-formed XML: {expat.errors.messages[error.code]}", error.lineno) from error
        except (LookupError, ValueError) as error:
            raise self._error(f"has an encoding that cannot be read: {error}", 1) from error
        done, self._done = self._done, []
        return done

    def _make_parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._characters
        parser.EntityDeclHandler = self._declaration
        parser.SkippedEntityHandler = self._skipped
        return parser

    def _error(self, problem: str, line: int | None = None) -> MemoryFileError:
        advice = "ask whoever made the file for a new one, or mend this line"
        return MemoryFileError(problem, path=self._shown, line=line or self._parser.CurrentLineNumber, advice=advice)

    def _declaration(self, name: str, _parameter: bool, *_more: object) -> None:
        if name not in _PREDEFINED:
            raise self._error(f"declares the entity {name[:40]!r}, which TMX has no use for")

    def _skipped(self, name: str, parameter: bool) -> None:
        if parameter:
            return
        known = html5.get(f"{name};")
        if known is None:
            raise self._error(f"has the unknown entity &{name[:40]};")
        self._characters(known)

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if not self._path and name != "tmx":
            raise self._error(f"is no TMX: it begins with <{name[:40]}>")
        self._path.append(name)
        if self._variant is not None and "seg" in self._path:
            self._start_inline(name, attributes)
        elif name == "header":
            self._srclang = attributes.get("srclang", "")
        elif name == "tu":
            self._draft = _Draft(attributes)
        elif name == "tuv" and self._draft is not None:
            self._variant = _Variant(attributes.get("xml:lang") or attributes.get("lang", ""), attributes)
            self._tally.languages[self._variant.language] += 1
        elif name in ("note", "prop") and self._draft is not None:
            self._open.append((self._text, "", attributes.get("type", "")))
            self._text = []

    def _start_inline(self, name: str, attributes: dict[str, str]) -> None:
        """An element inside a segment, or the segment itself."""
        if self._variant is None:
            return
        self._open.append((self._text, attributes.get("i", ""), ""))
        if name == "seg":
            self._codes = Codes()
            self._text = self._variant.flows[0]
        elif name in _CODES:
            self._variant.coded = True
            self._text = []
        elif name == "sub":
            self._text = list[str]()
            self._variant.flows.append(self._text)

    def _end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        within = self._variant is not None and "seg" in self._path
        self._path.pop()
        if within or (name in ("note", "prop") and self._draft is not None):
            self._close(name)
        elif name == "tuv" and self._draft is not None and self._variant is not None:
            self._draft.variants.append(self._variant)
            self._variant = None
        elif name == "tu" and self._draft is not None:
            self._finish(self._draft)
            self._draft = None

    def _close(self, name: str) -> None:
        """The end of an element with text of its own."""
        inner, (self._text, number, kind) = self._text, self._open.pop()
        text = "".join(inner or ())
        if name in _CODES:
            self._characters(self._codes.text(name, number, text))
        elif name == "note" and self._draft is not None and text.strip():
            self._draft.notes.append(text.strip())
        elif name == "prop" and self._draft is not None:
            self._draft.props.append((kind, text.strip()))

    def _finish(self, draft: _Draft) -> None:
        tags = [variant.language for variant in draft.variants]
        sources = best(tags, self._wanted[0], draft.attributes.get("srclang") or self._srclang)[:1]
        targets = [place for place in best(tags, self._wanted[1]) if place not in sources]
        made = [
            Unit(source, target, details=_details(draft, draft.variants[there]))
            for here in sources
            for there in targets
            for source, target in _pairs(draft.variants[here].texts, draft.variants[there].texts)
            if source.strip() and target.strip()
        ]
        self._tally.units += len(made)
        self._tally.skipped += not made
        self._done += made


def _pairs(sources: list[str], targets: list[str]) -> Iterator[tuple[str, str]]:
    """Text and translation, and those of the texts inside codes where both sides have as many."""
    same = len(sources) == len(targets)
    return zip(sources if same else sources[:1], targets if same else targets[:1], strict=True)


def _details(draft: _Draft, variant: _Variant) -> Details:
    attributes = draft.attributes | {name: variant.attributes[name] for name in KEPT if name in variant.attributes}
    return Details(
        tuple(dict.fromkeys(draft.notes)),
        tuple(dict.fromkeys(draft.props)),
        tuple((name, attributes[name]) for name in KEPT if attributes.get(name)),
    )
