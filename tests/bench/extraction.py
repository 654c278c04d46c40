"""Extraction of 1,000 articles of about 800 words: against markdown-it-py's plain parse of the same files, and peers.

The floor is what nobody who uses markdown-it-py can go below: parsing, and throwing the result away.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from corpus import make_project, texts
from markdown_it import MarkdownIt
from measure import Row, Spent, spent
from peers import TOOLS

from workflow.config import load_project
from workflow.extraction import extract

ARTICLES = 1000
ROOT = Path(__file__).resolve().parents[2]
PEERS = ROOT / "build" / "peers" / "bin" / "python"


def rows() -> list[Row]:
    """Cold, warm and one article changed; then the peers."""
    with tempfile.TemporaryDirectory(dir=_in_memory()) as folder:
        top = Path(folder)
        make_project(top, ARTICLES)
        floor = _floor(top)
        cold, warm, one = _ordbro(top)
        found = [
            Row("extract: cold, CPU time against the floor", cold.cpu / floor.cpu, aim="≤ 1.5"),
            Row("extract: cold, wall time against the floor", cold.wall / floor.wall, aim="≤ 1"),
            Row("extract: nothing changed, CPU time against cold", warm.cpu / cold.cpu, aim="≤ 0.05"),
            Row("extract: one article changed, CPU time against cold", one.cpu / cold.cpu, aim="≤ 0.06"),
            Row("extract: peak memory for 1,000 articles against 100", _memory(top) / _memory_small(), aim="≤ 1.2"),
        ]
        return found + _peers(top, floor)


def _in_memory() -> str | None:
    """A folder in memory where there is one: the floor writes nothing, so the disk's moods should not count."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def _floor(top: Path) -> Spent:
    known, md = list(texts(top)), MarkdownIt("commonmark").enable("table")

    def work() -> None:
        for text in known:
            md.parse(text)

    return min((spent(work) for _ in range(3)), key=lambda each: each.cpu)


def _ordbro(top: Path) -> tuple[Spent, Spent, Spent]:
    project = load_project(top)
    colds, warms, ones = list[Spent](), list[Spent](), list[Spent]()
    for number in range(3):
        for name in ("locales", "build"):
            shutil.rmtree(top / name, ignore_errors=True)
        colds.append(spent(lambda: extract(project)))
        warms.append(spent(lambda: extract(project)))
        article = next(iter(sorted(top.rglob("source/**/*.md"))))
        article.write_text(
            article.read_text(encoding="utf-8") + f"\nOne more paragraph, number {number}.\n", encoding="utf-8"
        )
        ones.append(spent(lambda: extract(project)))
    return tuple(min(each, key=lambda one: one.cpu) for each in (colds, warms, ones))  # type: ignore[return-value]


def _memory(top: Path) -> float:
    """Peak memory of a cold extraction in a process of its own, in kB; the largest single process counts."""
    for name in ("locales", "build"):
        shutil.rmtree(top / name, ignore_errors=True)
    code = (
        "import resource, sys; from pathlib import Path; from workflow.config import load_project; "
        "from workflow.extraction import extract; extract(load_project(Path(sys.argv[1]))); "
        "print(max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code, str(top)], env=environment, check=True, capture_output=True, text=True
    )
    return float(done.stdout)


def _memory_small() -> float:
    with tempfile.TemporaryDirectory() as folder:
        make_project(Path(folder), ARTICLES // 10)
        return _memory(Path(folder))


def _peers(top: Path, floor: Spent) -> list[Row]:
    if not PEERS.exists():
        print("extract: the peers are not installed; make bench does that", file=sys.stderr)
        return []
    found = list[Row]()
    for tool in TOOLS:
        with tempfile.TemporaryDirectory() as out:
            command = [str(PEERS), str(Path(__file__).with_name("peers.py")), tool, str(top / "source"), out]
            done = subprocess.run(command, check=False, capture_output=True, text=True)
        if done.returncode or not done.stdout.strip():
            print(f"extract: {tool} did not run: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
            continue
        took = json.loads(done.stdout.splitlines()[-1])
        found.append(Row(f"extract: {tool}, which only extracts, CPU time against the floor", took["cpu"] / floor.cpu))
    return found
