"""`ordbro`: the group of commands, and how every failure becomes one line and an exit status."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path

import click

from workflow import __version__
from workflow.cli import line, model, project
from workflow.cli.terminal import Session
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
  ordbro translate --only news/x.md
"""


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}, help=HELP)
@click.version_option(__version__, prog_name="ordbro")
@click.option(
    "--project",
    "folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The project's folder. [default: the nearest one upward]",
)
@click.option("-v", "--verbose", is_flag=True, help="Tell more about what is done.")
@click.option("-q", "--quiet", is_flag=True, help="Tell only what is wrong.")
@click.pass_context
def ordbro(context: click.Context, folder: Path | None, verbose: bool, quiet: bool) -> None:
    """Hold the options that all commands share."""
    context.obj = Session(folder, verbose - quiet)


for command in (project.init, line.extract, line.translate, line.check, line.status, line.build, line.run, model.model):
    ordbro.add_command(command)


def main() -> None:
    """Run the command line. Exit status: 0 fine, 1 findings or bad input, 2 wrong usage."""
    verbose = "-v" in sys.argv[1:] or "--verbose" in sys.argv[1:]
    try:
        status = ordbro.main(prog_name="ordbro", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except OrdbroError as error:
        status = _fail(str(error))
    except (KeyboardInterrupt, click.Abort):
        status = _fail("stopped; what was finished is kept, and the next run goes on from there")
    except BrokenPipeError:
        sys.stderr.close()
        status = 1
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        status = _fail(f"{place}{error.strerror or error}; check permissions and the space left on the disk")
    except Exception as error:
        if verbose:
            traceback.print_exc()
        status = _fail(f"internal error: {type(error).__name__}: {error}; run again with -v and report what it shows")
    sys.exit(status if isinstance(status, int) else 0)


def _fail(text: str) -> int:
    click.echo(f"ordbro: {text}", err=True)
    return 1
