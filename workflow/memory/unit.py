"""What the translation memory holds, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Where a unit comes from, the most trustworthy first."""

    REVIEWED = "reviewed"
    """A message of an article that a person approved."""
    OBSOLETE = "obsolete"
    """Such a message whose text is gone from its article."""
    IMPORTED = "imported"
    """A file that was imported."""
    INTERFACE = "interface"
    """A reviewed string of the page templates."""


RANKS = tuple(Kind)
"""The kinds in order: a unit of an earlier one is preferred."""


@dataclass(frozen=True, slots=True)
class Details:
    """What a file said of a unit beside its texts; empty where it said nothing."""

    notes: tuple[str, ...] = ()
    """Remarks of people."""
    props: tuple[tuple[str, str], ...] = ()
    """Properties of the tools that it went through: type and value."""
    attributes: tuple[tuple[str, str], ...] = ()
    """Names and values of TMX: `creationdate` (`20240131T120000Z`), `creationid`, `changedate`, …"""


NOTHING = Details()
"""The details of a unit of which nothing is said."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A text and its translation."""

    source: str
    """The text in the language that articles are written in."""
    target: str
    """Its translation."""
    kind: Kind = Kind.IMPORTED
    """Where it comes from."""
    origin: str = ""
    """The file it stands in, relative to the project: `locales/sv/memory/agency.tmx`."""
    details: Details = NOTHING
    """What that file says of it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A place at which two texts differ, in words."""

    here: str
    """The words of the text that was looked up; empty where it has none."""
    there: str
    """The words of the unit's source in their stead; empty where it has none."""


@dataclass(frozen=True, slots=True)
class Match:
    """A unit whose source is like a text."""

    unit: Unit
    score: int
    """How alike they are, 0 to 100; 100 only for an exact match, which may have other spaces and quotes."""
    differences: tuple[Difference, ...] = ()
    """Where they differ."""
