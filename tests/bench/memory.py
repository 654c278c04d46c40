"""The translation memory with 500,000 units: import, exact and near lookups, and how many near matches are found."""

from __future__ import annotations

import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from corpus import SETTINGS, sentences
from measure import Row, spent
from rapidfuzz import fuzz, process

from workflow.config import Project, load_project
from workflow.memory import LEAST, Memory, Unit, exact, near
from workflow.memory.normal import normal
from workflow.memory.tmx_writing import write_tmx

UNITS = 500_000
FEWER = 50_000
LOOKUPS = 200
COMPARED = 60
LIMIT = 5


def rows() -> list[Row]:
    """Times of lookups, recall against comparing with every text, and what an import takes."""
    with tempfile.TemporaryDirectory() as name:
        small, _ = _imported(Path(name, "small"), FEWER)
        large, seconds = _imported(Path(name, "large"), UNITS)
        project = _project(Path(name, "large"))
        texts = list(dict.fromkeys(_texts(UNITS)))
        asked = list(_questions(texts, LOOKUPS))
        with Memory(project, "sv") as memory:
            exactly = _times(lambda text: exact(memory, text), random.Random(3).sample(texts, LOOKUPS))
            nearly = _times(lambda text: near(memory, text), asked)
            folded = [_folded(text) for text in texts]
            brute = spent(lambda: [_brute(text, folded) for text in asked[:COMPARED]]).wall / COMPARED
            recall = _recall(memory, asked[:COMPARED], folded)
        opening = spent(lambda: Memory(project, "sv").close()).wall
    count = f"{UNITS:,} units"
    return [
        Row(f"memory: {count}, near lookup, median", statistics.median(nearly) * 1000, "ms", "≤ 50"),
        Row(f"memory: {count}, near lookup, 95 of 100 are faster", _percentile(nearly) * 1000, "ms", "≤ 50"),
        Row(f"memory: {count}, exact lookup, 95 of 100 are faster", _percentile(exactly) * 1000, "ms", "≤ 50"),
        Row("memory: near lookup against comparing with every text", brute / statistics.median(nearly), aim="≥ 3"),
        Row(f"memory: recall of the {LIMIT} best matches of at least {LEAST} %", recall, "", "≥ 0.98"),
        Row(f"memory: peak of importing {UNITS:,} units against {FEWER:,}", large / small, aim="≤ 1.5"),
        Row("memory: import and index, units a second", UNITS / seconds, "a second"),
        Row("memory: opening it when nothing has changed", opening * 1000, "ms", "≤ 200"),
    ]


def _texts(count: int) -> Iterator[str]:
    """English texts: real sentences, mixtures of two, and sentences with other words in them."""
    rng, known = random.Random(1), sentences()
    words = [word for sentence in known for word in sentence.split()]
    yield from known
    for number in range(count - len(known)):
        first = rng.choice(known).split()
        if number % 2:
            second = rng.choice(known).split()
            mixed = first[: int(len(first) * rng.random()) + 1] + second[int(len(second) * rng.random()) :]
        else:
            share = rng.choice((0.15, 0.3, 0.5, 0.7))
            mixed = [rng.choice(words) if rng.random() < share else word for word in first]
        yield " ".join(mixed)


def _questions(texts: list[str], count: int) -> Iterator[str]:
    """Texts of the memory with words changed, left out, put in, misspelt or moved."""
    rng = random.Random(2)
    words = [word for text in texts[:3000] for word in text.split()]
    for _ in range(count):
        parts = rng.choice(texts).split()
        for _ in range(rng.choice((1, 1, 2, 3))):
            at = rng.randrange(len(parts))
            other = rng.choice(words)
            parts = rng.choice(
                (
                    [*parts[:at], other, *parts[at + 1 :]],
                    [*parts[:at], *parts[at + 1 :]] or parts,
                    [*parts[:at], other, *parts[at:]],
                    [*parts[:at], parts[at][:-1] + "x", *parts[at + 1 :]],
                    [*parts[at:], *parts[:at]],
                )
            )
        yield " ".join(parts)


def _imported(folder: Path, count: int) -> tuple[float, float]:
    """Import a file of so many units in a process of its own: its peak in kB, and seconds."""
    (folder / "source").mkdir(parents=True)
    (folder / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")
    file = folder / "agency.tmx"
    with file.open("wb") as out:
        out.writelines(write_tmx((Unit(text, text.swapcase()) for text in _texts(count)), "en", "sv"))
    began = time.perf_counter()
    command = [sys.executable, __file__, str(folder), str(file)]
    paths = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=paths)
    return float(done.stdout), time.perf_counter() - began


def _import(folder: Path, file: Path) -> None:
    """What the process of an import does."""
    from workflow.memory import import_file

    project = _project(folder)
    import_file(project, "sv", file)
    Memory(project, "sv").close()
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def _project(folder: Path) -> Project:
    return load_project(folder)


def _times(work: Callable[[str], object], texts: list[str]) -> list[float]:
    """Seconds for each text."""
    found = list[float]()
    for text in texts:
        began = time.perf_counter()
        work(text)
        found.append(time.perf_counter() - began)
    return found


def _percentile(times: list[float]) -> float:
    return sorted(times)[len(times) * 95 // 100]


def _folded(text: str) -> str:
    return normal(text).casefold()


def _brute(text: str, folded: list[str]) -> list[int]:
    """The scores of the best matches, found by comparing with every text."""
    wanted = _folded(text)
    found = process.extract(wanted, folded, scorer=fuzz.ratio, score_cutoff=LEAST, limit=LIMIT + 1)
    return [min(int(score), 99) for known, score, _ in found if known != wanted][:LIMIT]


def _recall(memory: Memory, asked: list[str], folded: list[str]) -> float:
    """The share of the best matches that are found; matches as good as each other count alike."""
    hits = total = 0
    for text in asked:
        there = Counter(_brute(text, folded))
        here = Counter(match.score for match in near(memory, text, limit=LIMIT))
        total += there.total()
        hits += (there & here).total()
    return hits / total


if __name__ == "__main__":
    _import(Path(sys.argv[1]), Path(sys.argv[2]))
