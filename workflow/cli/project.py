"""The command that makes a new project."""

from __future__ import annotations

from pathlib import Path

import click

from workflow import languages
from workflow.cli.terminal import Session
from workflow.new_project import create


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", help="The site's name. [default: the folder's name]")
@click.option(
    "--locale",
    "locales",
    multiple=True,
    default=["sv"],
    show_default=True,
    metavar="LOCALE",
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
    """
    for each in locales:
        languages.locale(each)
    create(folder, name or folder.resolve().name, locales)
    session.say(f"made {folder}. Next: cd {folder} && ordbro run")
