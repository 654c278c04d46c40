"""Sentence splitting: the golden file's ends of sentences found, as F1, against two libraries for it.

The libraries run in an environment of their own (`sh .ci/set-up peers`); texts go in and offsets come out as JSON.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from measure import Row

from workflow.machine.sentences import split

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "machine" / "sentences.txt"
PEERS = ROOT / "build" / "peers" / "bin" / "python"
PROGRAM = """
import json, sys
import pysbd
from syntok import segmenter

segments = pysbd.Segmenter(language="en", clean=False, char_span=True)

def by_pysbd(text):
    return [each.end for each in segments.segment(text)]

def by_syntok(text):
    return [
        sentence[-1].offset + len(sentence[-1].value)
        for paragraph in segmenter.analyze(text)
        for sentence in paragraph
        if sentence
    ]

texts = json.load(sys.stdin)
json.dump({"pysbd": [by_pysbd(text) for text in texts], "syntok": [by_syntok(text) for text in texts]}, sys.stdout)
"""
"""Prints where each library sees a sentence end in each text."""


def rows() -> list[Row]:
    """F1 of the three; ours has to be as good as the better of the two."""
    lines = CASES.read_text(encoding="utf-8").splitlines()
    cases = [line.split("¦ ") for line in lines if line.strip() and not line.startswith("# ")]
    texts = ["".join(pieces) for pieces in cases]
    done = subprocess.run([PEERS, "-c", PROGRAM], input=json.dumps(texts), capture_output=True, text=True, check=True)
    wanted = [_ends(pieces) for pieces in cases]
    theirs = {
        name: _f1(wanted, [_at_words(text, ends) for text, ends in zip(texts, found, strict=True)])
        for name, found in json.loads(done.stdout).items()
    }
    ours = _f1(wanted, [_ends(split(text)) for text in texts])
    return [
        Row("sentences: F1 of the ends of sentences, ordbro", ours, "", f"≥ {max(theirs.values()):.3f}"),
        *(Row(f"sentences: F1, {name}", value, "") for name, value in theirs.items()),
    ]


def _ends(pieces: list[str]) -> set[int]:
    """Where the pieces but the last end, the space behind them not counted."""
    ends, position = set[int](), 0
    for piece in pieces[:-1]:
        ends.add(position + len(piece.rstrip()))
        position += len(piece)
    return ends


def _at_words(text: str, ends: list[int]) -> set[int]:
    """Ends within a text, the space before them not counted."""
    found = {len(text[:end].rstrip()) for end in ends}
    return {end for end in found if 0 < end < len(text.rstrip())}


def _f1(wanted: list[set[int]], found: list[set[int]]) -> float:
    hits = sum(len(here & there) for here, there in zip(wanted, found, strict=True))
    return 2 * hits / (sum(map(len, wanted)) + sum(map(len, found)))
