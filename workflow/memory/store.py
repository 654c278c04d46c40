"""The memory of a locale: an SQLite file below `build/cache`, made from catalogues and imported files.

It may be deleted at any time. A file that is broken, or of another version of Ordbro, is made anew without a word.
Several processes may use it at once: one writes in a transaction, the others wait for it or read what was there.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from workflow.config import Project
from workflow.errors import OutputError
from workflow.finding import Finding, Severity
from workflow.memory.connection import connect, damaged, delete
from workflow.memory.refreshing import Progress, refresh

Row = tuple[Any, ...]
_T = TypeVar("_T")


def quiet(_total: int) -> AbstractContextManager[Callable[[int], object]]:
    """No progress bar."""
    return nullcontext(lambda _done: None)


def memory_file(project: Project, locale: str) -> Path:
    """The database of a locale (POSIX name)."""
    return project.build / "cache" / f"memory-{locale}.sqlite"


class Memory:
    """The memory of a locale, brought up to date when it is opened. Threads may share it."""

    def __init__(self, project: Project, locale: str, progress: Progress = quiet) -> None:
        """Open it and read what changed since the last time; raises OutputError."""
        self.project, self.locale = project, locale
        self.file = memory_file(project, locale)
        """Where it lies; where that cannot be written, the database lives in the computer's memory."""
        self._progress = progress
        self._lock = threading.RLock()
        self._database: sqlite3.Connection | None = None
        self._safely(lambda _: None)

    def __enter__(self) -> Memory:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def findings(self) -> list[Finding]:
        """The files that could not be read, and that the memory is therefore without."""
        rows = self.ask("SELECT path, line, problem, advice FROM files WHERE problem != '' ORDER BY path")
        return [
            Finding(path, line, Severity.ERROR, "memory", f"{problem}; {advice}", self.locale)
            for path, line, problem, advice in rows
        ]

    def ask(self, question: str, values: Sequence[object] = ()) -> list[Row]:
        """The rows that answer a question in SQL; raises OutputError."""
        return self._safely(lambda database: database.execute(question, values).fetchall())

    def stream(self, question: str) -> Iterator[Row]:
        """The same one by one, for more rows than should lie in memory; raises OutputError."""
        rows = self._safely(lambda database: database.execute(question))
        try:
            yield from rows
        except sqlite3.Error as error:
            raise self._trouble(error) from error

    def refresh(self) -> None:
        """Read what changed since it was opened; raises OutputError."""
        self._safely(self._refresh)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._database is not None:
                self._database.close()
            self._database = None

    def _safely(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        """Do some work with the database; if that turns out to be broken, once more with a new one."""
        with self._lock:
            try:
                return work(self._opened())
            except sqlite3.Error as error:
                if not damaged(error):
                    raise self._trouble(error) from error
            self.close()
            delete(self.file)
            try:
                return work(self._opened())
            except sqlite3.Error as error:
                raise self._trouble(error) from error

    def _opened(self) -> sqlite3.Connection:
        if self._database is None:
            self._database = connect(self.file)
            try:
                self._refresh(self._database)
            except BaseException:
                self.close()
                raise
        return self._database

    def _refresh(self, database: sqlite3.Connection) -> None:
        refresh(database, self.project, self.locale, self._progress)

    def _trouble(self, error: sqlite3.Error) -> OutputError:
        advice = "see that there is room on the disk and that no other command is at work, then run it again"
        if "fts5" in str(error):
            advice = "use a Python whose SQLite has FTS5, as those of python.org and of Linux do"
        return OutputError(f"cannot be used: {error}", path=self.project.shown(self.file), advice=advice)
