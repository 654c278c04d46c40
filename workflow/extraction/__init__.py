"""Extraction: the present English of all articles goes into the `.pot` files and is merged into every `.po`.

Articles whose files are as the last extraction left them are not even read as Markdown.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from workflow.addresses import make_addresses, source_slug
from workflow.article import article_paths, slug_in
from workflow.catalogue.fresh import header
from workflow.catalogue.matching import Pool
from workflow.catalogue.places import po_names, po_path
from workflow.config import Project
from workflow.errors import OrdbroError, OutputError, TemplateError
from workflow.extraction.freshness import Seen, digest, file_digest, load_seen, save_seen
from workflow.extraction.one import (
    KINDS,
    Frame,
    Step,
    Template,
    extract_one,
    failed,
    leaving_one,
    left_over,
    merge_one,
    read_template,
)
from workflow.extraction.workers import in_parallel
from workflow.files import cannot_write
from workflow.finding import Finding, from_error
from workflow.interface import NAME as INTERFACE
from workflow.interface import interface_messages, template_files
from workflow.languages import tag
from workflow.message import Message

__all__ = ["KINDS", "Extracted", "extract"]

Progress = Callable[[int], Any]


@dataclass(slots=True)
class Extracted:
    """The outcome of an extraction."""

    articles: int = 0
    """How many articles there are."""
    messages: int = 0
    """How many messages the templates have."""
    changed: list[Path] = field(default_factory=list)
    """The files that were written or removed, or would be."""
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    """Locale → how many messages went which way (KINDS)."""
    findings: list[Finding] = field(default_factory=list)
    """What could not be read."""

    def add(self, step: Step) -> None:
        """Count what came of one catalogue."""
        self.messages += step.messages
        self.changed += map(Path, step.changed)
        self.findings += step.findings
        for locale, counts in step.counts.items():
            self.counts.setdefault(locale, Counter()).update(counts)


@dataclass(frozen=True, slots=True)
class Source:
    """An article as far as its address is concerned."""

    path: str
    """Below `source/`."""
    shown: str
    """How messages name the file."""
    slug: str
    """The last part of its address."""
    digest: str
    """Fingerprint of its file."""

    @property
    def is_index(self) -> bool:
        """Whether it introduces its folder."""
        return self.path.rpartition("/")[2] == "index.md"


@dataclass(frozen=True, slots=True)
class _Work:
    """What a process is given to do for each article."""

    frame: Frame
    addresses: Mapping[str, str]
    pools: Mapping[str, Pool]

    def __call__(self, path: str) -> Step:
        name = path.removesuffix(".md")
        try:
            return extract_one(self.frame, name, self.template(path), self.pools)
        except OutputError:
            raise
        except OrdbroError as error:
            return failed(name, error)

    def template(self, path: str) -> Template:
        """The template of an article or of the interface; raises ArticleError or TemplateError."""
        if path == INTERFACE:
            return _interface(self.frame.project)
        return read_template(self.frame.project, path, self.addresses[path])

    def leaving(self, path: str) -> dict[str, list[Message]]:
        """By locale, the translations that leave an article."""
        name = path.removesuffix(".md")
        if not any(po_path(self.frame.project, locale, name).is_file() for locale in self.frame.po_headers):
            return {}
        try:
            return leaving_one(self.frame, name, self.template(path))
        except OrdbroError:
            return {}


def extract(project: Project, write: bool = True, progress: Progress = lambda _done: None) -> Extracted:
    """Bring all `.pot` and `.po` files up to date with the articles; `write=False` only tells what would change.

    Raises OutputError when a file cannot be written.
    """
    result, before = Extracted(), load_seen(project)
    locales = [each.name for each in project.locales]
    frame = Frame(project, write, header(project.name, None), {name: header(project.name, name) for name in locales})
    seen = _present(project, before, result)
    settled = {path: before[path] for path, now in seen.items() if _up_to_date(project, path, now, before.get(path))}
    todo = [path for path in seen if path not in settled]
    seen.update(settled)
    result.articles = len(seen) - 1
    result.messages += sum(each.messages for each in settled.values())
    progress(len(settled))
    gone = {locale: _gone(project, locale, seen) for locale in locales}
    work = _Work(frame, {path: each.address for path, each in seen.items()}, {})
    if todo:
        work = replace(work, pools=_pools(work, todo, gone, settled))
    with closing(in_parallel(work, todo)) as steps:
        for path, step in zip(todo, steps, strict=True):
            result.add(step)
            seen[path] = step.seen(seen[path])
            progress(1)
    _retire(work, gone, seen, result)
    if write and (todo or before.keys() != seen.keys()):
        with suppress(OutputError):  # it only saves time
            save_seen(project, {path: each for path, each in seen.items() if each.pot})
    return result


def _present(project: Project, before: Mapping[str, Seen], result: Extracted) -> dict[str, Seen]:
    """All articles and the interface as they are now, by path; what is known of their catalogues is left out."""
    folder = str(project.articles)
    sources = [_source(folder, path, before) for path in article_paths(project)]
    addresses: Mapping[str, str] = {}
    if project.url:
        # A name that no address can hold is told of when the article is read.
        nameable = [each for each in sources if each.path.isprintable()]
        found = make_addresses(tag(project.source), nameable, source_slug)
        addresses = {path: f"{project.url}/{page}" for path, page in found.pages.items()}
        result.findings += [from_error(error, "address") for error in found.clashes]
    seen = {each.path: Seen(each.digest, each.slug, addresses.get(each.path, "")) for each in sources}
    templates = [(project.shown(path), file_digest(str(path))) for path in template_files(project)]
    return {INTERFACE: Seen(digest(repr(templates).encode()), "", ""), **seen}


def _interface(project: Project) -> Template:
    try:
        return interface_messages(project)
    except UnicodeDecodeError as error:
        path = next((path for path in template_files(project) if path.read_bytes() == error.object), None)
        line = error.object.count(b"\n", 0, error.start) + 1
        raise TemplateError(
            f"is not UTF-8 (byte 0x{error.object[error.start]:02x})",
            path=project.shown(path or project.templates),
            line=line if path else None,
            advice="save it as UTF-8 in your editor",
        ) from error


def _source(folder: str, path: str, before: Mapping[str, Seen]) -> Source:
    known = before.get(path)
    data = b""  # reading it in earnest tells what is wrong
    if os.path.isfile(f"{folder}/{path}"):  # noqa: PTH113
        with suppress(OSError), open(f"{folder}/{path}", "rb", 0) as file:  # noqa: PTH123
            data = file.read()
    own = digest(data)
    slug = known.slug if known and known.source == own else slug_in(data.decode("utf-8", "replace"), path)
    return Source(path, f"source/{path}", slug, own)


def _up_to_date(project: Project, path: str, now: Seen, known: Seen | None) -> bool:
    """Whether an article and its catalogues are as the last extraction left them."""
    if known is None or (now.source, now.address) != (known.source, known.address):
        return False
    name, locales = path.removesuffix(".md"), f"{project.root}/locales"
    return file_digest(f"{locales}/templates/{name}.pot") == known.pot and all(
        file_digest(f"{locales}/{each.name}/LC_MESSAGES/{name}.po") == known.catalogues.get(each.name)
        for each in project.locales
    )


def _gone(project: Project, locale: str, seen: Container[str]) -> list[str]:
    """The catalogues of articles that are no longer there."""
    return [name for name in po_names(project, locale) if name != INTERFACE and f"{name}.md" not in seen]


def _pools(
    work: _Work, todo: Sequence[str], gone: Mapping[str, list[str]], settled: Mapping[str, Seen]
) -> dict[str, Pool]:
    """By locale, the translations that left their article: of changed, vanished and unchanged ones."""
    found: dict[str, list[Message]] = {locale: [] for locale in gone}
    with closing(in_parallel(work.leaving, [path for path in todo if path != INTERFACE])) as leaving:
        for left in leaving:
            for locale, messages in left.items():
                found[locale] += messages
    for locale, names in gone.items():
        old = [*names, *(path.removesuffix(".md") for path, each in settled.items() if locale in each.leftovers)]
        for name in old:
            found[locale] += left_over(work.frame, locale, name, vanished=name in names)
    return {locale: Pool.of(messages) for locale, messages in found.items() if messages}


def _retire(work: _Work, gone: Mapping[str, list[str]], seen: Container[str], result: Extracted) -> None:
    """Templates of articles that are gone go with them; in their `.po` files everything becomes obsolete."""
    project = work.frame.project
    for path in sorted(project.pots.rglob("*.pot")):
        name = path.relative_to(project.pots).with_suffix("").as_posix()
        if path.is_dir() or path.name.startswith(".") or name == INTERFACE or f"{name}.md" in seen:
            continue
        result.changed.append(path)
        if work.frame.write:
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise cannot_write(path, error) from error
    for locale, names in gone.items():
        for name in names:
            step = Step(name)
            merge_one(work.frame, step, locale, po_path(project, locale, name), (), None)
            result.add(step)
