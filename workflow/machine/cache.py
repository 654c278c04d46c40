"""What was translated before, kept in SQLite below the project's `build/`; may be deleted at any time."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from workflow.errors import OutputError

FILE = "machine.sqlite"
"""The cache's name in the folder `build/cache`."""
_CHUNK = 500


class Cache:
    """A table of bytes by key. A broken file is replaced by a new one; each `put` is on the disk when it returns.

    Several processes may use one file at once.
    """

    def __init__(self, folder: Path):
        """Open (or make) the cache in a folder; raises OutputError if it cannot be written."""
        self.file = folder / FILE
        """The database."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(
                f"cannot be made: {error.strerror}", path=folder, advice="check its permissions"
            ) from error
        self._lock = threading.Lock()
        self._database = self._open()

    def __enter__(self) -> Cache:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def get(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """The values of those keys that are known."""
        wanted, found = list(dict.fromkeys(keys)), dict[bytes, bytes]()
        with self._lock:
            for start in range(0, len(wanted), _CHUNK):
                chunk = wanted[start : start + _CHUNK]
                question = f"SELECT key, value FROM results WHERE key IN ({','.join('?' * len(chunk))})"  # noqa: S608
                try:
                    found.update(self._database.execute(question, chunk))
                except sqlite3.DatabaseError:
                    self._rebuild()
                    return {}
        return found

    def put(self, values: Mapping[bytes, bytes]) -> None:
        """Keep values, all or none of them. A full disk is no reason to stop: then nothing is kept."""
        with self._lock:
            try:
                with self._database:
                    self._database.executemany("INSERT OR REPLACE INTO results VALUES (?, ?)", values.items())
            except sqlite3.OperationalError:
                return
            except sqlite3.DatabaseError:
                self._rebuild()

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _open(self) -> sqlite3.Connection:
        try:
            try:
                return self._connect()
            except sqlite3.OperationalError:
                raise  # locked or read-only: no reason to throw it away
            except sqlite3.DatabaseError:
                self._delete()
                return self._connect()
        except sqlite3.DatabaseError as error:
            raise OutputError(f"cannot be written: {error}", path=self.file, advice="check its permissions") from error

    def _connect(self) -> sqlite3.Connection:
        # One batch is prepared while another is translated; the lock keeps their threads apart.
        database = sqlite3.connect(self.file, timeout=30, check_same_thread=False)
        try:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = NORMAL")
            database.execute("CREATE TABLE IF NOT EXISTS results (key BLOB PRIMARY KEY, value BLOB) WITHOUT ROWID")
            database.execute("SELECT * FROM results LIMIT 1").fetchall()
        except sqlite3.DatabaseError:
            database.close()
            raise
        return database

    def _rebuild(self) -> None:
        self._database.close()
        self._delete()
        self._database = self._connect()

    def _delete(self) -> None:
        for name in (FILE, f"{FILE}-wal", f"{FILE}-shm"):
            with suppress(OSError):
                self.file.with_name(name).unlink()


def key(*parts: str) -> bytes:
    """A short key for any texts; different texts have different keys."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.digest()
