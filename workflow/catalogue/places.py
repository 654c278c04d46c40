"""Where catalogues lie, and reading them all: a broken one is a finding and does not stop the others."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from workflow.catalogue.po import Catalogue, read
from workflow.config import Project
from workflow.errors import CatalogueError
from workflow.finding import Finding, from_error
from workflow.message import Key, Message


@dataclass(slots=True)
class Shelf:
    """The catalogues of one locale."""

    locale: str
    """POSIX name."""
    catalogues: dict[str, Catalogue] = field(default_factory=dict)
    """By the name of their article (`news/x`, or `ui`)."""
    broken: set[str] = field(default_factory=set)
    """Names of those that could not be read; nobody may write to them."""
    findings: list[Finding] = field(default_factory=list)
    """Why not."""
    slugs: dict[str, str] = field(default_factory=dict)
    """Name of a broken one → the last part of the address that the article's page had before."""

    def messages(self, name: str) -> dict[Key, Message]:
        """The live messages of a catalogue; none where it is missing or broken."""
        catalogue = self.catalogues.get(name)
        return {message.key: message for message in catalogue.live} if catalogue else {}


def po_path(project: Project, locale: str, name: str) -> Path:
    """The `.po` of an article in a locale."""
    return project.catalogues(locale) / f"{name}.po"


def pot_path(project: Project, name: str) -> Path:
    """The `.pot` of an article."""
    return project.pots / f"{name}.pot"


def po_names(project: Project, locale: str) -> list[str]:
    """The names of all catalogues that a locale has, in order."""
    top, found = str(project.catalogues(locale)), list[str]()
    for folder, _, files in os.walk(top):
        below = folder[len(top) + 1 :].replace(os.sep, "/")
        names = [name.removesuffix(".po") for name in files if name.endswith(".po") and not name.startswith(".")]
        found += [f"{below}/{name}" if below else name for name in names]
    return sorted(found)


def load_shelf(project: Project, locale: str, names: Iterable[str]) -> Shelf:
    """Read the catalogues of these names, as far as they exist."""
    shelf = Shelf(locale)
    for name in names:
        path = po_path(project, locale, name)
        if not path.is_file():
            continue
        try:
            shelf.catalogues[name] = read(path, project.shown(path))
        except CatalogueError as error:
            shelf.broken.add(name)
            shelf.findings.append(from_error(error, "syntax", locale))
    return shelf
