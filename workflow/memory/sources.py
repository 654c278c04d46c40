"""What a memory is made from: the catalogues of a locale and the TMX files that were imported."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from workflow.catalogue.places import po_names, po_path
from workflow.catalogue.po import read
from workflow.config import Project
from workflow.errors import CatalogueError
from workflow.interface import NAME as INTERFACE
from workflow.memory.gettext_reading import singular
from workflow.memory.tmx_reading import Tally, read_tmx
from workflow.memory.unit import NOTHING, Details, Kind, Unit
from workflow.message import Message, State
from workflow.segmentation import SLUG

Advance = Callable[[int], object]
"""Told how many bytes were read."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file that units come from."""

    path: Path
    """Where it lies."""
    shown: str
    """The same as people should read it; what the database knows it by."""
    stamp: str
    """Changes when the file is written: time, size and number in its file system."""
    changed: int
    """When it was written last, in nanoseconds since 1970."""
    size: int
    """Bytes."""

    @property
    def imported(self) -> bool:
        """Whether it is an imported TMX file, and no catalogue."""
        return self.path.suffix == ".tmx"


def folder(project: Project, locale: str) -> Path:
    """Where a locale's imported files lie."""
    return project.root / "locales" / locale / "memory"


def find_sources(project: Project, locale: str) -> list[Source]:
    """The files of a locale in order: imported ones, then catalogues."""
    imported = sorted(path for path in folder(project, locale).glob("*.tmx") if not path.name.startswith("."))
    paths = [*imported, *(po_path(project, locale, name) for name in po_names(project, locale))]
    return [found for path in paths if (found := _source(project, path))]


def _source(project: Project, path: Path) -> Source | None:
    try:
        known = path.stat()
    except OSError:
        return None
    stamp = f"{known.st_mtime_ns}:{known.st_size}:{known.st_ino}"
    return Source(path, project.shown(path), stamp, known.st_mtime_ns, known.st_size)


def fingerprint(path: Path) -> str:
    """A digest of what a file says; empty if it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "blake2b").hexdigest()[:32]
    except OSError:
        return ""


def read_units(project: Project, locale: str, source: Source, advance: Advance) -> Iterator[Unit]:
    """The units of a file in its order; raises MemoryFileError or CatalogueError."""
    if source.imported:
        yield from read_tmx(source.path, source.shown, project.source, locale, Tally(), advance)
        return
    try:
        catalogue = read(source.path, source.shown)
    except CatalogueError as error:
        error.advice = "mend it, for the memory is without its translations; ordbro check tells more"
        raise
    interface = source.path == po_path(project, locale, INTERFACE)
    for message in catalogue.messages:
        if message.state is State.REVIEWED and message.msgctxt != SLUG:
            kind = Kind.OBSOLETE if message.obsolete else Kind.INTERFACE if interface else Kind.REVIEWED
            yield from _units(message, kind, locale)
    advance(source.size)


def _units(message: Message, kind: Kind, locale: str) -> Iterator[Unit]:
    details = Details(props=(("x-context", message.msgctxt),)) if message.msgctxt else NOTHING
    if message.msgid_plural is None:
        yield Unit(message.msgid, message.msgstr, kind, details=details)
    else:
        yield Unit(message.msgid, singular(message.plural, locale), kind, details=details)
        yield Unit(message.msgid_plural, message.plural[-1], kind, details=details)
