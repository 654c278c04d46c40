"""What the measurements share: a table of ratios, and clocks for CPU and wall time."""

from __future__ import annotations

import gc
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One figure of one run."""

    what: str
    """What was measured."""
    value: float
    """The figure, a ratio unless `unit` says otherwise."""
    unit: str = "×"
    """Its unit."""
    aim: str = ""
    """What it should be: `≥ 4`."""

    def __str__(self) -> str:
        figure = f"{self.value:,.3f}" if self.value < 10 else f"{self.value:,.1f}"
        return f"{self.what:<86} {figure:>12} {self.unit:<12} {self.aim}".rstrip()

    @property
    def met(self) -> bool:
        """Whether the figure is what it should be; True where nothing is asked."""
        if not self.aim:
            return True
        sign, bound = self.aim.split()[:2]
        return self.value >= float(bound) if sign == "≥" else self.value <= float(bound)


@dataclass(frozen=True)
class Spent:
    """What a piece of work took, its child processes included."""

    cpu: float
    """Seconds of processor time."""
    wall: float
    """Seconds on the clock."""


def spent(work: Callable[[], object]) -> Spent:
    """Do some work and see what it took."""
    gc.collect()
    cpu, wall = _cpu(), time.perf_counter()
    work()
    return Spent(_cpu() - cpu, time.perf_counter() - wall)


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)
