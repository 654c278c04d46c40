"""A kill in the middle of ten thousand messages."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from tests.cli.commands import ROOT, Run, catalogue, write
from workflow.translation import BATCH

PARTS = 4
MESSAGES = 10_000
COUNTING = """
import sys
from contextlib import contextmanager
from pathlib import Path
from workflow.config import load_project
from workflow.library import load_library
from workflow.translation import translate_locale

@contextmanager
def progress(total):
    done = 0
    def advance(count):
        nonlocal done
        done += count
        if done % 100 == 0:
            print(done, flush=True)
    yield advance

project = load_project(Path())
translate_locale(project, load_library(project), "sv", "pseudo", (), False, progress)
"""
"""Translates with pseudo, and prints how many texts are done."""


def drafts(project: Path) -> dict[tuple[str, str], str]:
    """Every draft of the long articles, from catalogues that a strict reader accepts."""
    found = {}
    for part in range(PARTS):
        path = catalogue(project, f"news/part-{part}")
        subprocess.run(["msgfmt", "--check-format", "-o", os.devnull, path], check=True, capture_output=True)
        found |= {(path.name, entry.msgid): entry.msgstr for entry in polib.pofile(str(path)) if entry.msgstr}
    return found


@pytest.mark.slow
def test_a_kill_in_ten_thousand_messages_loses_one_batch(demo: Path, ordbro: Run) -> None:
    """However late the kill -9 comes, all batches before the current one are in the catalogues, and whole."""
    for part in range(PARTS):
        chosen = [f"Door {part}-{n} is open." for n in range(MESSAGES // PARTS)]
        write(demo, f"news/part-{part}", f"---\ntitle: Part {part}\n---\n\n" + "\n\n".join(chosen) + "\n")
    assert ordbro("extract", cwd=demo).status == 0
    with subprocess.Popen(
        [sys.executable, "-c", COUNTING],
        cwd=demo,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdout
        done = next(int(line) for line in running.stdout if int(line) >= 5000)
        running.kill()
    assert done >= 5000
    kept = drafts(demo)
    assert len(kept) > done - 2 * BATCH
    assert ordbro("translate", "--engine", "pseudo", cwd=demo).status == 0
    after = drafts(demo)
    assert len(after) >= MESSAGES
    assert {key: after[key] for key in kept} == kept
