"""The engine that translates on this computer: models of Argos packages, run by CTranslate2.

Sentences go through the model sorted by length in large batches on all cores. Argos Translate itself
decodes batches of 32 tokens, nearly every sentence alone, and turns underscores into blanks.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from workflow.errors import EngineError, ModelError
from workflow.machine.engine import Alignment, Hypothesis, Options, Span
from workflow.machine.models import Model, find_model, user_data

if TYPE_CHECKING:
    import ctranslate2

    from workflow.config import Project

BATCH_TOKENS = 1024
"""Tokens decoded together: more is slower on CPUs (caches), less wastes the matrix products."""
MAX_TOKENS = 256
"""Length of the longest translation, in tokens."""
_SPACE = "▁"


class ArgosEngine:
    """CTranslate2 with a model from an Argos package; loaded at the first sentence."""

    name = "argos"
    uses_context = False

    def __init__(self, model: Model):
        self.model = model
        """The package in use."""
        self._loaded: tuple[ctranslate2.Translator, Any] | None = None
        self._placeholders: bool | None = None
        self._tokenizer: Any = None

    @property
    def label(self) -> str:
        """Engine, package and version: `argos translate-en_sv 0.2`."""
        return f"argos {self.model.name} {self.model.version}"

    @property
    def key(self) -> str:
        """Changes with the model's file."""
        return f"argos {self.model.key}"

    @property
    def placeholders(self) -> bool:
        """Whether ⟦0⟧ … ⟦9⟧ are words of the model's vocabulary."""
        if self._placeholders is None:
            vocabularies = (self.model.path / "model").glob("*vocabulary.*")
            # JSON may write them as escapes.
            self._placeholders = any("⟦9⟧" in text or r"\u27e69\u27e7" in text for text in map(_read, vocabularies))
        return self._placeholders

    def translate(self, sentences: Sequence[str], options: Options) -> list[tuple[Hypothesis, ...]]:
        """For each sentence `options.hypotheses` translations; raises ModelError if the model cannot be loaded."""
        if not sentences:
            return []
        translator, tokenizer = self._load()
        tokens = [list(tokenizer.encode(sentence)) for sentence in sentences]
        try:
            results = translator.translate_batch(
                tokens,
                beam_size=options.beam,
                num_hypotheses=min(options.hypotheses, options.beam),
                max_batch_size=BATCH_TOKENS,
                batch_type="tokens",
                max_decoding_length=MAX_TOKENS,
                return_scores=True,
                return_attention=options.alignment,
                replace_unknowns=True,
                repetition_penalty=options.repetition_penalty,
                no_repeat_ngram_size=options.no_repeat_ngram,
            )
        except RuntimeError as error:
            raise EngineError(
                f"the model {self.model.label} failed: {error}", path=self.model.path, advice="install it again"
            ) from error
        return [
            tuple(_hypothesis(sentence, source, result, n) for n in range(len(result.hypotheses)))
            for sentence, source, result in zip(sentences, tokens, results, strict=True)
        ]

    def pieces(self, word: str) -> int:
        """How many pieces the model's tokeniser cuts a word into; many for a word that it hardly knows."""
        return len(self._tokens().encode(word))

    def _load(self) -> tuple[ctranslate2.Translator, Any]:
        if self._loaded is None:
            import ctranslate2

            threads = _cores()
            try:
                tokenizer = self._tokens()
                translator = ctranslate2.Translator(
                    str(self.model.path / "model"), compute_type="auto", inter_threads=threads, intra_threads=1
                )
            except (RuntimeError, OSError, ValueError, AttributeError) as error:
                raise ModelError(
                    f"the model {self.model.label} cannot be loaded: {error}",
                    path=self.model.path,
                    advice="install it again",
                ) from error
            self._loaded = translator, tokenizer
        return self._loaded

    def _tokens(self) -> Any:
        """Argos Translate's tokeniser of the package."""
        if self._tokenizer is None:
            with borrowed_settings():
                from argostranslate import package
            try:
                tokenizer = package.Package(self.model.path).tokenizer
                tokenizer.encode("")  # loads it
            except (RuntimeError, OSError, ValueError, AttributeError) as error:
                raise ModelError(
                    f"the model {self.model.label} cannot be loaded: {error}",
                    path=self.model.path,
                    advice="install it again",
                ) from error
            self._tokenizer = tokenizer
        return self._tokenizer


def create(project: Project, locale: str) -> ArgosEngine:
    """The engine for a project's source language and a locale; raises ModelError if there is no model."""
    return ArgosEngine(find_model(project.source, locale))


@contextmanager
def borrowed_settings() -> Iterator[None]:
    """Let `argostranslate` be imported: the folders it makes at import go below the user's data folder."""
    own = user_data() / "ordbro" / "argostranslate"
    before = dict(os.environ)
    os.environ.update(XDG_DATA_HOME=str(user_data()), XDG_CONFIG_HOME=str(own), XDG_CACHE_HOME=str(own))
    try:
        yield
    except OSError as error:
        raise ModelError(
            f"the folder {user_data()} cannot be written: {error.strerror or error}",
            advice="check its permissions or set XDG_DATA_HOME",
        ) from error
    finally:
        os.environ.clear()
        os.environ.update(before)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _read(file: Any) -> str:
    try:
        return str(file.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return ""


def _hypothesis(sentence: str, source: list[str], result: Any, n: int) -> Hypothesis:
    pieces = result.hypotheses[n]
    text, spans = _join(pieces)
    alignment = None
    if result.attention:
        weights = tuple(bytes(min(255, int(w * 255)) for w in row[: len(source)]) for row in result.attention[n])
        alignment = Alignment(_locate(sentence, source), spans, weights[: len(spans)])
    return Hypothesis(text, result.scores[n], alignment=alignment)


def _join(pieces: Sequence[str]) -> tuple[str, tuple[Span, ...]]:
    """The text of target pieces, and where each stands in it (without the space before it)."""
    text, spans = "", list[Span]()
    for piece in pieces:
        shown = piece.replace(_SPACE, " ")
        if not text:
            shown = shown.lstrip(" ")
        start = len(text) + len(shown) - len(shown.lstrip(" "))
        text += shown
        spans.append((start, len(text)))
    return text.rstrip(" "), tuple(spans)


def _locate(sentence: str, pieces: Sequence[str]) -> tuple[Span, ...]:
    """Where source pieces stand in the sentence; one that the tokeniser rewrote stands where it must by its order."""
    spans, cursor = list[Span](), 0
    for piece in pieces:
        shown = piece.replace(_SPACE, "")
        found = sentence.find(shown, cursor) if shown else -1
        if shown and 0 <= found <= cursor + 20:
            spans.append((found, found + len(shown)))
            cursor = found + len(shown)
        else:
            spans.append((cursor, min(len(sentence), cursor + len(shown))))
    return tuple(spans)
