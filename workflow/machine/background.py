"""Work in a thread, one piece after another."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Task(Generic[Value]):
    """A piece of work that begins when the one before it is done.

    `concurrent.futures` would do the same, but importing it takes as long as opening a small model.
    """

    def __init__(self, work: Callable[[], Value], after: Task[Value] | None = None):
        self._work, self._after = work, after
        self._values, self._cancelled = list[Value](), False
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._run, name="batch")
        self._thread.start()

    def result(self) -> Value:
        """Wait for what the work gives; raises what it raised."""
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self._values[0]

    def cancel(self) -> None:
        """See to it that the work is not begun, or wait until it is done."""
        self._cancelled = True
        self._thread.join()

    def _run(self) -> None:
        after, self._after = self._after, None
        if after is not None:
            after._thread.join()
        if not self._cancelled:
            try:
                self._values.append(self._work())
            except Exception as error:
                self._error = error
