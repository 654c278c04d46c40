"""The command that takes translated pages over that exist already."""

from __future__ import annotations

from pathlib import Path

import click

from workflow.adoption import adopt as adopt_page
from workflow.cli.options import Command, chosen
from workflow.cli.terminal import Session, plural
from workflow.config import Project

_file = click.Path(path_type=Path)


@click.command(cls=Command)
@click.argument("source", type=_file)
@click.argument("translated", type=_file)
@click.option("--locale", metavar="LOCALE", help="The page's language. [default: the project's, if it has just one]")
@click.pass_obj
def adopt(session: Session, source: Path, translated: Path, locale: str | None) -> None:
    """Take an existing translation of a page into the article's catalogue.

    SOURCE is an article of the project, TRANSLATED a Markdown file with its translation, anywhere on
    disk. The two are aligned by structure and content; sections may be missing, new or moved on
    either side. What fits is filled in, marked fuzzy until somebody approves it; what a person has
    translated is left alone. Texts that found no partner are listed.

    \b
    Example:
      ordbro adopt source/news/visit.md old/visit.sv.md --locale sv

    Exit status: 0, or 1 if one of the two files or the catalogue cannot be used.
    """
    project = session.project()
    result = adopt_page(project, _locale(project, locale), source, translated)
    session.report(result.findings, notes=True)
    told = f"adopt: {plural(result.adopted, 'text')} taken into {project.shown(result.path)}, fuzzy until approved"
    if result.kept:
        told += f"; {plural(result.kept, 'text')} that a person had translated left alone"
    session.say(told)


def _locale(project: Project, name: str | None) -> str:
    if name is not None:
        return chosen(project, (name,))[0]
    if len(project.locales) != 1:
        names = ", ".join(each.name for each in project.locales)
        raise click.UsageError(f"Say which language the page is in: --locale (one of: {names})")
    return project.locales[0].name
