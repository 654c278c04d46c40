"""Paths that people name on the command line: articles to work on, a folder to write to."""

from __future__ import annotations

from pathlib import Path

import click

from workflow.config import Project
from workflow.finding import Finding
from workflow.interface import NAME as INTERFACE
from workflow.library import Library, select


def selection(project: Project, library: Library, only: tuple[str, ...]) -> tuple[str, ...]:
    """The paths of `--only` as they lie below `source/`; raises UsageError for one that is nothing there."""
    paths = tuple(
        Path(path).relative_to(project.articles).as_posix()
        if Path(path).is_absolute() and Path(path).is_relative_to(project.articles)
        else path
        for path in only
    )
    for path in paths:
        known = any(select(library, (path,))) or any(concerns(each, (path,)) for each in library.findings)
        if not known and path != INTERFACE:
            raise click.UsageError(
                f"no article is called {path!r}; name a file or folder in source/, such as news/x.md"
            )
    return paths


def concerns(finding: Finding, only: tuple[str, ...]) -> bool:
    """Whether a finding is about one of the paths of `--only`."""
    below = finding.path.removeprefix("source/")
    wanted = [path.removeprefix("./").removeprefix("source/").rstrip("/") for path in only]
    return any(below in (each, f"{each}.md") or below.startswith(f"{each}/") for each in wanted)


def safe_output(project: Project, output: Path | None) -> Path:
    """The folder to build into; raises UsageError for one that holds what people wrote."""
    folder = project.build / "site" if output is None else output.absolute()
    own = (project.articles, project.templates, project.root / "locales")
    real = folder.resolve()
    if real == project.root or any(real == each or each in real.parents or real in each.parents for each in own):
        raise click.UsageError(f"the site cannot be written to {output}, where the project's own files are")
    return folder
