"""How well old translated pages are aligned with their articles: precision and recall on pairs of our own."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "adoption"))

from measure import Row
from perturbed import CHANGES, Score, cases, names, score, total


def rows() -> Iterator[Row]:
    """Precision and recall for each change that editors make, and for all of them."""
    found = {change: total(score(case) for case in cases(change)) for change in CHANGES}
    for change, each in found.items():
        yield from _figures(change, each, "", "")
    yield from _figures("all", total(found.values()), "≥ 0.97", "≥ 0.9")


def run() -> list[Row]:
    """All rows."""
    return list(rows())


def _figures(change: str, found: Score, precision: str, recall: str) -> Iterator[Row]:
    what = f"adopt, {len(names())} article pairs, {change}"
    yield Row(f"{what}: right of {found.given:,} pairs given", found.precision, "precision", precision)
    yield Row(f"{what}: found of {found.wanted:,} pairs there are", found.recall, "recall", recall)


if __name__ == "__main__":
    for each in rows():
        print(each)
