"""The commands around translation models."""

from __future__ import annotations

import re
from pathlib import Path

import click
from rich.table import Table

from workflow import languages
from workflow.cli.options import Group
from workflow.cli.terminal import Session, tables
from workflow.config import Project
from workflow.errors import ModelError, OrdbroError
from workflow.machine import models
from workflow.machine.download import download

_CODE = re.compile(r"[a-z]{2,3}")

BEGINNER = (
    "The starter model is a beginner: many of its sentences are wrong. It is there so that the first run works "
    "without a network. A far better one (FLORES test: BLEU 41.7 against 24.2): ordbro model install en sv"
)


@click.group(cls=Group)
def model() -> None:
    """The models that translate on this computer.

    Models are Argos packages (files that end with .argosmodel). A small starter model for English
    to Swedish comes with Ordbro; any model that you install for the same languages is used instead.

    \b
    Examples:
      ordbro model list
      ordbro model install translate-en_sv-1_9.argosmodel
      ordbro model install en sv       (downloads it: needs the internet)
    """


@model.command("list")
@click.pass_obj
def list_models(session: Session) -> None:
    """Show the models on this computer, and which one is in use for each pair of languages.

    \b
    Example:
      ordbro model list
    """
    table = Table("model", "version", "languages", "size", "in use")
    used, starter = set[tuple[str, str]](), False
    for each in models.list_models():
        pair = (each.source, each.target)
        current = pair not in used
        used.add(pair)
        starter |= current and each.starter
        names = " → ".join(languages.display_name(code, "en") for code in pair)
        table.add_row(
            each.name + (" (starter)" if each.starter else ""),
            each.version,
            names,
            f"{each.size / 1e6:.1f} MB",
            "yes" if current else "no",
        )
    tables().print(table)
    for folder, problem in models.broken_models():
        click.echo(f"{folder}: cannot be used: {problem}; remove the folder, or install the model again", err=True)
    if starter:
        session.say(BEGINNER)


@model.command("install")
@click.argument("what", nargs=-1, required=True, metavar="FILE | SOURCE TARGET")
@click.pass_obj
def install_model(session: Session, what: tuple[str, ...]) -> None:
    """Install a model from a file, or download the one for two languages.

    \b
    Examples:
      ordbro model install ~/Downloads/translate-en_sv-1_9.argosmodel
      ordbro model install en sv       (downloads it: needs the internet)

    Exit status: 0, or 1 if the file is no usable model, or none for the project you are in.
    """
    if len(what) > 2 or (len(what) == 1 and _CODE.fullmatch(what[0]) and not Path(what[0]).exists()):
        raise click.UsageError("Name one file, or two languages such as: en sv")
    installed = models.install(Path(what[0])) if len(what) == 1 else _download(session, what[0], what[1])
    session.say(f"installed {installed.label}: {installed.source} → {installed.target}, {installed.size / 1e6:.1f} MB")
    project = _project(session)
    if project and not any(_serves(installed, project.source, each.name) for each in project.locales):
        pairs = ", ".join(f"{project.source} → {each.name}" for each in project.locales)
        raise ModelError(
            f"{installed.label} is installed, but this project has no use for it: it translates {pairs}",
            advice=f"get a model for that, or add {installed.target!r} to locales in pyproject.toml",
        )
    if project:
        session.say("to draft anew what the model before it drafted: ordbro translate --redo")


@model.command("remove")
@click.argument("name")
@click.pass_obj
def remove_model(session: Session, name: str) -> None:
    """Remove an installed model, by the name that "ordbro model list" shows.

    \b
    Example:
      ordbro model remove translate-en_sv

    Exit status: 0, or 1 if no installed model has that name. The starter model always stays.
    """
    for each in models.remove(name):
        session.say(f"removed {each.label}")


def _download(session: Session, source: str, target: str) -> models.Model:
    session.say(f"downloading the model for {source} → {target}")
    with session.progress("Downloading", 100) as advance:
        told = 0

        def progress(done: int, total: int) -> None:
            nonlocal told
            percent = 100 * done // total if total else told
            advance(percent - told)
            told = percent

        return download(source, target, progress)


def _serves(installed: models.Model, source: str, target: str) -> bool:
    return installed.source == source.partition("_")[0] and installed.target == target.partition("_")[0]


def _project(session: Session) -> Project | None:
    try:
        return session.project()
    except OrdbroError:
        return None
