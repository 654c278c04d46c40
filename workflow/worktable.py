"""The catalogues of a locale while they are filled: finished texts come in, whole messages go out to the files."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace

from workflow.catalogue.places import Shelf, po_path
from workflow.catalogue.po import Catalogue, parse
from workflow.config import Project
from workflow.errors import CatalogueError
from workflow.files import write_atomic
from workflow.finding import Finding, Severity, from_error
from workflow.machine.drafts import Draft
from workflow.message import Key, Message


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
    missing: int = 0
    """Articles that have no catalogue in this locale yet."""
    engine: str = ""
    """Who drafted: `argos translate-en_sv 0.2`; empty when nobody had to."""
    beginner: bool = False
    """Whether that is the starter model, whose text needs a warning."""
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text belongs: a message of a catalogue, and which of its forms."""

    name: str
    """The catalogue: `news/x`."""
    key: Key
    form: int
    """0 for the singular or only form, 1 for the plural."""


class Worktable:
    """What is being filled, and what has come of it."""

    def __init__(self, project: Project, shelf: Shelf) -> None:
        """`shelf` holds the catalogues as they were read; it is kept up to date."""
        self.project = project
        """The project."""
        self.shelf = shelf
        """The catalogues as they are in the files."""
        self.result = Translated()
        """What has come of it so far."""
        self._changes: dict[str, dict[Key, Message]] = {}
        self._forms: dict[tuple[str, Key], dict[int, Draft]] = {}

    def message(self, place: Place) -> Message:
        """A message as it stands in the file."""
        found = self.shelf.catalogues[place.name].get(place.key)
        if found is None:
            raise KeyError(place)
        return found

    def put(self, name: str, key: Key, message: Message) -> None:
        """Note what a message shall become."""
        self._changes.setdefault(name, {})[key] = message

    def take(self, place: Place, made: Draft) -> list[Draft]:
        """Take one finished text; gives all texts of the message when it was the last."""
        forms = self._forms.setdefault((place.name, place.key), {})
        forms[place.form] = made
        if len(forms) < (2 if self.message(place).msgid_plural is not None else 1):
            return []
        del self._forms[place.name, place.key]
        return [forms[form] for form in sorted(forms)]

    def note(self, place: Place, text: str, severity: Severity) -> None:
        """Add a finding about a message."""
        path, message = self.shelf.catalogues[place.name].shown, self.message(place)
        self.result.findings.append(
            Finding(path, message.line, severity, "draft", text, self.shelf.locale, message.msgid)
        )

    def save(self) -> None:
        """Write the catalogues that have changes.

        Somebody may have saved a file while the machine was at work: what they changed is theirs.
        """
        while self._changes:
            name, changes = next(iter(self._changes.items()))
            self._save(name, changes)
            del self._changes[name]

    def _save(self, name: str, changes: dict[Key, Message]) -> None:
        known, path = self.shelf.catalogues[name], po_path(self.project, self.shelf.locale, name)
        data = b""
        with suppress(FileNotFoundError):
            data = path.read_bytes()
        if not data:
            return  # the file was taken away meanwhile, and what it was for
        now = known
        if data != known.to_bytes():
            try:
                now = parse(data, known.shown)
            except CatalogueError as error:
                self.result.findings.append(from_error(error, "syntax", self.shelf.locale))
                return
        changed = now.replace(_still_wanted(known, now, changes))
        write_atomic(path, changed.to_bytes())
        self.shelf.catalogues[name] = changed


def _still_wanted(known: Catalogue, now: Catalogue, changes: dict[Key, Message]) -> dict[int, Message]:
    """The changes to messages that are as they were when their text was made, by their place."""
    wanted = dict[int, Message]()
    for key, message in changes.items():
        number, before = now.index.get(key), known.get(key)
        if number is not None and before is not None:
            present = now.messages[number]
            if now is known or replace(present, line=before.line) == before:
                wanted[number] = replace(message, line=present.line)
    return wanted
