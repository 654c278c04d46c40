"""Drafting: sentences a second against Argos Translate's own API and against bare CTranslate2, the same model for all.

Our side does all that `ordbro translate` does: every fifth sentence has a link or emphasis, sentences are cut, checked,
tried again, and kept in the cache; the others get the same sentences without marks. Argos Translate's sentence
splitter is replaced by one that does not cut, for it wants a download.
"""

from __future__ import annotations

import os
import random
import statistics
import tempfile
from pathlib import Path

import ctranslate2
import sentencepiece
from corpus import sentences
from measure import Row, Spent, spent

from workflow.config import load_project
from workflow.machine import models
from workflow.machine.cache import Cache
from workflow.machine.drafts import Unit, draft
from workflow.machine.engine import Engine, load_engine
from workflow.machine.runtime import borrowed_settings

PAIRS = 3
"""How often ours and the bare call are timed in turns."""
TRIAL = 600
"""Sentences with which the bare call's best settings are found."""
BATCHES = (256, 384, 512, 1024, 4096)
"""Numbers of tokens that the bare call decodes together."""


def rows() -> list[Row]:
    """Throughput as ratios, and what a second run costs."""
    texts = sentences()
    units = [Unit(str(number), text) for number, text in enumerate(marked(texts))]
    path = models.find_model("en", "sv").path
    best = min(_settings(), key=lambda each: _bare(path, texts[:: len(texts) // TRIAL], *each).wall)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "pyproject.toml").write_text('[tool.ordbro]\nlocales = ["sv"]\n', encoding="utf-8")
        engine = load_engine("argos", load_project(Path(folder)), "sv")
        list(draft(units[:1], engine))
        pairs = [
            (_ordbro(units, engine, Path(folder, str(n))).wall, _bare(path, texts, *best).wall) for n in range(PAIRS)
        ]
        again = min(_ordbro(units, engine, Path(folder, str(n))).wall for n in range(PAIRS))
    ours = statistics.median(pair[0] for pair in pairs)
    bare = statistics.median(pair[1] / pair[0] for pair in pairs)
    return [
        Row(
            f"drafts: {len(texts):,} sentences, ordbro against argostranslate's API",
            _argos(texts).wall / ours,
            aim="≥ 4",
        ),
        Row(f"drafts: ordbro against the best bare CTranslate2 call {best}", bare, aim="≥ 0.9"),
        Row("drafts: from the cache against the first time", ours / again, aim="≥ 200"),
        Row("drafts: sentences a second, ordbro", len(texts) / ours, "a second"),
    ]


def marked(texts: list[str]) -> list[str]:
    """The sentences, every fifth with a link or emphasis around two of its words."""
    rng, made = random.Random(1), list[str]()
    for number, text in enumerate(texts):
        words = text.split()
        if number % 5 == 0 and len(words) > 4:
            at = rng.randrange(1, len(words) - 2)
            before, after = rng.choice([("**", "**"), ("*", "*"), ("[", "](https://example.org/page)")])
            words[at], words[at + 1] = before + words[at], words[at + 1] + after
        made.append(" ".join(words))
    return made


def _ordbro(units: list[Unit], engine: Engine, folder: Path) -> Spent:
    with Cache(folder) as cache:
        return spent(lambda: [each.text for each in draft(units, engine, cache)])


def _bare(path: Path, texts: list[str], inter: int, intra: int, batch: int) -> Spent:
    """Sentences sorted by length in batches of tokens, and nothing else."""
    translator = ctranslate2.Translator(str(path / "model"), inter_threads=inter, intra_threads=intra)
    tokenizer = sentencepiece.SentencePieceProcessor(model_file=str(path / "sentencepiece.model"))
    translator.translate_batch([["a"]])

    def work() -> list[str]:
        pieces = sorted(tokenizer.encode(texts, out_type=str), key=len)
        done = translator.translate_batch(pieces, beam_size=4, max_batch_size=batch, batch_type="tokens")
        return [tokenizer.decode_pieces(each.hypotheses[0]) for each in done]

    return spent(work)


def _settings() -> list[tuple[int, int, int]]:
    """What the bare call is tried with: threads beside each other, threads for one batch, tokens in it."""
    cores = len(os.sched_getaffinity(0))
    return [(inter, intra, batch) for inter, intra in {(1, cores), (cores, 1)} for batch in BATCHES]


def _argos(texts: list[str]) -> Spent:
    with borrowed_settings():
        from argostranslate import package, settings, translate
    settings.intra_threads = len(os.sched_getaffinity(0))
    path = models.find_model("en", "sv").path
    english, swedish = translate.Language("en", "English"), translate.Language("sv", "Swedish")
    engine = translate.PackageTranslation(english, swedish, package.Package(path))
    engine.sentencizer = _WholeText()
    engine.translate(texts[0])
    return spent(lambda: [engine.translate(text) for text in texts])


class _WholeText:
    """A sentence splitter that does not cut."""

    def split_sentences(self, text: str) -> list[str]:
        """The text as one sentence."""
        return [text]
