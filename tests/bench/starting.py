"""Starting: a fresh process up to the first draft of one paragraph, against one that only loads the same model.

Both begin as every command does, by reading the project's settings. The other one then opens the model as an Argos
package: CTranslate2 on all cores, and the tokeniser that Argos Translate finds in it. In the second row it also has
CTranslate2 translate the same sentence.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measure import Row

from workflow.machine import models

ROOT = Path(__file__).resolve().parents[2]
RUNS = 9
SENTENCE = "The new unit opens in the autumn and receives patients from the whole region."
PROJECT = "import sys; from pathlib import Path; from workflow.config import load_project\n"
PROJECT += "project = load_project(Path(sys.argv[1]))\n"
LOAD = f"""{PROJECT}
import os, ctranslate2
from argostranslate.package import Package
cores = len(os.sched_getaffinity(0))
translator = ctranslate2.Translator(sys.argv[2] + "/model", inter_threads=cores, intra_threads=1)
tokenizer = Package(Path(sys.argv[2])).tokenizer.lazy_processor()
"""
BARE = f"""{LOAD}
pieces = tokenizer.encode({SENTENCE!r}, out_type=str)
tokenizer.decode_pieces(translator.translate_batch([pieces], beam_size=4)[0].hypotheses[0])
"""
FIRST = f"""{PROJECT}
from workflow.machine.cache import Cache
from workflow.machine.drafts import Unit, draft
from workflow.machine.engine import load_engine
with Cache(Path(sys.argv[1]) / sys.argv[3]) as cache:
    [made] = draft([Unit("", {SENTENCE!r})], load_engine("argos", project, "sv"), cache)
assert made.text
"""


def rows() -> list[Row]:
    """The first draft in a fresh process, the cache included, as a ratio: the median of several runs in turns."""
    model = str(models.find_model("en", "sv").path)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "pyproject.toml").write_text('[tool.ordbro]\nlocales = ["sv"]\n', encoding="utf-8")
        for program in (LOAD, BARE, FIRST):
            _seconds(program, folder, model, "warm")
        times = [
            tuple(_seconds(program, folder, model, str(n)) for program in (LOAD, BARE, FIRST)) for n in range(RUNS)
        ]
    load, bare, first = (statistics.median(column) for column in zip(*times, strict=True))
    return [
        Row("start: first draft of one paragraph, against loading the model", first / load, aim="≤ 1.5"),
        Row("start: first draft of one paragraph, against bare CTranslate2 with the same sentence", first / bare),
        Row("start: first draft of one paragraph, Python's own start included", first * 1000, "ms"),
    ]


def _seconds(program: str, *arguments: str) -> float:
    """Seconds that a program takes as a process of its own."""
    began = time.perf_counter()
    own = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_CACHE_HOME"), arguments[0])  # Argos Translate makes folders there
    environment = {**os.environ, **own, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", program, *arguments], env=environment, check=True)
    return time.perf_counter() - began
