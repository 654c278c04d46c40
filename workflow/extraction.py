"""Extraction: the present English of all articles goes into the `.pot` files and is merged into every `.po`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workflow.addresses import make_addresses, source_slug
from workflow.catalogue.matching import Pool
from workflow.catalogue.merge import leaving, merge, update_template
from workflow.catalogue.places import Shelf, load_shelf, po_names, po_path, pot_path
from workflow.catalogue.po import Catalogue, new_catalogue, read
from workflow.config import Project
from workflow.errors import CatalogueError, TemplateError
from workflow.files import write_atomic
from workflow.finding import Finding, from_error
from workflow.interface import NAME as INTERFACE
from workflow.interface import interface_messages
from workflow.languages import tag
from workflow.library import Library
from workflow.message import Message
from workflow.segmentation import parse_document, template_messages

Template = tuple[Message, ...]
Progress = Callable[[int], Any]

KINDS = ("added", "changed", "revived", "moved", "obsoleted", "removed")
"""What can happen to a message in a merge, in the order in which it is told."""


@dataclass(slots=True)
class Extracted:
    """The outcome of an extraction."""

    changed: list[Path] = field(default_factory=list)
    """The files that were written or removed, or would be."""
    messages: int = 0
    """How many messages the templates have."""
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    """Locale → how many messages went which way (KINDS)."""
    findings: list[Finding] = field(default_factory=list)
    """What could not be read."""


def extract(
    project: Project, library: Library, write: bool = True, progress: Progress = lambda _done: None
) -> Extracted:
    """Bring all `.pot` and `.po` files up to date with the articles; `write=False` only tells what would change."""
    result = Extracted(findings=list(library.findings))
    templates = make_templates(project, library, result)
    result.messages = sum(len(template) for template in templates.values())
    for name, template in templates.items():
        _update_pot(project, name, template, write, result)
        progress(1)
    _remove_pots(project, library.names | templates.keys() | {INTERFACE}, write, result)
    for settings in project.locales:
        _merge_locale(project, settings.name, templates, library.names | {INTERFACE}, write, result)
    return result


def make_templates(project: Project, library: Library, result: Extracted) -> dict[str, Template]:
    """The template of every readable article and of the interface, by catalogue name."""
    addresses = make_addresses(tag(project.source), library.articles, source_slug)
    result.findings += [from_error(error, "address") for error in addresses.clashes]
    templates = dict[str, Template]()
    try:
        templates[INTERFACE] = interface_messages(project)
    except TemplateError as error:
        result.findings.append(from_error(error, "template"))
    for article in library.articles:
        page = addresses.pages.get(article.path)
        address = f"{project.url}/{page}" if project.url and page else ""
        templates[article.name] = template_messages(parse_document(article), address)
    return templates


def _update_pot(project: Project, name: str, template: Template, write: bool, result: Extracted) -> None:
    path = pot_path(project, name)
    old = new_catalogue(project.name, None)
    if path.is_file():
        try:
            old = read(path, project.shown(path))
        except CatalogueError:
            pass  # a template holds nothing of its own: it is made anew
    _save(path, update_template(old, template), write, result)


def _remove_pots(project: Project, names: Iterable[str], write: bool, result: Extracted) -> None:
    """Templates of articles that are gone go with them; their `.po` files stay."""
    keep = {pot_path(project, name) for name in names}
    for path in sorted(project.pots.rglob("*.pot")):
        if path not in keep and not path.name.startswith("."):
            result.changed.append(path)
            if write:
                path.unlink()


def _merge_locale(
    project: Project,
    locale: str,
    templates: dict[str, Template],
    existing: Iterable[str],
    write: bool,
    result: Extracted,
) -> None:
    gone = [name for name in po_names(project, locale) if name not in set(existing)]
    current: dict[str, Template] = {**templates, **dict.fromkeys(gone, ())}
    shelf = load_shelf(project, locale, current)
    result.findings += shelf.findings
    pool = Pool.of(
        [message for name, catalogue in shelf.catalogues.items() for message in leaving(catalogue, current[name])]
    )
    counts = result.counts.setdefault(locale, Counter())
    for name, template in current.items():
        if name not in shelf.broken and (template or name in shelf.catalogues):
            _merge_one(project, shelf, name, template, pool, write, result, counts)


def _merge_one(
    project: Project,
    shelf: Shelf,
    name: str,
    template: Template,
    pool: Pool,
    write: bool,
    result: Extracted,
    counts: Counter[str],
) -> None:
    catalogue = shelf.catalogues.get(name) or new_catalogue(project.name, shelf.locale)
    merged = merge(catalogue, template, pool)
    for kind in KINDS:
        counts[kind] += getattr(merged, kind)
    _save(po_path(project, shelf.locale, name), merged.catalogue, write, result)


def _save(path: Path, catalogue: Catalogue, write: bool, result: Extracted) -> None:
    data = catalogue.to_bytes()
    if write:
        if write_atomic(path, data):
            result.changed.append(path)
    elif not path.is_file() or path.read_bytes() != data:
        result.changed.append(path)
