"""Translating: every empty message gets the reviewed text of an equal one, or a machine's draft.

The catalogues are written after each batch, so that an interruption loses one batch at most.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from workflow import filling, languages
from workflow.article import Article
from workflow.catalogue.places import Shelf, load_shelf, po_path
from workflow.config import Project
from workflow.files import write_atomic
from workflow.finding import Finding, Severity
from workflow.interface import NAME as INTERFACE
from workflow.library import Library, select
from workflow.machine.cache import Cache
from workflow.machine.drafts import Draft, Unit, draft
from workflow.machine.engine import Engine, load_engine
from workflow.message import Key, Message, State
from workflow.segmentation import SLUG, Segment, parse_document, segments

Progress = Callable[[int], AbstractContextManager[Callable[[int], None]]]
"""Given how many texts there are to do: the progress bar, which is told of each batch."""

PLAIN = frozenset(("front", "alt", "title", "attribute"))
"""Roles of segments whose text is no Markdown."""

BATCH = 200
"""Texts that are translated and written together."""

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(slots=True)
class Translated:
    """The outcome for one locale."""

    remembered: int = 0
    """Messages that took over an equal one's reviewed text."""
    drafted: int = 0
    """Messages that a machine drafted."""
    changed: int = 0
    """Drafts that differ from the machine draft they replace."""
    left: int = 0
    """Messages that no usable draft could be made for."""
    engine: str = ""
    """Who drafted: `argos translate-en_sv 0.2`; empty when nobody had to."""
    advice: str = ""
    """What a user should know of that engine."""
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a text belongs: a message of a catalogue, and which of its forms."""

    name: str
    index: int
    form: int


class _Desk:
    """The catalogues of a locale while they are filled: finished texts come in, whole messages go out."""

    def __init__(
        self, project: Project, shelf: Shelf, roles: dict[str, dict[Key, Segment]], result: Translated
    ) -> None:
        self.project, self.shelf, self.roles, self.result = project, shelf, roles, result
        self.changes: dict[str, dict[int, Message]] = {}
        self.forms: dict[tuple[str, int], dict[int, Draft]] = {}

    def message(self, name: str, index: int) -> Message:
        """A message as it stands in the file."""
        return self.shelf.catalogues[name].messages[index]

    def put(self, name: str, index: int, message: Message) -> None:
        """Note what a message shall become."""
        self.changes.setdefault(name, {})[index] = message

    def take(self, place: _Place, made: Draft, engine: Engine) -> None:
        """Take one finished text; the message is done when all its forms are."""
        forms = self.forms.setdefault((place.name, place.index), {})
        forms[place.form] = made
        message = self.message(place.name, place.index)
        if len(forms) < (2 if message.msgid_plural is not None else 1):
            return
        del self.forms[place.name, place.index]
        self._finish(place, message, [forms[form] for form in sorted(forms)], engine)

    def _finish(self, place: _Place, message: Message, drafts: list[Draft], engine: Engine) -> None:
        segment = self.roles.get(place.name, {}).get(message.key)
        texts = [
            _ESCAPE.sub(r"\1", each.text) if segment is None or segment.role in PLAIN else each.text for each in drafts
        ]
        problems = [] if all(text.strip() for text in texts) else ["is empty"]
        if segment is not None and not problems:
            problems = filling.usable(segment, texts[0])
        if problems:
            self.result.left += 1
            self._note(place, message, f"no usable draft: it {problems[0]}", Severity.WARNING)
            return
        for text in dict.fromkeys(finding for each in drafts for finding in each.findings):
            self._note(place, message, f"look at the draft: {text}", Severity.INFO)
        confidence = min(each.confidence for each in drafts)
        wanted = (texts[0],) if message.msgid_plural is None else (texts[0], *texts[1:] * (len(message.plural) - 1))
        self.result.drafted += 1
        self.result.changed += message.translated and message.texts != wanted
        self.put(
            place.name, place.index, message.drafted(wanted, f"machine {engine.label} confidence={confidence:.2f}")
        )

    def _note(self, place: _Place, message: Message, text: str, severity: Severity) -> None:
        path = self.shelf.catalogues[place.name].shown
        self.result.findings.append(
            Finding(path, message.line, severity, "draft", text, self.shelf.locale, message.msgid)
        )

    def save(self) -> None:
        """Write the catalogues that have changes."""
        for name, changes in self.changes.items():
            catalogue = self.shelf.catalogues[name].replace(changes)
            self.shelf.catalogues[name] = catalogue
            write_atomic(po_path(self.project, self.shelf.locale, name), catalogue.to_bytes())
        self.changes = {}


def translate_locale(
    project: Project,
    library: Library,
    locale: str,
    engine_name: str | None,
    only: tuple[str, ...],
    redo: bool,
    progress: Progress,
) -> Translated:
    """Fill the empty messages of a locale; with `redo` also those that hold an untouched machine draft.

    Raises EngineError and ModelError.
    """
    result = Translated()
    shelf = load_shelf(project, locale, (INTERFACE, *(each.name for each in library.articles)))
    result.findings += shelf.findings
    chosen = list(select(library, only))
    names = [each.name for each in chosen] + ([] if only else [INTERFACE])
    roles = {
        each.name: {segment.key: segment for segment in segments(parse_document(each))}
        for each in chosen
        if each.name in shelf.catalogues
    }
    desk = _Desk(project, shelf, roles, result)
    _remember(desk, names, redo)
    desk.save()
    units = list(_units(desk, names, redo))
    if units:
        _draft(desk, units, project, locale, engine_name or project.engine, progress)
    _name_addresses(desk, chosen)
    desk.save()
    return result


def _remember(desk: _Desk, names: Iterable[str], redo: bool) -> None:
    """Take over the reviewed texts of equal messages, across all articles."""
    known = dict[Key, tuple[str, tuple[str, ...]]]()
    for name, catalogue in desk.shelf.catalogues.items():
        for message in catalogue.messages:
            if message.state is State.REVIEWED and message.msgctxt != SLUG and name != INTERFACE:
                known.setdefault(message.key, (desk.shelf.catalogues[name].shown, message.texts))
    for name, index, message in _open_messages(desk, names, redo):
        if message.key in known and name != INTERFACE:
            origin, texts = known[message.key]
            desk.result.remembered += 1
            desk.put(name, index, message.drafted(texts, f"memory {origin}"))


def _open_messages(desk: _Desk, names: Iterable[str], redo: bool) -> Iterator[tuple[str, int, Message]]:
    """The messages that wait for a text, with their places."""
    for name in names:
        catalogue = desk.shelf.catalogues.get(name)
        for index, message in enumerate(catalogue.messages if catalogue else ()):
            empty = not any(message.texts)
            redone = redo and message.state is State.MACHINE and (message.origin or "").startswith("machine")
            if not message.obsolete and message.msgctxt != SLUG and (empty or redone):
                yield name, index, message


def _units(desk: _Desk, names: Iterable[str], redo: bool) -> Iterator[tuple[_Place, Unit]]:
    for name, index, message in _open_messages(desk, names, redo):
        for form, text in enumerate(filter(None, (message.msgid, message.msgid_plural))):
            kind = message.extracted[0] if message.extracted else "paragraph"
            yield _Place(name, index, form), Unit(f"{name}:{index}:{form}", text, kind)


def _draft(
    desk: _Desk, units: list[tuple[_Place, Unit]], project: Project, locale: str, engine_name: str, progress: Progress
) -> None:
    engine = load_engine(engine_name, project, locale)
    desk.result.engine, desk.result.advice = engine.label, getattr(engine, "advice", "")
    with Cache(project.build / "cache") as cache, progress(len(units)) as advance:
        drafts = draft((unit for _, unit in units), engine, cache, target=locale, batch=BATCH)
        try:
            for count, ((place, _), made) in enumerate(zip(units, drafts, strict=True), 1):
                desk.take(place, made, engine)
                if count % BATCH == 0:
                    desk.save()
                advance(1)
        finally:
            desk.save()


def _name_addresses(desk: _Desk, articles: Iterable[Article]) -> None:
    """Make an address of the translated title where there is none yet; from then on it is the translator's."""
    for article in articles:
        catalogue = desk.shelf.catalogues.get(article.name)
        title = catalogue.get((None, article.title)) if catalogue else None
        if catalogue is None or title is None or title.state not in (State.MACHINE, State.REVIEWED):
            continue
        index = catalogue.index.get((SLUG, article.slug))
        message = None if index is None else catalogue.messages[index]
        words = languages.ascii_words(title.msgstr)
        if index is not None and message is not None and not message.obsolete and not message.msgstr and words:
            desk.put(article.name, index, message.drafted((words,), "machine from the title"))
