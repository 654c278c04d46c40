"""What all commands share: the options --project, -v and -q, wherever they stand, and how locales are named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from workflow import languages
from workflow.cli.terminal import Session
from workflow.config import Project
from workflow.errors import ConfigError, OrdbroError

STOPPED = "stopped; what was finished is kept, and the next run goes on from there"


class Command(click.Command):
    """A command that takes the shared options after its name as well."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params += shared_options()


class Group(click.Group):
    """A group of such commands; ctrl-C becomes an error like others."""

    command_class = Command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        ctx.obj = ctx.find_object(Session) or Session()
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise OrdbroError(STOPPED) from None


Group.group_class = Group


def shared_options() -> list[click.Parameter]:
    """The options that every command takes, before its name or after it."""
    folder = click.Path(path_type=Path, exists=True, file_okay=False)
    return [
        click.Option(
            ["--project"],
            type=folder,
            metavar="DIR",
            expose_value=False,
            callback=_remember,
            help="The project's folder. [default: the nearest one upward]",
        ),
        click.Option(
            ["-v", "--verbose"], is_flag=True, expose_value=False, callback=_remember, help="Tell more of what is done."
        ),
        click.Option(
            ["-q", "--quiet"], is_flag=True, expose_value=False, callback=_remember, help="Tell only what is wrong."
        ),
    ]


def _remember(context: click.Context, option: click.Parameter, value: Any) -> None:
    session = context.find_object(Session) or Session()
    if value and option.name == "project":
        session = replace(session, folder=value)
    elif value:
        session = replace(session, verbosity=session.verbosity + (1 if option.name == "verbose" else -1))
    context.obj = session


locale_argument = click.argument("locales", nargs=-1, metavar="[LOCALE]...")


def chosen(project: Project, names: tuple[str, ...], source: bool = False) -> list[str]:
    """The project's locales of these names, or all; with `source` its own language may be one of them.

    Raises UsageError for another name.
    """
    own = [project.source] if source else []
    if not names:
        return own + [settings.name for settings in project.locales]
    return list(dict.fromkeys(name if name in own else _locale(project, name) for name in names))


def _locale(project: Project, name: str) -> str:
    try:
        return project.locale(name).name
    except ConfigError as error:
        raise click.UsageError(str(error), click.get_current_context()) from error


def known_locales(_context: click.Context, _option: click.Parameter, names: tuple[str, ...]) -> tuple[str, ...]:
    """Callback of an option for any locales: raises BadParameter for one that there is not."""
    for name in names:
        try:
            languages.locale(name)
        except ConfigError as error:
            raise click.BadParameter(str(error)) from error
    return names
