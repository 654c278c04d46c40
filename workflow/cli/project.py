"""The command that makes a new project."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from workflow import git
from workflow.cli.options import Command, known_locales
from workflow.cli.terminal import Session
from workflow.new_project import create


@click.command(cls=Command)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", help="The site's name. [default: the folder's name]")
@click.option(
    "--locale",
    "locales",
    multiple=True,
    default=["sv"],
    show_default=True,
    metavar="LOCALE",
    callback=known_locales,
    help="A language to translate into; may be given several times.",
)
@click.pass_obj
def init(session: Session, folder: Path, name: str | None, locales: tuple[str, ...]) -> None:
    """Make a new project: settings, a sample article and the page templates.

    \b
    Examples:
      ordbro init my-site
      cd my-site
      ordbro run
      ordbro init our-news --name "Our news" --locale sv --locale fi

    Exit status: 0, or 1 if the folder is not empty or cannot be written.
    """
    create(folder, name or folder.resolve().name, locales)
    session.say(f"made {folder}. Next: cd {shlex.quote(str(folder))} && ordbro run")
    session.say(f"With git, once in each clone, so that translations merge without conflicts: {git.ONE_LINER}")
    session.say("(or: ordbro merge --set-up)")
