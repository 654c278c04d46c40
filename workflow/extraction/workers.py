"""Work on many articles at once, in as many processes as there are cores."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from typing import TypeVar

In = TypeVar("In")
Out = TypeVar("Out")

CHUNK = 40
"""Articles that a process takes at a time."""

WORTH = 4 * CHUNK
"""From this many articles on, starting processes takes less time than it saves."""


def in_parallel(work: Callable[[In], Out], items: Sequence[In]) -> Iterator[Out]:
    """`work` of each item, in order. Few items, or one core, or a system without fork: in this process."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if len(items) < WORTH or cores < 2 or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(work, items)
        return
    chunks = (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))
    with ProcessPoolExecutor(cores, multiprocessing.get_context("fork"), _settle) as pool:
        waiting: list[Future[list[Out]]] = [pool.submit(_chunk, work, chunk) for chunk in islice(chunks, 2 * cores)]
        try:
            while waiting:
                yield from waiting.pop(0).result()
                waiting += [pool.submit(_chunk, work, chunk) for chunk in islice(chunks, 1)]
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _settle() -> None:
    """Let the collector look less often: parsing makes many short-lived objects and hardly a cycle."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def _chunk(work: Callable[[In], Out], items: Iterable[In]) -> list[Out]:
    return [work(item) for item in items]
