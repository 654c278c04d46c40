"""What commands share: the chosen project, progress bars on stderr, findings on stdout."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

from workflow import __version__
from workflow.config import Project, find_project, load_project
from workflow.finding import Finding, Severity, as_github, as_json, as_sarif, in_order


@dataclass(frozen=True, slots=True)
class Session:
    """How the command was called."""

    folder: Path | None
    """`--project`, or None to look for one."""
    verbosity: int
    """1 for `-v`, -1 for `-q`."""

    def project(self) -> Project:
        """The project to work on; raises ConfigError."""
        return load_project(self.folder.resolve() if self.folder else find_project(Path.cwd()))

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
        with Progress(*columns, console=console, transient=True) as bar:
            task = bar.add_task(title, total=total)
            yield lambda done: bar.advance(task, done)


def print_findings(findings: Sequence[Finding], form: str = "text", least: Severity = Severity.INFO) -> bool:
    """Print findings on stdout, as text with a count at the end; True when one of them is an error."""
    found = in_order(findings)
    if form == "json":
        click.echo(as_json(found))
    elif form == "sarif":
        click.echo(as_sarif(found, __version__))
    elif form == "github":
        if found:
            click.echo(as_github(found))
    else:
        _print_text(found, least)
    return any(each.severity is Severity.ERROR for each in found)


def _print_text(found: list[Finding], least: Severity) -> None:
    order = [Severity.INFO, Severity.WARNING, Severity.ERROR]
    for each in found:
        if order.index(each.severity) >= order.index(least):
            click.echo(str(each))
    counts = [(sum(each.severity is severity for each in found), str(severity)) for severity in reversed(order)]
    told = ", ".join(plural(count, {"info": "note"}.get(name, name)) for count, name in counts if count)
    hidden = sum(order.index(each.severity) < order.index(least) for each in found)
    hint = " (notes are shown by: ordbro check)" if hidden else ""
    if found:
        click.echo(f"{told}{hint}")


def plural(count: int, noun: str) -> str:
    """`1 message`, `2 messages`."""
    ending = "" if count == 1 else "s"
    return f"{count:,} {noun}{ending}"
