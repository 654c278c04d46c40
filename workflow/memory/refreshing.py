"""Bringing the memory's database up to date: only files that changed are read."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager

from workflow.config import Project
from workflow.errors import CatalogueError, MemoryFileError
from workflow.memory import tables
from workflow.memory.connection import transaction
from workflow.memory.sources import Advance, Source, find_sources, fingerprint, read_units

Progress = Callable[[int], AbstractContextManager[Callable[[int], object]]]
"""Given how many bytes there are to read: the progress bar, which is told of each part."""

_YOUNG = 2_000_000_000
"""Nanoseconds after a change in which another one may leave the file's time as it is."""


def refresh(database: sqlite3.Connection, project: Project, locale: str, progress: Progress) -> None:
    """Take in what changed in the locale's files, and forget what is gone; raises sqlite3.Error.

    A file that cannot be read gives no units; why is kept in `files`.
    """
    sources = find_sources(project, locale)
    if not any(_differences(database, sources)):
        return
    with transaction(database):
        # Another process may have done the work while this one waited for its turn.
        changed, gone = _differences(database, sources)
        with progress(sum(each.size for each in changed)) as advance:
            for path in gone:
                _forget(database, path)
            for each in changed:
                _renew(database, project, locale, each, advance)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _differences(database: sqlite3.Connection, sources: Iterable[Source]) -> tuple[list[Source], list[str]]:
    """The files that may have changed, and the paths of those that are gone."""
    known = {
        path: (stamp, checked) for path, stamp, checked in database.execute("SELECT path, stamp, checked FROM files")
    }
    changed = list[Source]()
    for each in sources:
        stamp, checked = known.pop(each.shown, ("", 0))
        if stamp != each.stamp or checked - each.changed < _YOUNG:
            changed.append(each)
    return changed, list(known)


def _forget(database: sqlite3.Connection, path: str) -> None:
    database.execute("DELETE FROM units WHERE file = (SELECT id FROM files WHERE path = ?)", (path,))
    database.execute("DELETE FROM files WHERE path = ?", (path,))


def _renew(database: sqlite3.Connection, project: Project, locale: str, source: Source, advance: Advance) -> None:
    """Take in a file if it says something else than before."""
    now, digest = time.time_ns(), fingerprint(source.path)
    row = database.execute("SELECT digest FROM files WHERE path = ?", (source.shown,)).fetchone()
    if row and row[0] == digest:
        database.execute("UPDATE files SET stamp = ?, checked = ? WHERE path = ?", (source.stamp, now, source.shown))
        advance(source.size)
        return
    stamps = source.stamp, digest, now
    try:
        number = _begin(database, source, stamps)
        tables.put(database, number, read_units(project, locale, source, advance))
    except (MemoryFileError, CatalogueError) as error:
        _begin(database, source, stamps, (error.problem, error.line or 0, error.advice))


def _begin(
    database: sqlite3.Connection,
    source: Source,
    stamps: tuple[str, str, int],
    problem: tuple[str, int, str] = ("", 0, ""),
) -> int:
    """Note a file as it is now, without units; gives its number."""
    _forget(database, source.shown)
    values: Sequence[object] = (source.shown, *stamps, *problem)
    cursor = database.execute(
        "INSERT INTO files(path, stamp, digest, checked, problem, line, advice) VALUES (?, ?, ?, ?, ?, ?, ?)", values
    )
    return cursor.lastrowid or 0
