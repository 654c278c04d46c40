"""The commands of the main line: extract, translate, check, build, run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import click

from workflow.article import find_articles
from workflow.checks import check_project
from workflow.cli.model import BEGINNER
from workflow.cli.options import Command, chosen, locale_argument
from workflow.cli.paths import concerns, safe_output, selection
from workflow.cli.terminal import Session, plural, print_findings
from workflow.config import Project
from workflow.errors import OrdbroError, OutputError
from workflow.extraction import KINDS, Extracted
from workflow.extraction import extract as extract_project
from workflow.finding import Finding, Severity, from_error
from workflow.library import Library, load_library
from workflow.machine.engine import engine_names
from workflow.site.publish import Built, build_site
from workflow.translation import Translated, translate_locale

WORDS = {
    "added": "new",
    "changed": "edited",
    "revived": "back again",
    "moved": "moved",
    "obsoleted": "gone, their translations kept",
    "removed": "gone",
}
"""What happened to texts (`KINDS`), in words."""


@click.command(cls=Command)
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit with 1 if something would change.")
@click.pass_obj
def extract(session: Session, only_check: bool) -> None:
    """Collect the texts of all articles for translation.

    Every article in source/ gets a template (locales/templates/….pot), and every language its
    catalogue (locales/sv/LC_MESSAGES/….po). Translations are kept: where the English was edited
    the old translation stays with the mark "fuzzy", where it is gone the translation stays at
    the end of the file.

    \b
    Examples:
      ordbro extract
      ordbro extract --check     (for a build server: are the catalogues up to date?)

    Exit status: 0, or 1 if a file cannot be used or, with --check, if something would change.
    """
    project = session.project()
    result = _extract(session, project, write=not only_check)
    failed = session.report(result.findings)
    if only_check:
        for path in result.changed:
            click.echo(f"{project.shown(path)} would change")
        if result.changed:
            session.say(f"{plural(len(result.changed), 'file')} would change; run: ordbro extract")
    raise SystemExit(1 if failed or (only_check and result.changed) else 0)


@click.command(cls=Command)
@locale_argument
@click.option(
    "--engine",
    metavar="NAME",
    help="Who translates: argos (on this computer), pseudo (to test templates), libretranslate (a server of your own).",
)
@click.option("--only", multiple=True, metavar="PATH", help="Only this article or folder; may be given several times.")
@click.option("--redo", is_flag=True, help="Translate anew what a machine translated and nobody has touched since.")
@click.pass_obj
def translate(
    session: Session, locales: tuple[str, ...], engine: str | None, only: tuple[str, ...], redo: bool
) -> None:
    """Draft the translations that are missing.

    Texts that were translated and reviewed before are taken over, the others a machine drafts.
    Every draft is marked "fuzzy" (Poedit: "needs work") until a person takes the mark off. What a
    person wrote is never changed. You may stop it with ctrl-C: what is done is kept.

    \b
    Examples:
      ordbro translate
      ordbro translate sv --only news
      ordbro translate --only news/visit.md --only about
      ordbro translate --redo          (after installing a better model)

    Exit status: 0, or 1 if an article, a catalogue or the model cannot be used.
    """
    project = session.project()
    names = chosen(project, locales)
    if engine is not None and engine not in engine_names():
        raise click.UsageError(f"there is no engine {engine!r}; choose one of: {', '.join(engine_names())}")
    library = load_library(project)
    only = selection(project, library, only)
    findings = [each for each in library.findings if not only or concerns(each, only)]
    for name in names:
        findings += _translate(session, project, library, name, engine, only, redo).findings
    raise SystemExit(session.report(findings))


@click.command(cls=Command)
@locale_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
    help="How to print the findings.",
)
@click.option("--strict", is_flag=True, help="Exit with 1 if there is a warning, too.")
@click.pass_obj
def check(session: Session, locales: tuple[str, ...], form: str, strict: bool) -> None:
    """Look for mistakes in articles and translations.

    Prints a line for each finding: file, line, how much it matters, what it is.

    \b
    error    readers would notice, or a file cannot be used
    warning  probably a mistake
    info     good to know, such as why readers still see the English

    \b
    Examples:
      ordbro check
      ordbro check sv
      ordbro check --format json       (also github and sarif, for other programs)
      ordbro check --strict            (for a build server that lets no warning pass)

    Exit status: 0, or 1 if there is an error; with --strict also if there is a warning.
    """
    project = session.project()
    findings = check_project(project, load_library(project), chosen(project, locales))
    failed = session.report(findings, notes=True) if form == "text" else print_findings(findings, form)
    if form == "text" and not findings:
        session.say("nothing found")
    warned = any(each.severity is Severity.WARNING for each in findings)
    raise SystemExit(failed or (strict and warned))


@click.command(cls=Command)
@locale_argument
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Where to write the site. [default: build/site]",
)
@click.pass_obj
def build(session: Session, locales: tuple[str, ...], output: Path | None) -> None:
    """Build the site: one folder of pages for each language.

    \b
    Examples:
      ordbro build
      ordbro build sv --output /srv/www

    Exit status: 0, or 1 if an article, a translation or the folder cannot be used.
    """
    project = session.project()
    names = chosen(project, locales, source=True)
    library = load_library(project)
    built = _build(session, project, library, names, safe_output(project, output))
    findings = [*library.findings, *built.findings]
    raise SystemExit(session.report(findings))


@click.command(cls=Command)
@click.pass_obj
def run(session: Session) -> None:
    """Do it all: extract, translate, check, build.

    What cannot be used is told at the end, with the file and what to do; all else is done all the same.

    \b
    Examples:
      ordbro run
      ordbro run -q                    (tell only what is wrong)
      ordbro --project ~/my-site run

    Exit status: 0, or 1 if there is an error.
    """
    project = session.project()
    findings = list[Finding]()
    try:
        for step in _steps(session, project):
            findings += _attempt(project, step)
    except OutputError as error:
        findings.append(_finding(project, error))
    raise SystemExit(session.report(findings))


def _steps(session: Session, project: Project) -> Iterator[Callable[[], Sequence[Finding]]]:
    """The steps of the main line; each gives its findings."""
    locales = chosen(project, ())
    yield lambda: _extract(session, project, write=True).findings
    library = load_library(project)

    def draft(name: str) -> Sequence[Finding]:
        return _translate(session, project, library, name, None, (), False).findings

    for name in locales:
        yield partial(draft, name)
    yield lambda: check_project(project, library, locales)
    yield lambda: _build(session, project, library, chosen(project, (), source=True), project.build / "site").findings


def _attempt(project: Project, step: Callable[[], Sequence[Finding]]) -> Sequence[Finding]:
    """A step's findings, or why it failed; raises OutputError, after which nothing makes sense."""
    try:
        return step()
    except OutputError:
        raise
    except OrdbroError as error:
        return [_finding(project, error)]


def _finding(project: Project, error: OrdbroError) -> Finding:
    if error.path is not None:
        error.path = project.shown(Path(error.path))
    return from_error(error, type(error).__name__.removesuffix("Error").lower())


def _extract(session: Session, project: Project, write: bool) -> Extracted:
    with session.progress("Extracting", len(find_articles(project))) as progress:
        result = extract_project(project, write, progress)
    total = sum(result.counts.values(), Counter[str]())
    changes = ", ".join(f"{total[kind]:,} {WORDS[kind]}" for kind in KINDS if total[kind])
    session.say(
        f"extract: {plural(result.messages, 'text')} in {plural(result.articles, 'article')}"
        + (f"; {changes}" if changes else "")
    )
    for path in result.changed:
        session.detail(f"  {project.shown(path)}")
    return result


def _translate(
    session: Session,
    project: Project,
    library: Library,
    locale: str,
    engine: str | None,
    only: tuple[str, ...],
    redo: bool,
) -> Translated:
    result = translate_locale(
        project,
        library,
        locale,
        engine,
        only,
        redo,
        lambda total: session.progress(f"Translating into {locale}", total),
    )
    parts = [
        f"{result.remembered:,} taken over from reviewed texts",
        f"{result.drafted:,} drafted by {result.engine}",
        f"{result.changed:,} of them differ from before",
        f"{result.left:,} left empty",
    ]
    told = ", ".join(part for part in parts if not part.startswith("0 "))
    session.say(f"translate: {locale}: {told or 'nothing to do'}")
    if result.missing:
        session.say(f"  {plural(result.missing, 'article')} not yet collected for {locale}; first run: ordbro extract")
    if result.beginner and result.drafted:
        session.say(f"  {BEGINNER}")
    return result


def _build(session: Session, project: Project, library: Library, names: Sequence[str], folder: Path) -> Built:
    with session.progress("Building", len(library.articles) * len(names)) as progress:
        built = build_site(project, library, names, folder, progress)
    pages = ", ".join(f"{plural(count, 'page')} in {lang}" for lang, count in built.pages.items())
    session.say(f"build: {pages}; {plural(built.written, 'file')} written to {project.shown(folder)}")
    return built
