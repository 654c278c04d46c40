"""Publishing: the pages of every language, and the files they need, are written to the output folder."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from jinja2 import Environment

from workflow import languages
from workflow.article import Article
from workflow.catalogue.places import Shelf, load_shelf
from workflow.config import Project
from workflow.filling import SOURCE, Refusal
from workflow.finding import Finding, Severity
from workflow.interface import NAME as INTERFACE
from workflow.library import Library
from workflow.message import Key, Message
from workflow.publication import policy, target
from workflow.segmentation import Document
from workflow.site.edition import MEDIA, STATIC, Edition
from workflow.site.editions import clashes, make_documents, make_editions, media
from workflow.site.feeds import Entry, feed
from workflow.site.output import Places, former_addresses, note_addresses, page_file, write_files
from workflow.site.pages import article_page, missing_page, root_page
from workflow.site.sitemap import sitemap
from workflow.site.templating import make_environment, render_page, words

Progress = Callable[[int], Any]


@dataclass(slots=True)
class Built:
    """The outcome of a build."""

    pages: dict[str, int] = field(default_factory=dict)
    """How many pages each language has, by BCP 47 tag."""
    written: int = 0
    """How many files had to be written, the others being as they should."""
    findings: list[Finding] = field(default_factory=list)
    """Translations that could not be used, catalogues that could not be read, addresses that were taken."""


def build_site(
    project: Project, library: Library, locales: Iterable[str], output: Path, progress: Progress = lambda _done: None
) -> Built:
    """Write the site in these languages (POSIX names; the source language may be one) below `output`.

    Raises OutputError or TemplateError.
    """
    built, files, wanted = Built(), dict[str, bytes](), set(locales)
    documents = make_documents(library.articles)
    shelves = {
        settings.name: load_shelf(project, settings.name, (INTERFACE, *(d.article.name for d in documents.values())))
        for settings in project.locales
    }
    kept = _kept(documents, shelves, former_addresses(output))
    editions = make_editions(project, documents, shelves, kept)
    for edition in editions:
        if edition.locale in wanted:
            stay = {page_file(address) for address in kept.get(edition.locale, {}).values()}
            made = _edition_files(project, edition, shelves.get(edition.locale), built, progress)
            files.update({path: data for path, data in made.items() if path not in stay})
    files.update(_root_files(project, editions))
    files.update(_static_files(project))
    built.written = write_files(output, files, _finished(library, shelves, editions, wanted))
    note_addresses(output, {each.locale: dict(each.addresses.pages) for each in editions if each.locale in wanted})
    return built


def _kept(documents: Mapping[str, Document], shelves: Mapping[str, Shelf], former: Places) -> Places:
    """The addresses of the pages that stay as an earlier build made them: their catalogue cannot be read just now.

    The shelves learn what these addresses end with, for that of a folder's index is part of others.
    """
    kept = Places()
    for locale, shelf in shelves.items():
        known = former.get(locale, {})
        for path, document in documents.items():
            name = document.article.name
            if path in known and (name in shelf.broken or INTERFACE in shelf.broken):
                kept.setdefault(locale, {})[path] = known[path]
            if path in known and name in shelf.broken:
                shelf.slugs[name] = unquote(posixpath.basename(known[path].rstrip("/")))
    return kept


def _finished(
    library: Library, shelves: Mapping[str, Shelf], editions: tuple[Edition, ...], wanted: set[str]
) -> set[str] | None:
    """The languages (BCP 47) whose former pages may go, None for all there ever were.

    A page whose article or catalogue cannot be read just now stays as it was, so then nothing goes.
    """
    if library.unreadable or any(shelf.broken for shelf in shelves.values()):
        return set()
    if wanted.issuperset(edition.locale for edition in editions):
        return None
    return {languages.tag(name) for name in wanted}


def _edition_files(
    project: Project, edition: Edition, shelf: Shelf | None, built: Built, progress: Progress
) -> dict[str, bytes]:
    built.findings += [*(shelf.findings if shelf else ()), *clashes(edition, shelf)]
    environment = _environment(project, edition, shelf)
    files, entries = dict[str, bytes](), list[Entry]()
    for path, address in edition.addresses.pages.items():
        article = edition.documents[path].article
        view, filled = article_page(edition, article)
        files[page_file(address)] = render_page(environment, view).encode()
        built.findings += _refused(edition, shelf, article, filled.refusals)
        entries += [Entry(address, view)] if view.date else []
        progress(1)
    files[f"{edition.addresses.home}404.html"] = render_page(environment, missing_page(edition)).encode()
    if edition.feed:
        files[edition.feed] = feed(edition, entries, lambda text: words(environment, text))
    built.pages[edition.addresses.lang] = len(edition.addresses.pages)
    return files


def _root_files(project: Project, editions: tuple[Edition, ...]) -> dict[str, bytes]:
    """What lies at the site's own address: the choice of language, the page for wrong addresses, the site map."""
    source = editions[0]
    environment = _environment(project, source, None)
    by_tag = {edition.addresses.lang: edition for edition in editions}
    files = {
        "index.html": render_page(environment, root_page(source, by_tag)).encode(),
        "404.html": render_page(environment, missing_page(source)).encode(),
        "sitemap.xml": sitemap(editions),
    }
    return {path: data for path, data in files.items() if data}


def _environment(project: Project, edition: Edition, shelf: Shelf | None) -> Environment:
    messages = {} if shelf is None else _shown_interface(project, shelf)
    return make_environment(project.templates, edition.locale, messages, _cache(project))


def _cache(project: Project) -> Path | None:
    folder = project.build / "cache" / "templates"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder


def _refused(edition: Edition, shelf: Shelf | None, article: Article, refusals: Iterable[Refusal]) -> list[Finding]:
    catalogue = shelf.catalogues.get(article.name) if shelf else None
    found = list[Finding]()
    for refusal in refusals:
        message = catalogue.get(refusal.segment.key) if catalogue else None
        if catalogue and message:
            found.append(
                Finding(
                    catalogue.shown,
                    message.line,
                    Severity.ERROR,
                    "markup",
                    f"the translation {refusal.problem}; the page shows the source text instead",
                    edition.locale,
                    message.msgid,
                )
            )
    return found


def _shown_interface(project: Project, shelf: Shelf) -> dict[Key, Message]:
    rule = policy(project.locale(shelf.locale))
    return {key: message for key, message in shelf.messages(INTERFACE).items() if target(message, rule).state != SOURCE}


def _static_files(project: Project) -> dict[str, bytes]:
    files = {f"{MEDIA}{path}": (project.articles / path).read_bytes() for path in media(project)}
    folder = project.templates / "static"
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            files[STATIC + path.relative_to(folder).as_posix()] = path.read_bytes()
    return files
