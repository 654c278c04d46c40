"""Article pairs whose alignment is known: translations of the sample site, and what editors do to pages over time."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from workflow.adoption.align import align
from workflow.adoption.page import page_segments
from workflow.adoption.pieces import make_pieces
from workflow.config import TRANSLATE_KEYS
from workflow.segmentation import Segment

PAIRS = Path(__file__).with_name("pairs")
_PART = 10


@dataclass(frozen=True)
class Page:
    """A Markdown page, cut into its front matter and its sections of blocks."""

    front: str
    sections: tuple[tuple[str, ...], ...]
    notes: str
    """Link definitions and footnotes, which stand at the end and belong to no section."""

    @property
    def text(self) -> str:
        """The page's Markdown."""
        blocks = [block for section in self.sections for block in section]
        return "\n\n".join([self.front, *blocks, self.notes]) + "\n"


@dataclass(frozen=True)
class Case:
    """Two pages to align."""

    name: str
    source: str
    target: str


def names() -> list[str]:
    """The names of all pairs."""
    return sorted(path.name.removesuffix(".en.md") for path in PAIRS.glob("*.en.md"))


def load(name: str) -> tuple[str, str]:
    """The English and the Swedish page of a pair."""
    return tuple((PAIRS / f"{name}.{language}.md").read_text(encoding="utf-8") for language in ("en", "sv"))  # type: ignore[return-value]


def cut(text: str) -> Page:
    """A page from its Markdown."""
    front, _, body = text[4:].partition("\n---\n")
    body, notes = _notes(body)
    sections = [[""]]
    for block in re.split(r"\n\n(?! |:::\n)", body.strip()):
        if block.startswith("#"):
            sections.append([])
        sections[-1].append(block)
    return Page(f"---\n{front}\n---", tuple(tuple(section) for section in sections), notes)


def _notes(body: str) -> tuple[str, str]:
    found = re.search(r"^\[[^\]]+\]: ", body, re.MULTILINE)
    return (body[: found.start()], body[found.start() :].strip()) if found else (body, "")


Change = Callable[[Page, Page, random.Random], tuple[Page, Page]]


def _section_with_words(page: Page, rng: random.Random) -> int | None:
    """A section that may be taken apart: not the first, and without comments that hold for what follows."""
    found = [
        number
        for number, section in enumerate(page.sections)
        if number and not any("<!--" in block for block in section)
    ]
    return rng.choice(found) if found else None


def _without(page: Page, number: int) -> Page:
    return Page(page.front, (*page.sections[:number], *page.sections[number + 1 :]), page.notes)


def _with(page: Page, number: int, section: tuple[str, ...]) -> Page:
    return Page(page.front, (*page.sections[:number], section, *page.sections[number:]), page.notes)


def added(one: Page, other: Page, rng: random.Random) -> tuple[Page, Page]:
    """The English got a section since, so that the translation lacks it."""
    number = _section_with_words(other, rng)
    return one, other if number is None else _without(other, number)


def removed(one: Page, other: Page, rng: random.Random) -> tuple[Page, Page]:
    """The English lost a section since, which the translation still has."""
    number = _section_with_words(one, rng)
    return (one if number is None else _without(one, number)), other


def foreign(one: Page, other: Page, rng: random.Random) -> tuple[Page, Page]:
    """Each page has a section of another article that the other lacks."""
    pages = [[cut(load(rng.choice(names()))[side]) for _ in range(4)] for side in (0, 1)]
    result = []
    for page, others in zip((one, other), pages, strict=True):
        sections = [section for each in others for section in each.sections[1:] if "<!--" not in "".join(section)]
        place = rng.randint(1, len(page.sections))
        result.append(_with(page, place, rng.choice(sections)) if sections else page)
    return result[0], result[1]


def moved(one: Page, other: Page, rng: random.Random) -> tuple[Page, Page]:
    """A section stands elsewhere in the translation."""
    number = _section_with_words(other, rng)
    if number is None or len(other.sections) < 3:
        return one, other
    rest = _without(other, number)
    place = rng.choice([each for each in range(1, len(rest.sections) + 1) if each != number])
    return one, _with(rest, place, other.sections[number])


def shuffled(one: Page, other: Page, rng: random.Random) -> tuple[Page, Page]:
    """All sections of the translation stand in another order."""
    if any("<!--" in block for section in other.sections for block in section):
        return one, other
    rest = list(other.sections[1:])
    rng.shuffle(rest)
    return one, Page(other.front, (other.sections[0], *rest), other.notes)


def headless(one: Page, other: Page, rng: random.Random) -> tuple[Page, Page]:
    """A heading is missing in the translation, so that two of its sections are one."""
    number = _section_with_words(other, rng)
    if number is None:
        return one, other
    before = (*other.sections[number - 1], *other.sections[number][1:])
    rest = (*other.sections[: number - 1], before, *other.sections[number + 1 :])
    return one, Page(other.front, rest, other.notes)


def blocks(one: Page, other: Page, rng: random.Random) -> tuple[Page, Page]:
    """Every seventh block is missing on one side or the other."""
    return _thinned(one, rng), _thinned(other, rng)


def _thinned(page: Page, rng: random.Random) -> Page:
    sections = [
        tuple(block for at, block in enumerate(section) if at == 0 or "<!--" in block or rng.random() > 1 / 7)
        for section in page.sections
    ]
    return Page(page.front, tuple(sections), page.notes)


def items(one: Page, other: Page, rng: random.Random) -> tuple[Page, Page]:
    """Every fifth list item and table row is missing in the translation."""
    sections = tuple(tuple(_fewer_items(block, rng) for block in section) for section in other.sections)
    return one, Page(other.front, sections, other.notes)


def _fewer_items(block: str, rng: random.Random) -> str:
    if not re.match(r"- |\d+\. |\|", block):
        return block
    parts = re.split(r"\n(?=- |\d+\. |\|)", block)
    first = 2 if block.startswith("|") else 1
    return "\n".join([*parts[:first], *(part for part in parts[first:] if rng.random() > 1 / 5)])


def paragraphs(one: Page, other: Page, rng: random.Random) -> tuple[Page, Page]:
    """Two paragraphs of the translation are joined, and one is split."""
    sections = []
    for section in other.sections:
        joined = list[str]()
        for block in section:
            plain = block[:1].isalpha() and not block.startswith(":") and "\n: " not in block
            if plain and joined and joined[-1][:1].isalpha() and "\n: " not in joined[-1] and rng.random() < 0.3:
                joined[-1] += "\n" + block
            elif plain and rng.random() < 0.2:
                joined.append(re.sub(r"(?<=[.!?])\s", "\n\n", block, count=1))
            else:
                joined.append(block)
        sections.append(tuple(joined))
    return one, Page(other.front, tuple(sections), other.notes)


def bare(one: Page, other: Page, rng: random.Random) -> tuple[Page, Page]:
    """The translation has no front matter; its title is a heading."""
    title = re.search(r"^title: (.*)$", other.front, re.MULTILINE)
    assert title is not None
    return one, Page("# " + title[1].strip('"'), other.sections, other.notes)


def everything(one: Page, other: Page, rng: random.Random) -> tuple[Page, Page]:
    """All of it at once."""
    for change in (added, removed, foreign, moved, items):
        one, other = change(one, other, rng)
    return one, other


CHANGES: dict[str, Change] = {
    "same structure": lambda one, other, rng: (one, other),
    "section added": added,
    "section removed": removed,
    "foreign sections": foreign,
    "section moved": moved,
    "sections shuffled": shuffled,
    "heading missing": headless,
    "blocks missing": blocks,
    "items missing": items,
    "paragraphs joined": paragraphs,
    "no front matter": bare,
    "everything": everything,
}


def cases(change: str) -> Iterator[Case]:
    """All pairs after a change; the same on every machine."""
    for name in names():
        one, other = (cut(text) for text in load(name))
        rng = random.Random(f"{change} {name}")
        source, target = CHANGES[change](one, other, rng)
        yield Case(name, source.text, target.text)


@dataclass(frozen=True)
class Score:
    """How many pairs there were to find, how many were given, and how many of these were right."""

    wanted: int = 0
    given: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        """The share of the given pairs that is right."""
        return self.right / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        """The share of the wanted pairs that was found."""
        return self.right / self.wanted if self.wanted else 1.0

    def __add__(self, other: Score) -> Score:
        return Score(self.wanted + other.wanted, self.given + other.given, self.right + other.right)


def total(scores: Iterable[Score]) -> Score:
    """All scores together."""
    return sum(scores, Score())


def score(case: Case) -> Score:
    """How the aligner does on two pages; addresses, which are no text, are left out."""
    source, target = _segments(case.source), _segments(case.target)
    partners = _partners()
    present = Counter(segment.text for segment in target)
    counts = Counter(segment.text for segment in source)
    wanted = sum(min(count, sum(present[each] for each in partners.get(text, ()))) for text, count in counts.items())
    given = right = 0
    for match in align(make_pieces(source), make_pieces(target)):
        known = partners.get(source[match.source].text, frozenset())
        text = target[match.target].text
        right += text in known
        # A paragraph that was split or joined is no pair to find, and no mistake either.
        given += text in known or not any(_part(text, each) for each in known)
    return Score(wanted, given, right)


@cache
def _partners() -> dict[str, frozenset[str]]:
    """For each English text of all pairs its translations: what stands in the same place of the Swedish page."""
    found = dict[str, frozenset[str]]()
    for name in names():
        source, target = (_segments(text) for text in load(name))
        if [each.kind for each in source] != [each.kind for each in target]:
            raise ValueError(f"{name}: the two pages have not the same structure")
        for one, other in zip(source, target, strict=True):
            found[one.text] = found.get(one.text, frozenset()) | {other.text}
    return found


def _segments(text: str) -> list[Segment]:
    return [each for each in page_segments(text, "page.md", TRANSLATE_KEYS) if each.context is None]


def _part(one: str, other: str) -> bool:
    return min(len(one), len(other)) > _PART and (one in other or other in one)
