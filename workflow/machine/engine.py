"""The protocol of translation engines, and how they are found.

An engine is registered under the entry point group `ordbro.engines`: a name and a factory
`(project, locale) -> Engine`. It must not load anything heavy before the first `translate`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

from workflow.errors import EngineError, OrdbroError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from workflow.config import Project

GROUP = "ordbro.engines"
"""The entry point group that engines register under."""

Span = tuple[int, int]
"""Start and end of a stretch of text, in characters, the end not included."""

BUILT_IN = {
    "argos": "workflow.machine.argos:create",
    "pseudo": "workflow.machine.pseudo:create",
    "libretranslate": "workflow.machine.libretranslate:create",
}
"""The engines that come with Ordbro; they work even where the package's metadata is missing."""


class Alignment(NamedTuple):
    """Which part of the source each part of the target came from."""

    source: tuple[Span, ...]
    """The pieces of the source sentence, in order."""
    target: tuple[Span, ...]
    """The pieces of the translation, in order."""
    weights: tuple[bytes, ...]
    """For each target piece, a weight 0 to 255 for each source piece."""


class Hypothesis(NamedTuple):
    """One translation of a sentence."""

    text: str
    """The translation, plain text with the source's placeholders."""
    score: float = 0.0
    """The mean log-probability of its tokens; 0 where the engine knows none."""
    token_scores: tuple[float, ...] = ()
    """The log-probability of each token; empty where unknown."""
    alignment: Alignment | None = None
    """Which words came from which, or None where the engine cannot say."""


@dataclass(frozen=True, slots=True)
class Context:
    """What is known around a sentence; an engine may use it."""

    paragraph: str = ""
    """The paragraph that the sentence stands in."""
    terms: tuple[tuple[str, str], ...] = ()
    """Glossary terms in the sentence: source and target (empty: leave as it is)."""
    near: tuple[tuple[str, str], ...] = ()
    """Similar sentences and their reviewed translations."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to translate; part of what results are cached by."""

    beam: int = 4
    """Width of the beam search."""
    hypotheses: int = 1
    """How many translations of each sentence to give, best first; at most `beam`."""
    alignment: bool = False
    """Whether the alignment is needed."""
    openings: tuple[int, ...] = ()
    """The sentences, by their index, in whose alignment the first piece of the translation matters; in that of others
    an engine may leave it out."""
    repetition_penalty: float = 1.0
    """Above 1 makes words that were said already less likely."""
    no_repeat_ngram: int = 0
    """Forbids to repeat as many tokens in a row; 0 forbids nothing."""
    contexts: tuple[Context, ...] = ()
    """A context for each sentence, or none; given only to engines that set `uses_context`."""


@runtime_checkable
class Engine(Protocol):
    """What translates sentences; see the module's text for how it is made and found.

    It may have more: `prepare()` is called when there will be something to translate, `pieces(word)` tells into how
    many pieces it cuts a word, and `parallel`, if true, that two threads may call `translate` at once.
    """

    @property
    def name(self) -> str:
        """Its name on the command line: `argos`."""

    @property
    def label(self) -> str:
        """What the comment on a draft says about its origin: `argos translate-en_sv 0.2`."""

    @property
    def key(self) -> str:
        """Identifies engine and model in the cache; another model has another key."""

    @property
    def placeholders(self) -> bool:
        """Whether it keeps ⟦0⟧ … ⟦9⟧ in a sentence as they are."""

    @property
    def uses_context(self) -> bool:
        """Whether `Options.contexts` is worth the trouble."""

    def translate(self, sentences: Sequence[str], options: Options) -> list[tuple[Hypothesis, ...]]:
        """For each sentence its translations, best first; raises EngineError or ModelError."""


Factory = Callable[["Project", str], Engine]
"""Makes the engine that translates a project's source into a locale."""


def engine_names() -> tuple[str, ...]:
    """The names of all engines, sorted."""
    return tuple(sorted({*BUILT_IN, *_installed()}))


def load_engine(name: str, project: Project, locale: str) -> Engine:
    """The engine of that name for a locale (POSIX name); raises EngineError when there is none or it is broken."""
    try:
        return _factory(name)(project, locale)
    except OrdbroError:
        raise
    except Exception as error:
        raise EngineError(
            f"the translation engine {name!r} cannot be loaded: {error}", advice="install its package again"
        ) from error


def _factory(name: str) -> Factory:
    if name in BUILT_IN:
        module, _, function = BUILT_IN[name].partition(":")
        built_in: Factory = getattr(import_module(module), function)
        return built_in
    others = _installed()
    if name not in others:
        raise EngineError(
            f"there is no translation engine {name!r}", advice=f"the engines are: {', '.join(engine_names())}"
        )
    factory: Factory = others[name].load()
    return factory


def _installed() -> dict[str, EntryPoint]:
    """The engines of other packages."""
    from importlib.metadata import entry_points  # takes longer than to find an engine of our own

    return {point.name: point for point in entry_points(group=GROUP) if point.name not in BUILT_IN}
