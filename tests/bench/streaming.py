"""Memory while drafting: the peak of a process that drafts many sentences against one that drafts a thousand.

A hundred thousand go through an engine that answers at once; some thousands through the real model.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from corpus import sentences
from measure import Row

from workflow.config import load_project
from workflow.machine.cache import Cache
from workflow.machine.drafts import Unit, draft
from workflow.machine.engine import load_engine

FEW, MANY, SOME = 1_000, 100_000, 5_000


def rows() -> list[Row]:
    """Ratios of peaks, each measured in a process of its own."""
    few, many = (_peak("pseudo", count) for count in (FEW, MANY))
    few_real, some_real = (_peak("argos", count) for count in (FEW, SOME))
    return [
        Row(
            f"memory: peak of drafting {MANY:,} sentences against {FEW:,}, an engine that answers at once",
            many / few,
            aim="≤ 1.2",
        ),
        Row(
            f"memory: peak of drafting {SOME:,} sentences against {FEW:,}, the starter model",
            some_real / few_real,
            aim="≤ 1.2",
        ),
        Row(f"memory: peak of drafting {SOME:,} sentences, the starter model", some_real / 1024, "MB"),
    ]


def _peak(engine: str, count: int) -> float:
    """The peak, in kB, of a process that drafts so many sentences."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "pyproject.toml").write_text('[tool.ordbro]\nlocales = ["sv"]\n', encoding="utf-8")
        command = [sys.executable, __file__, folder, engine, str(count)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return float(done.stdout)


def _units(count: int) -> Iterator[Unit]:
    """As many different sentences as asked for, made as they are taken."""
    known = sentences()
    for number in range(count):
        text = known[number % len(known)]
        yield Unit(str(number), text if number < len(known) else f"Number {number}: {text}")


def _work(folder: Path, engine: str, count: int) -> None:
    """What the process does."""
    with Cache(folder / "cache") as cache:
        for _ in draft(_units(count), load_engine(engine, load_project(folder), "sv"), cache):
            pass
    print(_high_water())


def _high_water() -> int:
    """The peak of this process in kB. `getrusage` would count that of the one which started it."""
    with suppress(OSError):
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return int(status.partition("VmHWM:")[2].split()[0])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    _work(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
