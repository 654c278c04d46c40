"""From messages to drafts: markup off, sentences through cache and engine, checked, and put together again."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from workflow.machine.background import Task
from workflow.machine.cache import Cache, key
from workflow.machine.engine import Engine
from workflow.machine.texts import Made, Syntax, Text

if TYPE_CHECKING:
    from workflow.machine.assembly import Assembly
    from workflow.machine.sentence import Job, Outcome
    from workflow.machine.translator import Translator

BATCH = 400
"""Messages that are translated together; what an interruption can lose."""

Progress = Callable[[int], object]
"""Called after each batch with the number of messages that it had."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A message to be translated."""

    id: str
    """Whatever the caller knows it by."""
    text: str
    """The msgid."""
    kind: str = "paragraph"
    """What the text is: `heading 2`, `paragraph`, `title`, …"""
    syntax: Syntax = Syntax.MARKDOWN
    """How it is written."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What became of a unit."""

    unit: Unit
    """The message."""
    text: str
    """The translation, written as the source is; empty when none can be trusted."""
    confidence: float
    """How likely it is good, 0 to 1."""
    findings: tuple[str, ...] = ()
    """What a person should look at."""


def draft(
    units: Iterable[Unit],
    engine: Engine,
    cache: Cache | None = None,
    *,
    target: str = "sv",
    batch: int = BATCH,
    progress: Progress | None = None,
    terms: Mapping[str, str] | None = None,
) -> Iterator[Draft]:
    """Translate messages, batch by batch, in their order; what was yielded is in the cache already.

    `target` is the locale's POSIX name; `terms` the glossary: source terms with their targets, an empty
    one for what stays as it is. Raises EngineError and ModelError.
    """
    line = _Line(engine, cache, target, terms or {})
    rest = iter(units)
    try:
        pending = line.begin(list(itertools.islice(rest, batch)))
        while pending:
            following = line.begin(list(itertools.islice(rest, batch)))
            yield from line.finish(pending)
            if progress:
                progress(len(pending.window))
            pending = following
    finally:
        line.close()


@dataclass(frozen=True, slots=True)
class _Pending:
    """A batch that is being translated."""

    window: list[Unit]
    made: dict[Text, Made]
    """What the cache knew."""
    assembly: Assembly | None
    """The rest of it, or None if there is nothing else."""
    outcomes: Task[dict[Job, Outcome]] | None


class _Line:
    """One engine at work: a batch is translated while the one before it is put together and written."""

    def __init__(self, engine: Engine, cache: Cache | None, target: str, terms: Mapping[str, str]):
        self._engine, self._cache, self._target, self._terms = engine, cache, target, terms
        self._prefix = key("message", engine.key, _rules(), target, repr(sorted(terms.items()))).hex()
        self._parallel = bool(getattr(engine, "parallel", False))
        self._tasks: list[Task[dict[Job, Outcome]]] = []
        self._translator: Translator | None = None

    def begin(self, window: list[Unit]) -> _Pending | None:
        """Begin with a batch, without waiting for its translation."""
        if not window:
            return None
        texts = dict.fromkeys(Text(unit.syntax, unit.text) for unit in window)
        known = self._known(texts)
        missing = [text for text in texts if text not in known]
        if not missing:
            return _Pending(window, known, None, None)
        translate = self._ready()
        from workflow.machine.assembly import Assembly  # while the model is being loaded
        from workflow.machine.numerals import without_words

        swedish = self._target.split("_")[0] == "sv" and self._engine.name != "pseudo"
        assembly = Assembly(missing, without_words) if swedish else Assembly(missing)
        before = self._tasks[-1] if self._tasks and not self._parallel else None
        self._tasks = [*self._tasks[-1:], Task(partial(translate, assembly.jobs), before)]
        return _Pending(window, known, assembly, self._tasks[-1])

    def finish(self, pending: _Pending) -> Iterator[Draft]:
        """Wait for a batch's translation, keep it, and give its drafts."""
        made = dict(pending.made)
        if pending.assembly and pending.outcomes:
            new = pending.assembly.made(pending.outcomes.result())
            if self._cache:
                self._cache.put({self._key(text): _pack(result) for text, result in new.items()})
            made |= new
        for unit in pending.window:
            yield Draft(unit, *made[Text(unit.syntax, unit.text)])

    def close(self) -> None:
        """Wait for what is being translated, and begin nothing more."""
        for task in reversed(self._tasks):
            task.cancel()

    def _ready(self) -> Callable[[Sequence[Job]], dict[Job, Outcome]]:
        """Have the model loaded, in engines that can do that meanwhile."""
        if self._translator is None:
            prepare = getattr(self._engine, "prepare", None)
            if prepare:
                prepare()
            from workflow.machine.terms import Terms
            from workflow.machine.translator import Translator

            self._translator = Translator(self._engine, self._cache, self._target, _rules(), Terms(self._terms))
        return self._translator.translate

    def _key(self, text: Text) -> bytes:
        return key(self._prefix, *text)

    def _known(self, texts: Iterable[Text]) -> dict[Text, Made]:
        if not self._cache:
            return {}
        keys = {text: self._key(text) for text in texts}
        values = self._cache.get(keys.values())
        return {
            text: Made(row[0], row[1], tuple(row[2]))
            for text, code in keys.items()
            if code in values and (row := json.loads(values[code]))
        }


def _pack(made: Made) -> bytes:
    return json.dumps(made, ensure_ascii=False).encode("utf-8", "surrogatepass")


@lru_cache(maxsize=1)
def _rules() -> str:
    """Changes with the code of this package, so that no other version's results are taken from the cache."""
    digest = hashlib.blake2b(digest_size=8)
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()
