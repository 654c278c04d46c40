"""The commands of the main line: extract, translate, check, status, build, run."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from workflow import languages
from workflow.catalogue.places import load_shelf
from workflow.checks import check_project
from workflow.cli.terminal import Session, plural, print_findings
from workflow.config import Project
from workflow.extraction import KINDS, Extracted
from workflow.extraction import extract as extract_project
from workflow.finding import Finding, Severity
from workflow.interface import NAME as INTERFACE
from workflow.library import Library, load_library
from workflow.message import State
from workflow.publication import policy
from workflow.site.publish import Built, build_site
from workflow.status import NOTHING, Count, as_json, count
from workflow.translation import Translated, translate_locale

locale_argument = click.argument("locales", nargs=-1, metavar="[LOCALE]...")


@click.command()
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
    """
    project = session.project()
    result = _extract(session, project, load_library(project), write=not only_check)
    failed = print_findings(result.findings)
    if only_check:
        for path in result.changed:
            click.echo(f"{project.shown(path)} would change")
        if result.changed:
            session.say(f"{plural(len(result.changed), 'file')} would change; run: ordbro extract")
    raise SystemExit(1 if failed or (only_check and result.changed) else 0)


@click.command()
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
    person wrote is never changed.

    \b
    Examples:
      ordbro translate
      ordbro translate sv --only news
      ordbro translate --redo          (after installing a better model)
    """
    project = session.project()
    failed = False
    for name in _chosen(project, locales):
        result = _translate(session, project, name, engine, only, redo)
        failed |= print_findings(result.findings)
    raise SystemExit(1 if failed else 0)


@click.command()
@locale_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
    help="How to print the findings.",
)
@click.pass_obj
def check(session: Session, locales: tuple[str, ...], form: str) -> None:
    """Look for mistakes in articles and translations.

    Prints a line for each finding: file, line, how much it matters, what it is. Exits with 1 when
    one of them is an error, something that residents would notice.

    \b
    Examples:
      ordbro check
      ordbro check sv --format json
    """
    project = session.project()
    findings = check_project(project, load_library(project), _chosen(project, locales))
    failed = print_findings(findings, form)
    if form == "text" and not findings:
        session.say("nothing found")
    raise SystemExit(1 if failed else 0)


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="A table to read, or JSON for scripts.",
)
@click.pass_obj
def status(session: Session, form: str) -> None:
    """Show how far the translations have come.

    \b
    untranslated  no translation yet
    machine       drafted by a machine, nobody has looked at it
    stale         the English was edited since
    fuzzy         somebody had doubts
    reviewed      done
    """
    project = session.project()
    counts, findings = _counts(project, load_library(project))
    if form == "json":
        click.echo(json.dumps(as_json(counts), ensure_ascii=False, indent=1))
    else:
        _print_status(project, counts)
    failed = bool(findings) and _to_stderr(findings)
    raise SystemExit(1 if failed else 0)


@click.command()
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
    """
    project = session.project()
    built = _build(session, project, load_library(project), locales, output)
    raise SystemExit(1 if print_findings(built.findings) else 0)


@click.command()
@click.pass_obj
def run(session: Session) -> None:
    """Do it all: extract, translate, check, build.

    What cannot be used is reported at the end; everything else is done all the same.
    """
    project = session.project()
    library = load_library(project)
    findings = list(_extract(session, project, library, write=True).findings)
    for settings in project.locales:
        findings += _translate(session, project, settings.name, None, (), False).findings
    findings += check_project(project, library, [settings.name for settings in project.locales])
    built = _build(session, project, library, (), None)
    failed = print_findings([*findings, *built.findings], least=Severity.WARNING)
    raise SystemExit(1 if failed else 0)


def _chosen(project: Project, locales: tuple[str, ...]) -> list[str]:
    """The target locales that were named, or all."""
    return [project.locale(name).name for name in locales] or [settings.name for settings in project.locales]


def _extract(session: Session, project: Project, library: Library, write: bool) -> Extracted:
    with session.progress("Extracting", len(library.articles)) as progress:
        result = extract_project(project, library, write, progress)
    total = sum(result.counts.values(), Counter[str]())
    changes = ", ".join(f"{total[kind]:,} {kind}" for kind in KINDS if total[kind])
    session.say(
        f"extract: {plural(result.messages, 'message')} in {plural(len(library.articles), 'article')}"
        + (f"; {changes}" if changes else "")
    )
    for path in result.changed:
        session.detail(f"  {project.shown(path)}")
    return result


def _translate(
    session: Session, project: Project, locale: str, engine: str | None, only: tuple[str, ...], redo: bool
) -> Translated:
    result = translate_locale(
        project,
        load_library(project),
        locale,
        engine,
        only,
        redo,
        lambda total: session.progress(f"Translating into {locale}", total),
    )
    parts = [
        f"{result.remembered:,} taken over",
        f"{result.drafted:,} drafted by {result.engine}" if result.engine else "",
        f"{result.changed:,} of them changed" if redo else "",
        f"{result.left:,} left empty",
    ]
    told = ", ".join(part for part in parts if part and not part.startswith("0 "))
    session.say(f"translate: {locale}: {told or 'nothing to do'}")
    if result.advice:
        session.say(f"  {result.advice}")
    return result


def _build(
    session: Session, project: Project, library: Library, locales: tuple[str, ...], output: Path | None
) -> Built:
    names = [project.source, *(each.name for each in project.locales)]
    for name in locales:
        if name != project.source:
            project.locale(name)
    wanted = list(locales) or names
    folder = output or project.build / "site"
    with session.progress("Building", len(library.articles) * len(wanted)) as progress:
        built = build_site(project, library, wanted, folder, progress)
    pages = ", ".join(f"{plural(count, 'page')} in {lang}" for lang, count in built.pages.items())
    session.say(f"build: {pages}; {plural(built.written, 'file')} written to {project.shown(folder)}")
    return built


def _counts(project: Project, library: Library) -> tuple[dict[str, dict[str, Count]], list[Finding]]:
    counts, findings = dict[str, dict[str, Count]](), list(library.findings)
    for settings in project.locales:
        shelf = load_shelf(project, settings.name, (INTERFACE, *(each.name for each in library.articles)))
        findings += shelf.findings
        own = {f"{each.name}.md": each.publish for each in library.articles}
        counts[settings.name] = {
            f"{name}.md" if name != INTERFACE else name: count(catalogue.live, policy(settings, own.get(f"{name}.md")))
            for name, catalogue in sorted(shelf.catalogues.items())
        }
    return counts, findings


def _print_status(project: Project, counts: dict[str, dict[str, Count]]) -> None:
    console = Console(width=None if Console().is_terminal else 100)
    for locale, articles in counts.items():
        table = Table(title=f"{languages.own_name(locale)} ({locale}): messages (words)", title_justify="left")
        table.add_column("article", overflow="fold")
        for state in State:
            table.add_column(str(state), justify="right")
        for path, each in articles.items():
            table.add_row(path, *(_cell(each, state) for state in State))
        total = sum(articles.values(), NOTHING)
        table.add_section()
        table.add_row("all", *(_cell(total, state) for state in State))
        console.print(table)
        if total.held_back:
            threshold = project.locale(locale).publish_confidence
            console.print(
                f"{plural(total.held_back, 'machine draft')} held back (confidence below {threshold:g}): "
                "residents read the English there."
            )


def _cell(each: Count, state: State) -> str:
    return f"{each.messages[state]:,} ({each.words[state]:,})" if each.messages[state] else "–"


def _to_stderr(findings: list[Finding]) -> bool:
    for each in findings:
        click.echo(str(each), err=True)
    return any(each.severity is Severity.ERROR for each in findings)
