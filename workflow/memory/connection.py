"""Opening the memory's database, and what its errors mean."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from workflow.memory.tables import VERSION, create

_PATIENCE = 600
"""Seconds to wait for another process that is filling the memory."""
_DAMAGE = frozenset(
    (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_IOERR_SHORT_READ)
)
_NO_FILE = frozenset((sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM))


class Outdated(sqlite3.DatabaseError):
    """The file was made by another version of Ordbro."""


def connect(file: Path) -> sqlite3.Connection:
    """The database in a file, with its tables; in the computer's memory where the file cannot be written.

    Raises sqlite3.Error, for which see `damaged`.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        return _connect(file)
    except OSError:
        return _connect(None)
    except sqlite3.OperationalError as error:
        if _code(error) & 0xFF in _NO_FILE:
            return _connect(None)
        raise


def delete(file: Path) -> None:
    """Take a database away, with what SQLite puts beside it."""
    for ending in ("", "-wal", "-shm"):
        with suppress(OSError):
            file.with_name(file.name + ending).unlink()


def damaged(error: sqlite3.Error) -> bool:
    """Whether the file must be made anew: broken, of another version, or somebody else's."""
    return isinstance(error, Outdated) or bool({_code(error), _code(error) & 0xFF} & _DAMAGE)


@contextmanager
def transaction(database: sqlite3.Connection) -> Iterator[None]:
    """All or nothing; waits for its turn when another process writes."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            database.execute("ROLLBACK")
        raise


def _connect(file: Path | None) -> sqlite3.Connection:
    database = sqlite3.connect(file or ":memory:", timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
    try:
        _set_up(database)
    except sqlite3.Error:
        database.close()
        raise
    return database


def _set_up(database: sqlite3.Connection) -> None:
    _write_ahead(database)
    database.execute("PRAGMA synchronous = NORMAL")
    if _version(database) == VERSION:
        return
    with transaction(database):
        if _version(database) == VERSION:
            return  # another process was faster
        if database.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
            raise Outdated
        create(database)


def _write_ahead(database: sqlite3.Connection) -> None:
    """Let others read while one writes; SQLite does not wait by itself when two processes ask for this at once."""
    for _ in range(100):
        try:
            database.execute("PRAGMA journal_mode = WAL").fetchall()
            return
        except sqlite3.OperationalError as error:
            if _code(error) & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(0.05)


def _version(database: sqlite3.Connection) -> int:
    return int(database.execute("PRAGMA user_version").fetchone()[0])


def _code(error: sqlite3.Error) -> int:
    return int(getattr(error, "sqlite_errorcode", 0) or 0)
