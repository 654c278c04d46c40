"""Work on many articles at once, in as many processes as there are cores."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar

from workflow.errors import OrdbroError

In = TypeVar("In")
Out = TypeVar("Out")

CHUNK = 40
"""Articles that a process takes at a time."""

WORTH = 4 * CHUNK
"""From this many articles on, starting processes takes less time than it saves."""

_work: Callable[[Any], Any]
"""What a process that was started here does with each item."""


def in_parallel(work: Callable[[In], Out], items: Sequence[In]) -> Generator[Out]:
    """`work` of each item, in order. Few items, or one core, or a system without fork: in this process.

    Close it when it is left before its end. Raises what `work` raises, and OrdbroError when a process was killed.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if len(items) < WORTH or cores < 2 or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(work, items)
        return
    chunks = (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))
    with ProcessPoolExecutor(cores, multiprocessing.get_context("fork"), _start, (work,)) as pool:
        waiting = list[Future[list[Out]]]()
        try:
            with _no_interrupts():  # the processes inherit it: ctrl-C is for this one alone
                waiting += [pool.submit(_chunk, chunk) for chunk in islice(chunks, 2 * cores)]
            while waiting:
                yield from waiting.pop(0).result()
                waiting += [pool.submit(_chunk, chunk) for chunk in islice(chunks, 1)]
        except BrokenProcessPool as error:
            raise OrdbroError(
                "the system stopped a process that read articles", advice="free some memory and run the command again"
            ) from error
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


@contextmanager
def _no_interrupts() -> Iterator[None]:
    """Let ctrl-C wait."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start(work: Callable[[Any], Any]) -> None:
    """Make a new process ready; it has `work` from its parent's memory, so that nothing is copied for each chunk."""
    global _work
    _work = work
    # The collector may look less often: parsing makes many short-lived objects and hardly a cycle.
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End the process when its parent is gone; it would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _chunk(items: Sequence[Any]) -> list[Any]:
    return [_work(item) for item in items]
