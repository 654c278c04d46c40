"""What can be told of a block of text without knowing its language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from markdown_it.token import Token

from workflow import inline, markdown
from workflow.addresses import is_address
from workflow.languages import ascii_words
from workflow.segmentation import Segment

FRONT = 0
"""The section of the front matter."""
OPENING = 1
"""The section before the first heading."""

_NUMBER = re.compile(r"\d+(?:[.,:\u00a0\u202f ]\d+)*")
_HOUR = re.compile(r"[.:]00$")
_FOOTNOTE = re.compile(r"\[\^[^\]]+\]")
_PLACEHOLDER = re.compile(r"\{[\w.]*\}|%\(\w+\)[sd]|%[sd]\b")
_END = re.compile(r"([.!?:…])[\"”’»)*_\s]*$")
_WORD_LENGTH = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment of a page with what it can be recognised by."""

    segment: Segment
    """The segment."""
    kind: str
    """What it is: `heading 2`, `table cell`."""
    section: int
    """0 for the front matter, 1 for what stands before the first heading, and one more from each heading on."""
    letters: int
    """The length of what a reader sees."""
    numbers: Counter[str]
    """Its numbers, digits only."""
    links: Counter[str]
    """Where its links and pictures lead, in a form that two languages share."""
    fixed: Counter[str]
    """Code, placeholders, footnote marks and HTML tags."""
    marks: tuple[int, int]
    """How many words are strong, how many emphasised."""
    words: frozenset[str]
    """Its words in small ASCII letters."""
    end: str
    """The mark at its end."""


def make_pieces(segments: Iterable[Segment]) -> list[Piece]:
    """The pieces of a page from its segments in reading order."""
    found = list(segments)
    sections = _sections(found)
    kinds = _kinds(found)
    return [_piece(*each) for each in zip(found, kinds, sections, strict=True)]


def _kinds(found: Sequence[Segment]) -> list[str]:
    """The kinds; the first heading of a page without a title in its front matter is the title."""
    kinds = [segment.kind for segment in found]
    if "title" not in kinds:
        first = next((place for place, kind in enumerate(kinds) if kind.startswith("heading")), None)
        if first is not None:
            kinds[first] = "title"
    return kinds


def _sections(found: Sequence[Segment]) -> list[int]:
    result, section = list[int](), FRONT
    titled = any(segment.kind == "title" for segment in found)
    for segment in found:
        if segment.role == "front":
            result.append(FRONT)
        elif segment.kind.startswith("heading") and not titled:
            titled = True
            result.append(FRONT)
        else:
            section = max(section + segment.kind.startswith("heading"), OPENING)
            result.append(section)
    return result


def _piece(segment: Segment, kind: str, section: int) -> Piece:
    tokens = list(inline.walk(markdown.parse_inline(segment.text, {})))
    seen = "".join(token.content for token in tokens if token.type == "text" or token.type.endswith("break"))
    end = _END.search(segment.text)
    return Piece(
        segment=segment,
        kind=kind,
        section=section,
        letters=sum(char.isalnum() for char in seen) or len(segment.text),
        numbers=Counter(_digits(number) for number in _NUMBER.findall(seen)),
        links=Counter(_links(tokens)),
        fixed=Counter([*_fixed(tokens), *_FOOTNOTE.findall(segment.text), *_PLACEHOLDER.findall(seen)]),
        marks=tuple(sum(token.type == kind for token in tokens) for kind in ("strong_open", "em_open")),  # type: ignore[arg-type]
        words=frozenset(word for word in ascii_words(seen).split("-") if len(word) >= _WORD_LENGTH),
        end=end[1] if end else "",
    )


def _digits(number: str) -> str:
    """A number's digits; full hours count without minutes, as other languages write them."""
    return re.sub(r"\D", "", _HOUR.sub("", number)).lstrip("0") or "0"


def _links(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        address = str(token.attrs.get("href") or token.attrs.get("src") or "")
        if token.type in ("link_open", "image") and address:
            yield link_key(address)


def link_key(address: str) -> str:
    """What two languages' links to one thing share: the address without scheme, or the last name of a path."""
    if not is_address(address):
        return address.lower()
    parts = urlsplit(address)
    if parts.netloc:
        return (parts.netloc.removeprefix("www.") + parts.path).rstrip("/").lower()
    if parts.scheme:
        return parts.path.lower()
    name = parts.path.rstrip("/").rpartition("/")[2]
    return name.partition(".")[0].lower() or f"#{parts.fragment}"


def _fixed(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("code_inline", "template", "html_inline"):
            yield token.content
