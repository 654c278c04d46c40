"""The command that shows how far the translations have come."""

from __future__ import annotations

import json

import click
from rich.table import Table

from workflow import languages
from workflow.catalogue.places import Shelf, load_shelf
from workflow.cli.options import Command
from workflow.cli.terminal import Session, plural, print_data, tables
from workflow.config import Project
from workflow.finding import Finding, Severity
from workflow.interface import NAME as INTERFACE
from workflow.library import Library, load_library
from workflow.message import State
from workflow.publication import policy
from workflow.status import NOTHING, Count, Waiting, as_json, count, queue, queue_as_json, waiting


@click.command(cls=Command)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="A table to read, or JSON for scripts.",
)
@click.option("--queue", "listed", is_flag=True, help="List the machine's drafts instead, the least sure first.")
@click.pass_obj
def status(session: Session, form: str, listed: bool) -> None:
    """Show how far the translations have come: texts, and in brackets words, of each article.

    \b
    untranslated  no translation yet
    machine       drafted by a machine, nobody has looked at it
    stale         the English was edited since
    fuzzy         somebody has a doubt
    reviewed      done
    "ui" stands for the words of the page templates, such as "Read also".

    \b
    Examples:
      ordbro status
      ordbro status --format json
      ordbro status --queue | head      (what needs a person most: place, how sure, draft)

    Exit status: 0, or 1 if a file could not be read.
    """
    project = session.project()
    library = load_library(project)
    findings = (_show_queue if listed else _show_counts)(session, project, library, form)
    for each in findings:
        click.echo(str(each), err=True)
    raise SystemExit(any(each.severity is Severity.ERROR for each in findings))


def _show_counts(session: Session, project: Project, library: Library, form: str) -> list[Finding]:
    counts, findings = dict[str, dict[str, Count]](), list(library.findings)
    own = {each.name: each.publish for each in library.articles}
    for settings in project.locales:
        shelf = _shelf(project, library, settings.name)
        findings += shelf.findings
        counts[settings.name] = {
            name if name == INTERFACE else f"{name}.md": count(catalogue.live, policy(settings, own.get(name)))
            for name, catalogue in sorted(shelf.catalogues.items())
        }
    if form == "json":
        print_data(json.dumps(as_json(counts), ensure_ascii=False, indent=1))
        return findings
    _print(project, counts)
    known = {path for articles in counts.values() for path in articles}
    fresh = sum(article.path not in known for article in library.articles)
    if fresh and not findings:
        session.say(f"{plural(fresh, 'article')} not yet collected; run: ordbro extract")
    return findings


def _show_queue(session: Session, project: Project, library: Library, form: str) -> list[Finding]:
    drafts, findings = list[Waiting](), list(library.findings)
    own = {each.name: each.publish for each in library.articles}
    for settings in project.locales:
        shelf = _shelf(project, library, settings.name)
        findings += shelf.findings
        for name, catalogue in shelf.catalogues.items():
            drafts += waiting(catalogue.shown, settings.name, catalogue.live, policy(settings, own.get(name)))
    if form == "json":
        print_data(json.dumps(queue_as_json(queue(drafts)), ensure_ascii=False, indent=1))
        return findings
    for each in queue(drafts):
        text = " ".join(each.message.texts[0].split())
        click.echo(f"{each.path}:{each.message.line}: {each.confidence:.2f} {text}")
    if not drafts:
        session.say("no draft waits for a person")
    return findings


def _shelf(project: Project, library: Library, locale: str) -> Shelf:
    return load_shelf(project, locale, (INTERFACE, *(each.name for each in library.articles)))


def _print(project: Project, counts: dict[str, dict[str, Count]]) -> None:
    console = tables()
    for locale, articles in counts.items():
        table = Table(title=f"{languages.own_name(locale)} ({locale}): texts (words)", title_justify="left")
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
            click.echo(
                f"Readers still see the English of {plural(total.held_back, 'machine draft')}, of which the machine "
                f"is unsure (below {threshold:g}); ordbro check names them."
            )


def _cell(each: Count, state: State) -> str:
    return f"{each.messages[state]:,} ({each.words[state]:,})" if each.messages[state] else "–"
