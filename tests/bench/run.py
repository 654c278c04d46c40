"""All measurements: `make bench`. Every figure is a ratio within one run, for no two machines are equally fast.

Names of measurements as arguments (`drafting`, `extraction`, …) run only those.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

MEASUREMENTS = (
    "pipeline",
    "catalogues",
    "extraction",
    "drafting",
    "starting",
    "streaming",
    "confidence",
    "sentences",
    "adoption",
    "memory",
)


def main(chosen: list[str]) -> int:
    """Run the measurements and print a table; 1 when a figure is not what it should be."""
    sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]
    missed = 0
    for name in chosen or MEASUREMENTS:
        if name not in MEASUREMENTS:
            print(f"no measurement is called {name}; there are: {', '.join(MEASUREMENTS)}", file=sys.stderr)
            return 2
        for row in importlib.import_module(name).rows():
            print(row, "" if row.met else "  ← MISSED", flush=True)
            missed += not row.met
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
