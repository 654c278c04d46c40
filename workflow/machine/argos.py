"""The engine that translates on this computer: models of Argos packages, run by CTranslate2.

Sentences go through the model sorted by length in large batches on all cores. Argos Translate itself
decodes batches of 32 tokens, nearly every sentence alone, and turns underscores into blanks.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from workflow.errors import EngineError, ModelError
from workflow.machine.engine import Hypothesis, Options
from workflow.machine.hypotheses import Found, hypothesis
from workflow.machine.models import Model, find_model
from workflow.machine.runtime import Tokenizer, open_tokenizer, open_translator, target_prefix

if TYPE_CHECKING:
    import ctranslate2

    from workflow.config import Project

BATCH_TOKENS = 256
"""Most tokens decoded together: more is slower on CPUs (caches), less wastes the matrix products."""
SMALL_BATCH = 128
"""Fewest tokens decoded together, when there are too few sentences to keep all cores busy otherwise."""
MAX_WORDS = 20_000
"""Words whose number of pieces is kept in mind."""
UNKNOWN = "<unk>"
"""What a model says that has no word for something."""
MAX_TOKENS = 256
"""Length of the longest translation, in tokens."""


class ArgosEngine:
    """CTranslate2 with a model from an Argos package; loaded at the first sentence, or when `prepare` is called."""

    name = "argos"
    uses_context = False
    parallel = True
    """Whether two threads may translate at once: one's sentences fill the cores that the other leaves idle."""

    def __init__(self, model: Model):
        self.model = model
        """The package in use."""
        self._tokenizer: Tokenizer | None = None
        self._translator: ctranslate2.Translator | None = None
        self._prefix = ""
        self._pieces = dict[str, int]()
        self._placeholders: bool | None = None
        self._key = ""

    @property
    def label(self) -> str:
        """Engine, package and version: `argos translate-en_sv 0.2`."""
        return f"argos {self.model.name} {self.model.version}"

    @property
    def key(self) -> str:
        """Changes with the model's file."""
        self._key = self._key or f"argos {self.model.key}"
        return self._key

    @property
    def placeholders(self) -> bool:
        """Whether ⟦0⟧ … ⟦9⟧ are words of the model's vocabulary."""
        if self._placeholders is None:
            vocabularies = (self.model.path / "model").glob("*vocabulary.*")
            # JSON may write them as escapes.
            self._placeholders = any("⟦9⟧" in text or r"\u27e69\u27e7" in text for text in map(_read, vocabularies))
        return self._placeholders

    def prepare(self) -> None:
        """Load the model, and have it say a word meanwhile: CTranslate2 makes its machine code at the first one."""
        with suppress(ModelError):  # `translate` meets the same failure, and tells
            translator, _ = self._load()
            threading.Thread(target=_warm_up, args=(translator,), name="model").start()

    def translate(self, sentences: Sequence[str], options: Options) -> list[tuple[Hypothesis, ...]]:
        """For each sentence `options.hypotheses` translations; raises ModelError if the model cannot be loaded."""
        if not sentences:
            return []
        translator, tokenizer = self._load()
        tokens, prefix = tokenizer.cut(sentences), self._prefix
        results = self._decode(translator, tokens, options, options.alignment)
        unknown = [n for n, each in enumerate(results) if any(UNKNOWN in found for found in each.hypotheses)]
        if unknown and not options.alignment:
            again = self._decode(translator, [tokens[n] for n in unknown], options, True)
            for n, result in zip(unknown, again, strict=True):
                results[n] = result
        openings = options.openings if options.alignment and not prefix else ()
        firsts = dict(zip(openings, _first_rows(translator, [tokens[n] for n in openings]), strict=True))
        return [
            tuple(
                hypothesis(sentence, source, each, tokenizer.joined(each.pieces))
                for each in _each(result, firsts.get(n, []), prefix)
            )
            for n, (sentence, source, result) in enumerate(zip(sentences, tokens, results, strict=True))
        ]

    def _decode(
        self, translator: ctranslate2.Translator, tokens: list[list[str]], options: Options, replace: bool
    ) -> list[Any]:
        """What CTranslate2 answers; to replace unknown words by the source's takes attention, and so some time."""
        try:
            return translator.translate_batch(  # type: ignore[no-any-return]
                tokens,
                target_prefix=[[self._prefix]] * len(tokens) if self._prefix else None,
                beam_size=options.beam,
                num_hypotheses=min(options.hypotheses, options.beam),
                max_batch_size=_batch_size(tokens),
                batch_type="tokens",
                max_decoding_length=MAX_TOKENS,
                return_scores=True,
                return_attention=options.alignment,
                replace_unknowns=replace,
                repetition_penalty=options.repetition_penalty,
                no_repeat_ngram_size=options.no_repeat_ngram,
            )
        except RuntimeError as error:
            raise EngineError(
                f"the model {self.model.label} failed: {error}", path=self.model.path, advice="install it again"
            ) from error

    def pieces(self, word: str) -> int:
        """How many pieces the model's tokeniser cuts a word into; many for a word that it hardly knows."""
        known = self._pieces.get(word)
        if known is None:
            known = self._pieces[word] = len(self._open().cut([word])[0])
            if len(self._pieces) > MAX_WORDS:
                self._pieces.clear()
        return known

    def _load(self) -> tuple[ctranslate2.Translator, Tokenizer]:
        if self._translator is None:
            self._translator = open_translator(self.model, _cores())
        return self._translator, self._open()

    def _open(self) -> Tokenizer:
        if self._tokenizer is None:
            self._prefix = target_prefix(self.model)
            self._tokenizer = open_tokenizer(self.model)
        return self._tokenizer


def create(project: Project, locale: str) -> ArgosEngine:
    """The engine for a project's source language and a locale; raises ModelError if there is no model."""
    return ArgosEngine(find_model(project.source, locale))


def _warm_up(translator: ctranslate2.Translator) -> None:
    with suppress(RuntimeError):
        translator.translate_batch([["a"]], beam_size=4, max_decoding_length=2)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _batch_size(tokens: Sequence[list[str]]) -> int:
    """Tokens to decode together so that every core gets something to do."""
    share = sum(map(len, tokens)) // _cores() + 1
    return max(SMALL_BATCH, min(BATCH_TOKENS, share))


def _read(file: Any) -> str:
    try:
        return str(file.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return ""


def _each(result: Any, first: list[float], prefix: str) -> Iterator[Found]:
    """The hypotheses of a result, with the right attention of their first token; an empty one if it is not known."""
    attention = result.attention  # each access makes a copy
    for n, pieces in enumerate(result.hypotheses):
        rows = attention[n] if attention else None
        if prefix and pieces[:1] == [prefix]:
            yield Found(pieces[1:], result.scores[n], rows and rows[1:])
        else:
            yield Found(pieces, result.scores[n], rows and [first, *rows[1:]])


def _first_rows(translator: ctranslate2.Translator, tokens: Sequence[list[str]]) -> list[list[float]]:
    """The attention of each translation's first token.

    CTranslate2 (4.8) takes this row from another sentence of the batch when the beam is wider than one.
    It depends on the source alone, so one step of a greedy search gives the right one.
    """
    if not tokens:
        return []
    greedy = translator.translate_batch(
        list(tokens),
        beam_size=1,
        max_decoding_length=1,
        return_attention=True,
        max_batch_size=_batch_size(tokens),
        batch_type="tokens",
    )
    rows = [result.attention[0] if result.attention else [] for result in greedy]
    return [each[0] if each else [] for each in rows]
