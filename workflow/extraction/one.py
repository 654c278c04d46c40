"""Extraction of one article: its template, its `.pot`, and the merge into its `.po` files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from workflow.article import Article, parse_article
from workflow.catalogue.fresh import is_simple, new_files
from workflow.catalogue.matching import Pool
from workflow.catalogue.merge import leaving, merge, update_template
from workflow.catalogue.places import po_path, pot_path
from workflow.catalogue.po import Catalogue, new_catalogue, parse, read
from workflow.config import Project
from workflow.errors import CatalogueError, OrdbroError
from workflow.extraction.freshness import Seen, digest, file_digest
from workflow.files import read_text, write_atomic, write_new
from workflow.finding import Finding, from_error
from workflow.message import Message
from workflow.segmentation import parse_document, template_messages

Template = tuple[Message, ...]

KINDS = ("added", "changed", "revived", "moved", "obsoleted", "removed")
"""What can happen to a message in a merge, in the order in which it is told."""


@dataclass(slots=True)
class Step:
    """What came of one catalogue."""

    name: str
    """Its name: `news/x`."""
    messages: int = 0
    """How many messages its template has."""
    changed: list[str] = field(default_factory=list)
    """The files that were written, or would be."""
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    """Locale → how many messages went which way (KINDS)."""
    findings: list[Finding] = field(default_factory=list)
    """What could not be read."""
    pot: str = ""
    """Digest of the `.pot`."""
    catalogues: dict[str, str] = field(default_factory=dict)
    """Locale → digest of the `.po`; a broken one is left out."""
    leftovers: list[str] = field(default_factory=list)
    """Locales whose `.po` has obsolete messages."""

    def seen(self, before: Seen) -> Seen:
        """What to remember of the article, `before` being what was known of its source."""
        return replace(
            before, messages=self.messages, pot=self.pot, catalogues=self.catalogues, leftovers=self.leftovers
        )


@dataclass(frozen=True, slots=True)
class Frame:
    """What all articles of an extraction share."""

    project: Project
    write: bool
    """Whether to write, or only to tell what would change."""
    pot_header: str
    """The text of a `.pot` without messages."""
    po_headers: Mapping[str, str]
    """The same of a `.po`, by locale."""


def read_template(project: Project, path: str, address: str) -> Template:
    """The template of the article at a path below `source/`; raises ArticleError."""
    shown = f"source/{path}"
    text = read_text(project.articles / path, shown)
    return article_template(parse_article(text, path, shown, project.translate_keys), address)


def article_template(article: Article, address: str) -> Template:
    """The template of an article."""
    return template_messages(parse_document(article), address)


def extract_one(frame: Frame, name: str, template: Template, pools: Mapping[str, Pool]) -> Step:
    """Bring the `.pot` and the `.po` files of one catalogue up to date; `pools` has what left other articles."""
    step = Step(name, len(template))
    if not pools and is_simple(template) and _extract_new(frame, step, template):
        return step
    pot = pot_path(frame.project, name)
    paths = {locale: po_path(frame.project, locale, name) for locale in frame.po_headers}
    step.pot = _save(
        frame, step, pot, update_template(_old_pot(frame.project, pot), template).to_bytes(), durable=False
    )
    for locale, path in paths.items():
        merge_one(frame, step, locale, path, template, pools.get(locale))
    return step


def _extract_new(frame: Frame, step: Step, template: Template) -> bool:
    """Write the catalogues of an article that has none; False if it has some."""
    top = f"{frame.project.root}/locales"
    paths = {"": f"{top}/templates/{step.name}.pot"}
    paths.update((locale, f"{top}/{locale}/LC_MESSAGES/{step.name}.po") for locale in frame.po_headers)
    if any(os.path.lexists(path) for path in paths.values()):  # (one of thousands of articles)
        return False
    pot, files = new_files(template, frame.pot_header, frame.po_headers)
    for locale, data in {"": pot, **files}.items():
        if frame.write:
            write_new(paths[locale], data)
        step.changed.append(paths[locale])
    step.pot = digest(pot)
    step.catalogues = {locale: digest(data) for locale, data in files.items()}
    step.counts = {locale: {"added": len(template)} for locale in files}
    return True


def merge_one(frame: Frame, step: Step, locale: str, path: Path, template: Template, pool: Pool | None) -> None:
    """Merge a template into one locale's `.po`, and note what came of it."""
    try:
        catalogue = _old_po(frame, locale, path)
    except CatalogueError as error:
        step.findings.append(from_error(error, "syntax", locale))
        return
    merged = merge(catalogue, template, pool) if pool else merge(catalogue, template)
    step.counts[locale] = {kind: getattr(merged, kind) for kind in KINDS}
    data = merged.catalogue.to_bytes()
    step.catalogues[locale] = _save(frame, step, path, data)
    if b"#~" in data:
        step.leftovers.append(locale)


def leaving_one(frame: Frame, name: str, template: Template) -> dict[str, list[Message]]:
    """By locale, the translated messages that leave a catalogue when its template is merged."""
    found = dict[str, list[Message]]()
    for locale in frame.po_headers:
        path = po_path(frame.project, locale, name)
        try:
            if path.is_file():
                found[locale] = leaving(read(path, frame.project.shown(path)), template)
        except CatalogueError:
            continue  # the merge tells of it
    return found


def left_over(frame: Frame, locale: str, name: str, vanished: bool) -> list[Message]:
    """The translated obsolete messages of a catalogue; all translated ones where the article has `vanished`."""
    path = po_path(frame.project, locale, name)
    try:
        catalogue = read(path, frame.project.shown(path))
    except CatalogueError:
        return []
    return leaving(catalogue, () if vanished else tuple(catalogue.live))


def failed(name: str, error: OrdbroError) -> Step:
    """The step of an article that cannot be read: its catalogues stay as they are."""
    return Step(name, findings=[from_error(error, "article")])


def _old_pot(project: Project, path: Path) -> Catalogue:
    try:
        return read(path, project.shown(path))
    except CatalogueError:
        return new_catalogue(project.name, None)  # a template holds nothing of its own: it is made anew


def _old_po(frame: Frame, locale: str, path: Path) -> Catalogue:
    if path.is_file():
        return read(path, frame.project.shown(path))
    return parse(frame.po_headers[locale].encode(), frame.project.shown(path))


def _save(frame: Frame, step: Step, path: Path, data: bytes, durable: bool = True) -> str:
    if frame.write:
        if write_atomic(path, data, durable=durable):
            step.changed.append(str(path))
    elif file_digest(str(path)) != digest(data):
        step.changed.append(str(path))
    return digest(data)
