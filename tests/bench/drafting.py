"""Drafting: sentences a second against Argos Translate's own API and against bare CTranslate2, the same model for all.

Argos Translate's sentence splitter is replaced by one that does not cut, for it wants a download.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

import ctranslate2
from corpus import sentences
from measure import Row, Spent, spent

from workflow.config import load_project
from workflow.machine import models
from workflow.machine.cache import Cache
from workflow.machine.drafts import Unit, draft
from workflow.machine.engine import load_engine
from workflow.machine.runtime import borrowed_settings


def rows() -> list[Row]:
    """Throughput as ratios, and what a second run and a single paragraph cost."""
    texts = sentences()
    ours, again, first, loading = _ordbro(texts)
    bare = min(
        (_bare(texts, inter, intra, batch) for inter, intra in _splits() for batch in (2048, 4096)),
        key=lambda each: each.wall,
    )
    argos = _argos(texts)
    return [
        Row(
            f"drafts: {len(texts):,} sentences, ordbro against argostranslate's API", argos.wall / ours.wall, aim="≥ 4"
        ),
        Row("drafts: ordbro against the best bare CTranslate2 call", bare.wall / ours.wall, aim="≥ 0.9"),
        Row("drafts: from the cache against the first time", ours.wall / again.wall, aim="≥ 200"),
        Row("drafts: first draft of one paragraph against loading the model", first.wall / loading.wall, aim="≤ 1.5"),
        Row("drafts: sentences a second, ordbro", len(texts) / ours.wall, "a second"),
    ]


def _ordbro(texts: list[str]) -> tuple[Spent, Spent, Spent, Spent]:
    units = [Unit(str(number), text) for number, text in enumerate(texts)]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "pyproject.toml").write_text('[tool.ordbro]\nlocales = ["sv"]\n', encoding="utf-8")
        project = load_project(Path(folder))
        models.find_model("en", "sv")
        loading = spent(lambda: _loaded(models.find_model("en", "sv").path))
        first = spent(lambda: list(draft(units[:1], load_engine("argos", project, "sv"), None)))
        engine = load_engine("argos", project, "sv")
        list(draft(units[:1], engine, None))
        with Cache(project.build / "cache") as cache:
            done = spent(lambda: list(draft(units, engine, cache)))
        with Cache(project.build / "cache") as cache:
            again = spent(lambda: list(draft(units, engine, cache)))
    return done, again, first, loading


def _loaded(path: Path) -> tuple[Any, Any]:
    translator = ctranslate2.Translator(str(path / "model"), intra_threads=_cores())
    with borrowed_settings():
        from argostranslate import package
    tokenizer = package.Package(path).tokenizer
    tokenizer.encode("")
    return translator, tokenizer


def _bare(texts: list[str], inter: int, intra: int, batch: int) -> Spent:
    """Sentences sorted by length in batches of tokens, and nothing else."""
    path = models.find_model("en", "sv").path
    translator = ctranslate2.Translator(str(path / "model"), inter_threads=inter, intra_threads=intra)
    _, tokenizer = _loaded(path)
    translator.translate_batch([tokenizer.encode(texts[0])])

    def work() -> list[str]:
        pieces = sorted((tokenizer.encode(text) for text in texts), key=len)
        done = translator.translate_batch(pieces, beam_size=4, max_batch_size=batch, batch_type="tokens")
        return [tokenizer.processor.decode_pieces(each.hypotheses[0]) for each in done]

    return spent(work)


def _splits() -> set[tuple[int, int]]:
    cores = _cores()
    return {(1, cores), (cores, 1)}


def _argos(texts: list[str]) -> Spent:
    with borrowed_settings():
        from argostranslate import package, settings, translate
    settings.intra_threads = _cores()
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


def _cores() -> int:
    return len(os.sched_getaffinity(0))
