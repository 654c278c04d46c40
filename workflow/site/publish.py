"""Publishing: the pages of every language, and the files they need, are written to the output folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from workflow import languages
from workflow.addresses import Addresses, make_addresses, source_slug
from workflow.article import Article
from workflow.catalogue.places import Shelf, load_shelf
from workflow.config import Project
from workflow.errors import OutputError
from workflow.files import write_atomic
from workflow.filling import SOURCE, Target
from workflow.finding import Finding, Severity
from workflow.interface import NAME as INTERFACE
from workflow.library import Library
from workflow.message import Key, Message, State
from workflow.publication import Policy, policy, target
from workflow.segmentation import SLUG, Document, Segment, parse_document
from workflow.site.pages import MEDIA, STATIC, Edition, article_page, missing_page
from workflow.site.pictures import size
from workflow.site.templating import make_environment, render_page

MANIFEST = ".ordbro-files"
"""Lists what was written to an output folder, so that what is no longer needed can go."""

Progress = Callable[[int], Any]


@dataclass(slots=True)
class Built:
    """The outcome of a build."""

    pages: dict[str, int] = field(default_factory=dict)
    """How many pages each language has, by BCP 47 tag."""
    written: int = 0
    """How many files had to be written, the others being as they should."""
    findings: list[Finding] = field(default_factory=list)
    """Translations that could not be used, catalogues that could not be read."""


def build_site(
    project: Project, library: Library, locales: Iterable[str], output: Path, progress: Progress = lambda _done: None
) -> Built:
    """Write the site in these languages (POSIX names; the source language may be one) below `output`.

    Raises OutputError, TemplateError, or ArticleError where two articles have the same address.
    """
    built, files = Built(), dict[str, bytes]()
    documents = {each.path: parse_document(each) for each in library.articles if not each.meta.get("draft")}
    shelves = {
        settings.name: load_shelf(project, settings.name, (INTERFACE, *(d.article.name for d in documents.values())))
        for settings in project.locales
    }
    wanted = set(locales)
    for edition, shelf in make_editions(project, documents, shelves):
        if edition.locale in wanted:
            built.findings += shelf.findings if shelf else []
            files.update(_edition_files(project, edition, shelf, built, progress))
    files.update(_static_files(project))
    _write(output, files, {languages.tag(name) for name in wanted}, built)
    return built


def make_editions(
    project: Project, documents: dict[str, Document], shelves: dict[str, Shelf]
) -> list[tuple[Edition, Shelf | None]]:
    """The site's languages, the source language first, with their catalogues."""
    articles = [document.article for document in documents.values()]
    names = [project.source, *(settings.name for settings in project.locales)]
    found = list[tuple[str, Addresses]]()
    for name in names:
        slug = source_slug if name == project.source else partial(_slug, shelves[name])
        found.append((languages.own_name(name), make_addresses(languages.tag(name), articles, slug)))
    sizes = {path: pixels for path in _media(project) if (pixels := size(project.articles / path))}
    source_tag = languages.tag(project.source)
    editions = list[tuple[Edition, Shelf | None]]()
    for name, (_, addresses) in zip(names, found, strict=True):
        shelf = shelves.get(name)
        lookups = {each.path: _lookup(project, shelf, each) for each in articles}
        editions.append(
            (
                Edition(
                    project.name,
                    project.url,
                    name,
                    name == project.source,
                    source_tag,
                    documents,
                    lookups,
                    addresses,
                    tuple(found),
                    sizes,
                ),
                shelf,
            )
        )
    return editions


def _edition_files(
    project: Project, edition: Edition, shelf: Shelf | None, built: Built, progress: Progress
) -> dict[str, bytes]:
    messages = {} if shelf is None else _shown_interface(project, shelf)
    environment = make_environment(project.templates, edition.locale, messages, _cache(project))
    files = dict[str, bytes]()
    for path, address in edition.addresses.pages.items():
        article = edition.documents[path].article
        view, filled = article_page(edition, article)
        files[f"{address}index.html"] = render_page(environment, view).encode()
        built.findings += _refused(edition, shelf, article, filled.refusals)
        progress(1)
    files[f"{edition.addresses.home}404.html"] = render_page(environment, missing_page(edition)).encode()
    built.pages[edition.addresses.lang] = len(edition.addresses.pages)
    return files


def _cache(project: Project) -> Path | None:
    folder = project.build / "cache" / "templates"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder


def _refused(edition: Edition, shelf: Shelf | None, article: Article, refusals: Iterable[Any]) -> list[Finding]:
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


def _slug(shelf: Shelf, article: Article) -> str:
    """The address a translator gave; it counts as soon as it stands there, so that addresses stay put."""
    catalogue = shelf.catalogues.get(article.name)
    message = catalogue.get((SLUG, article.slug)) if catalogue else None
    usable = message is not None and not message.obsolete and message.state in (State.MACHINE, State.REVIEWED)
    return (languages.ascii_words(message.msgstr) if usable and message else "") or article.slug


def _lookup(project: Project, shelf: Shelf | None, article: Article) -> Callable[[Segment], Target]:
    if shelf is None:
        return lambda _segment: Target("")
    rule = policy(project.locale(shelf.locale), article.publish)
    return partial(_target, shelf.messages(article.name), rule)


def _target(messages: dict[Key, Message], rule: Policy, segment: Segment) -> Target:
    return target(messages.get(segment.key), rule)


def _shown_interface(project: Project, shelf: Shelf) -> dict[Key, Message]:
    rule = policy(project.locale(shelf.locale))
    return {key: message for key, message in shelf.messages(INTERFACE).items() if target(message, rule).state != SOURCE}


def _media(project: Project) -> list[str]:
    """The files below `source/` that are no articles, by their path there."""
    found = (
        path.relative_to(project.articles)
        for path in project.articles.rglob("*")
        if path.is_file() and path.suffix != ".md"
    )
    return sorted(path.as_posix() for path in found if not any(part.startswith(".") for part in path.parts))


def _static_files(project: Project) -> dict[str, bytes]:
    files = {f"{MEDIA}{path}": (project.articles / path).read_bytes() for path in _media(project)}
    folder = project.templates / "static"
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            files[STATIC + path.relative_to(folder).as_posix()] = path.read_bytes()
    return files


def _write(output: Path, files: dict[str, bytes], langs: set[str], built: Built) -> None:
    """Write what differs; remove what an earlier build of these languages wrote and this one did not."""
    manifest = output / MANIFEST
    try:
        before = set(manifest.read_text(encoding="utf-8").splitlines()) if manifest.is_file() else set()
    except (OSError, UnicodeDecodeError):
        before = set()
    for path, data in files.items():
        built.written += write_atomic(output / path, data)
    rebuilt = (*(f"{lang}/" for lang in langs), MEDIA, STATIC)
    gone = {path for path in before - files.keys() if path.startswith(rebuilt) and ".." not in Path(path).parts}
    for path in gone:
        _remove(output, path)
    kept = sorted((before - gone) | files.keys())
    write_atomic(manifest, ("\n".join(kept) + "\n").encode())


def _remove(output: Path, path: str) -> None:
    file = output / path
    try:
        file.unlink(missing_ok=True)
        for folder in file.parents:
            if folder == output or any(folder.iterdir()):
                break
            folder.rmdir()
    except OSError as error:
        raise OutputError(
            f"cannot be removed: {error.strerror}", path=file, advice="check the folder's permissions"
        ) from error
