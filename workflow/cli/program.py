"""`ordbro`: the group of commands, and how every failure becomes one line and an exit status."""

from __future__ import annotations

import errno
import io
import os
import sys
import traceback
from contextlib import suppress

import click

from workflow import __version__
from workflow.cli import adopt, line, memory, merge, model, project, status
from workflow.cli.options import STOPPED, Group, shared_options
from workflow.errors import OrdbroError

HELP = """English articles in, a reviewed site in every language out. Nothing leaves this machine.

Articles are Markdown files in source/. Ordbro collects their texts in catalogues
(locales/sv/LC_MESSAGES/*.po), drafts the missing translations on this computer, and
builds one site for each language. Translators review the drafts in the .po files, with any
editor such as Poedit; taking the mark "fuzzy" (in Poedit: "needs work") off approves a text.

\b
Examples:
  ordbro init my-site        a new project to try things out
  ordbro run                 all steps: extract, translate, check, build
  ordbro status              how far the translations have come
  ordbro COMMAND --help      what a command does, with examples

\b
Exit status:
  0 all is well   1 there is an error to mend   2 the command was typed wrong
"""


@click.group(
    cls=Group,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=HELP,
    params=shared_options(),
)
@click.version_option(__version__, prog_name="ordbro")
def ordbro() -> None:
    """Hold the commands."""


for command in (
    project.init,
    line.extract,
    line.translate,
    line.check,
    status.status,
    line.build,
    line.run,
    model.model,
    memory.memory,
    merge.merge,
    adopt.adopt,
):
    ordbro.add_command(command)


def main() -> None:
    """Run the command line. Exit status: 0 fine, 1 findings or bad input, 2 wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        result = ordbro.main(prog_name="ordbro", standalone_mode=False)
        sys.stdout.flush()
        code = result if isinstance(result, int) else 0
    except SystemExit as done:
        code = done.code if isinstance(done.code, int) else 0
    except BaseException as error:
        code = _fail(error)
    _leave(code)


def _fail(error: BaseException) -> int:
    """Tell what went wrong, in one line; gives the exit status."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return 2
    if isinstance(error, click.UsageError):
        path = error.ctx.command_path if error.ctx else "ordbro"
        return _say(f"{error.format_message().rstrip('.')} (see: {path} --help)", 2)
    if isinstance(error, click.ClickException):
        return _say(error.format_message())
    if isinstance(error, OrdbroError):
        return _say(str(error))
    if isinstance(error, (KeyboardInterrupt, click.Abort)):
        return _say(STOPPED)
    if isinstance(error, BrokenPipeError):
        return 1  # whoever read the output has seen enough
    if isinstance(error, OSError):
        return _say(_trouble(error))
    if {"-v", "--verbose"} & set(sys.argv[1:]):
        traceback.print_exception(error)
    return _say(
        f"internal error: {type(error).__name__}: {' '.join(str(error).split())}; "
        "this is a fault of Ordbro: run it again with -v and report what it shows"
    )


def _trouble(error: OSError) -> str:
    place = f"{error.filename}: " if error.filename else ""
    if error.errno == errno.ENOSPC:
        return f"{place}the disk is full; make room on it and run the command again"
    return f"{place}{error.strerror or error}; check that the file is there and that you may read and write it"


def _say(text: str, code: int = 1) -> int:
    with suppress(OSError):  # where nobody listens
        click.echo(f"ordbro: {text}", err=True)
    return code


def _leave(code: int) -> None:
    """Exit; what could not be written to a full disk or a closed pipe is not tried again."""
    try:
        sys.stdout.flush()
    except OSError as error:
        if not isinstance(error, BrokenPipeError) and not code:
            code = _fail(error)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)
