"""Files in and out: what is imported lies as TMX among the locale's files, so that a team shares it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from workflow import languages
from workflow.config import Project
from workflow.errors import MemoryFileError
from workflow.files import write_parts
from workflow.memory.gettext_reading import read_gettext
from workflow.memory.lookup import unit_of
from workflow.memory.refreshing import Progress
from workflow.memory.sources import Advance, fingerprint, folder
from workflow.memory.store import Memory, quiet
from workflow.memory.tmx_reading import Tally, read_tmx
from workflow.memory.tmx_writing import write_tmx
from workflow.memory.unit import Kind, Unit

_UNSAFE = re.compile(r"[^\w.-]+")
_ALL = """
SELECT texts.normal, units.source, units.target, units.rank, files.path, units.details
FROM units JOIN texts ON texts.id = units.text JOIN files ON files.id = units.file
WHERE NOT EXISTS (
    SELECT 1 FROM units AS other JOIN files AS place ON place.id = other.file
    WHERE other.text = units.text AND other.target = units.target AND other.source IS units.source
    AND other.details IS units.details
    AND (other.rank, place.path, other.position) < (units.rank, files.path, units.position)
)
ORDER BY units.rank, files.path, units.position
"""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to."""

    path: Path
    """The file that keeps the units."""
    units: int
    """How many there are."""
    skipped: int
    """Units of the file without a text in one of the two languages, or with an unfinished one."""
    changed: bool
    """False when all this had been imported before."""


def import_file(
    project: Project,
    locale: str,
    file: Path,
    *,
    name: str = "",
    overwrite: bool = False,
    progress: Progress = quiet,
) -> Imported:
    """Keep the units of a `.tmx` or `.po` file for a locale (POSIX name), all or none of them.

    They are kept under `name`, by default that of the file; another import of that name is only replaced with
    `overwrite`. Raises MemoryFileError and OutputError.
    """
    kept = folder(project, locale) / f"{_file_name(name or file.stem)}.tmx"
    fresh = kept.with_name(f".{kept.name}.import")
    tally = Tally()
    try:
        with progress(_size(file)) as advance:
            units = _checked(_read(project, locale, file, tally, advance), file, locale, tally)
            write_parts(fresh, write_tmx(units, languages.tag(project.source), languages.tag(locale)))
        changed = not kept.is_file() or fingerprint(kept) != fingerprint(fresh)
        if changed and kept.exists() and not overwrite:
            raise MemoryFileError(
                "holds an earlier import of this name with other units",
                path=project.shown(kept),
                advice="say --replace to replace it, or --name NAME to keep both",
            )
        if changed:
            fresh.replace(kept)
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
            kept.parent.rmdir()  # if it is empty
    return Imported(kept, tally.units, tally.skipped, changed)


def export(memory: Memory) -> Iterator[bytes]:
    """All units as TMX 1.4b, in parts: reviewed messages by file, then imported units; raises OutputError.

    A unit that stands in several files is written once. The same units give the same bytes.
    """
    units = (_with_file(unit_of(row)) for row in memory.stream(_ALL))
    return write_tmx(units, languages.tag(memory.project.source), languages.tag(memory.locale))


def _with_file(unit: Unit) -> Unit:
    """The unit with the catalogue that it stands in as a property, where it comes from one."""
    if unit.kind is Kind.IMPORTED:
        return unit
    return replace(unit, details=replace(unit.details, props=(("x-file", unit.origin), *unit.details.props)))


def _read(project: Project, locale: str, file: Path, tally: Tally, advance: Advance) -> Iterator[Unit]:
    shown = file.as_posix()
    ending = file.suffix.lower()
    if ending == ".tmx":
        return read_tmx(file, shown, project.source, locale, tally, advance)
    if ending == ".po":
        return read_gettext(file, shown, locale, tally)
    raise MemoryFileError(
        f"is no translation memory: its name ends with {ending or 'nothing'!r}",
        path=shown,
        advice="import a .tmx or .po file; most translation programs can export TMX",
    )


def _checked(units: Iterable[Unit], file: Path, locale: str, tally: Tally) -> Iterator[Unit]:
    """The units; raises MemoryFileError at the end if there was none, so that nothing is written."""
    yield from units
    if not tally.units:
        known = ", ".join(sorted(filter(None, tally.languages))) or "none named"
        raise MemoryFileError(
            f"has no finished translation into {languages.display_name(locale, 'en')} (languages in it: {known})",
            path=file.as_posix(),
            advice="choose another file, or another language with --locale",
        )


def _file_name(name: str) -> str:
    return _UNSAFE.sub("-", name).strip(".-") or "imported"


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0  # reading it tells why
