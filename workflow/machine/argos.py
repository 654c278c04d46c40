"""The engine that translates on this computer: models of Argos packages, run by CTranslate2.

Sentences go through the model sorted by length in large batches on all cores. Argos Translate itself
decodes batches of 32 tokens, nearly every sentence alone, and turns underscores into blanks.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workflow.errors import EngineError, ModelError
from workflow.machine.engine import Alignment, Hypothesis, Options, Span
from workflow.machine.models import Model, find_model, user_data

if TYPE_CHECKING:
    import ctranslate2

    from workflow.config import Project

BATCH_TOKENS = 512
"""Most tokens decoded together: more is slower on CPUs (caches), less wastes the matrix products."""
SMALL_BATCH = 128
"""Fewest tokens decoded together, when there are too few sentences to keep all cores busy otherwise."""
MAX_TOKENS = 256
"""Length of the longest translation, in tokens."""
_SPACE = "▁"
_BYTE = re.compile(r"<0x[0-9A-F]{2}>")


class ArgosEngine:
    """CTranslate2 with a model from an Argos package; loaded at the first sentence."""

    name = "argos"
    uses_context = False

    def __init__(self, model: Model):
        self.model = model
        """The package in use."""
        self._loaded: tuple[ctranslate2.Translator, Any] | None = None
        self._placeholders: bool | None = None
        self._key = ""
        self._package: Any = None

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

    def translate(self, sentences: Sequence[str], options: Options) -> list[tuple[Hypothesis, ...]]:
        """For each sentence `options.hypotheses` translations; raises ModelError if the model cannot be loaded."""
        if not sentences:
            return []
        translator, package = self._load()
        tokens = [list(package.tokenizer.encode(sentence)) for sentence in sentences]
        prefix = package.target_prefix
        try:
            results = translator.translate_batch(
                tokens,
                target_prefix=[[prefix]] * len(tokens) if prefix else None,
                beam_size=options.beam,
                num_hypotheses=min(options.hypotheses, options.beam),
                max_batch_size=_batch_size(tokens),
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
        mend = options.alignment and not prefix
        firsts = _first_rows(translator, tokens) if mend else [None] * len(tokens)
        return [
            tuple(_hypothesis(sentence, source, each, package) for each in _each(result, first))
            for sentence, source, result, first in zip(sentences, tokens, results, firsts, strict=True)
        ]

    def pieces(self, word: str) -> int:
        """How many pieces the model's tokeniser cuts a word into; many for a word that it hardly knows."""
        return len(self._open().tokenizer.encode(word))

    def _load(self) -> tuple[ctranslate2.Translator, Any]:
        if self._loaded is None:
            import ctranslate2

            threads = _cores()
            try:
                package = self._open()
                translator = ctranslate2.Translator(
                    str(self.model.path / "model"), compute_type="auto", inter_threads=threads, intra_threads=1
                )
            except (RuntimeError, OSError, ValueError, LookupError, AttributeError) as error:
                raise ModelError(
                    f"the model {self.model.label} cannot be loaded: {error}",
                    path=self.model.path,
                    advice="install it again",
                ) from error
            self._loaded = translator, package
        return self._loaded

    def _open(self) -> Any:
        """Argos Translate's view of the package, its tokeniser loaded."""
        if self._package is None:
            with borrowed_settings():
                from argostranslate import package
            try:
                opened = package.Package(self.model.path)
                opened.tokenizer.encode("")  # loads it
            except (RuntimeError, OSError, ValueError, LookupError, AttributeError) as error:
                raise ModelError(
                    f"the model {self.model.label} cannot be loaded: {error}",
                    path=self.model.path,
                    advice="install it again",
                ) from error
            self._package = opened
        return self._package


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


def _batch_size(tokens: Sequence[list[str]]) -> int:
    """Tokens to decode together so that every core gets something to do."""
    share = sum(map(len, tokens)) // _cores() + 1
    return max(SMALL_BATCH, min(BATCH_TOKENS, share))


def _read(file: Any) -> str:
    try:
        return str(file.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return ""


@dataclass(slots=True)
class _Found:
    """A hypothesis as CTranslate2 gives it."""

    pieces: list[str]
    score: float
    attention: list[list[float]] | None


def _each(result: Any, first: list[float] | None) -> Iterator[_Found]:
    """The hypotheses of a result, with the right attention of their first token if it is known."""
    attention = result.attention  # each access makes a copy
    for n, pieces in enumerate(result.hypotheses):
        rows = attention[n] if attention else None
        yield _Found(pieces, result.scores[n], [first, *rows[1:]] if rows and first else rows)


def _first_rows(translator: ctranslate2.Translator, tokens: Sequence[list[str]]) -> list[list[float] | None]:
    """The attention of each translation's first token.

    CTranslate2 (4.8) takes this row from another sentence of the batch when the beam is wider than one.
    It depends on the source alone, so one step of a greedy search gives the right one.
    """
    greedy = translator.translate_batch(
        list(tokens),
        beam_size=1,
        max_decoding_length=1,
        return_attention=True,
        max_batch_size=_batch_size(tokens),
        batch_type="tokens",
    )
    rows = [result.attention[0] if result.attention else [] for result in greedy]
    return [each[0] if each else None for each in rows]


def _hypothesis(sentence: str, source: list[str], found: _Found, package: Any) -> Hypothesis:
    pieces, attention = found.pieces, found.attention
    if package.target_prefix and pieces[:1] == [package.target_prefix]:
        pieces, attention = pieces[1:], attention and attention[1:]
    if hasattr(package.tokenizer, "bpe_source"):
        # An older package: pieces end in @@ where the word goes on, and signs stand apart.
        text = str(package.tokenizer.decode(pieces))
        spans = _locate(text, [piece.removesuffix("@@") for piece in pieces])
    elif attention is not None:
        text, spans = _join(pieces)
    else:
        text, spans = _text(pieces), ()
    alignment = None
    if attention is not None:
        weights = tuple(bytes(min(255, int(w * 255)) for w in row[: len(source)]) for row in attention)
        alignment = Alignment(_locate(sentence, [piece.removesuffix("@@") for piece in source]), spans, weights)
    return Hypothesis(text, found.score, alignment=alignment)


def _text(pieces: Sequence[str]) -> str:
    """The text of target pieces."""
    text = "".join(pieces)
    return _join(pieces)[0] if "<0x" in text else text.replace(_SPACE, " ").strip(" ")


def _join(pieces: Sequence[str]) -> tuple[str, tuple[Span, ...]]:
    """The text of target pieces, and where each stands in it (without the space before it)."""
    text, spans = "", list[Span]()
    for piece in _whole_characters(pieces):
        shown = piece.replace(_SPACE, " ")
        if not text:
            shown = shown.lstrip(" ")
        start = len(text) + len(shown) - len(shown.lstrip(" "))
        text += shown
        spans.append((start, len(text)))
    return text.rstrip(" "), tuple(spans)


def _whole_characters(pieces: Sequence[str]) -> list[str]:
    """The pieces with runs of single bytes (`<0xE2>`, for characters that a vocabulary lacks) put together.

    The first of a run gets the characters, the others nothing, so that there are as many pieces as before.
    """
    whole, n = list(pieces), 0
    while n < len(whole):
        end = n
        while end < len(whole) and _BYTE.fullmatch(whole[end]):
            end += 1
        if end > n:
            data = bytes(int(piece[3:5], 16) for piece in whole[n:end])
            whole[n:end] = [data.decode("utf-8", "replace"), *[""] * (end - n - 1)]
        n = max(end, n + 1)
    return whole


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
