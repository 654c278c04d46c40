"""What commands share: the chosen project, progress bars on stderr, findings on stdout."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

from workflow import __version__
from workflow.checks.publishing import NOT_SHOWN, REMEDY
from workflow.config import Project, find_project, load_project
from workflow.errors import ArticleError
from workflow.finding import Finding, Severity, as_github, as_json, as_sarif, in_order

WIDTH = 100
"""Columns of a table that is not shown on a terminal."""

_REFRESH = 0.1
"""Seconds between two pictures of a progress bar."""


@dataclass(frozen=True, slots=True)
class Session:
    """How the command was called."""

    folder: Path | None = None
    """`--project`, or None to look for one."""
    verbosity: int = 0
    """1 for `-v`, -1 for `-q`."""

    def project(self) -> Project:
        """The project to work on; raises ConfigError, or ArticleError if it has no folder of articles."""
        project = load_project(self.folder.resolve() if self.folder else find_project(Path.cwd()))
        if not project.articles.is_dir():
            raise ArticleError(
                "there is no such folder", path=project.articles, advice="make it and put your articles there"
            )
        return project

    def report(self, findings: Sequence[Finding], notes: bool = False) -> bool:
        """Print findings on stdout; True when one of them is an error.

        Notes are only counted, unless `notes` or `-v` asks for them; with `-q` there are none.
        """
        if self.verbosity < 0:
            findings = [each for each in findings if each.severity is not Severity.INFO]
        return print_findings(findings, least=Severity.INFO if notes or self.verbosity > 0 else Severity.WARNING)

    def say(self, text: str) -> None:
        """Tell how the work goes, on stderr; `-q` keeps quiet."""
        if self.verbosity >= 0:
            click.echo(text, err=True)

    def detail(self, text: str) -> None:
        """Tell more of how the work goes; only with `-v`."""
        if self.verbosity > 0:
            click.echo(text, err=True)

    @contextmanager
    def progress(self, title: str, total: int) -> Iterator[Callable[[int], None]]:
        """A progress bar on stderr when that is a terminal; gives the function to report steps with."""
        console = Console(stderr=True)
        if self.verbosity < 0 or not console.is_terminal or not total:
            yield lambda _done: None
            return
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
        )
        # Without a thread that draws it: commands fork.
        with Progress(*columns, console=console, transient=True, auto_refresh=False) as bar:
            task, drawn = bar.add_task(title, total=total), 0.0

            def advance(done: int) -> None:
                nonlocal drawn
                bar.advance(task, done)
                if time.monotonic() - drawn >= _REFRESH:
                    bar.refresh()
                    drawn = time.monotonic()

            yield advance


def tables() -> Console:
    """Where tables are printed: stdout, as wide as the terminal is."""
    return Console(width=None if Console().is_terminal else WIDTH)


def print_data(text: str) -> None:
    """Print what other programs read: UTF-8, whatever the terminal has."""
    click.echo(text.encode("utf-8", "backslashreplace"))


def print_findings(findings: Sequence[Finding], form: str = "text", least: Severity = Severity.INFO) -> bool:
    """Print findings on stdout, as text with a count at the end; True when one of them is an error."""
    found = in_order(findings)
    if form == "json":
        print_data(as_json(found))
    elif form == "sarif":
        print_data(as_sarif(found, __version__))
    elif form == "github":
        if found:
            print_data(as_github(found))
    else:
        _print_text(found, least)
    return any(each.severity is Severity.ERROR for each in found)


def _print_text(found: list[Finding], least: Severity) -> None:
    order = [Severity.INFO, Severity.WARNING, Severity.ERROR]
    shown = [each for each in found if order.index(each.severity) >= order.index(least)]
    for each in sorted(shown, key=lambda each: -order.index(each.severity)):
        click.echo(str(each))
    if any(each.check == NOT_SHOWN for each in shown):
        click.echo(REMEDY)
    counts = [(sum(each.severity is severity for each in found), str(severity)) for severity in reversed(order)]
    told = ", ".join(plural(count, {"info": "note"}.get(name, name)) for count, name in counts if count)
    hint = " (the notes are shown with -v)" if len(shown) < len(found) else ""
    if found:
        click.echo(f"{told}{hint}")


def plural(count: int, noun: str) -> str:
    """`1 message`, `2 messages`."""
    ending = "" if count == 1 else "s"
    return f"{count:,} {noun}{ending}"
