"""Running commands, and changing a project's files, for tests."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = (sys.executable, "-m", "workflow")
Run = Callable[..., "Outcome"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command came to."""

    status: int
    """Its exit status."""
    out: str
    """What it printed on stdout."""
    err: str
    """What it printed on stderr."""

    @property
    def lines(self) -> list[str]:
        """The findings and failures it told, a line each, without counts and progress."""
        told = [*self.out.splitlines(), *self.err.splitlines()]
        return [line for line in told if ": error: " in line or ": warning: " in line or line.startswith("ordbro: ")]


def program(*arguments: object, cwd: Path, prefix: tuple[str, ...] = (), **environment: str) -> Outcome:
    """Run `python -m workflow` as a program of its own."""
    done = subprocess.run(
        [*prefix, *PROGRAM, *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


def catalogue(project: Path, name: str, locale: str = "sv") -> Path:
    """The `.po` of an article."""
    return project / "locales" / locale / "LC_MESSAGES" / f"{name}.po"


def write(project: Path, name: str, text: str) -> Path:
    """Write an article and give its path."""
    path = project / "source" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def settings(project: Path, old: str, new: str) -> None:
    """Change a piece of the project's settings."""
    file = project / "pyproject.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def doubt(project: Path) -> None:
    """Have every machine draft of a new project held back, which gives a note for each."""
    settings = project / "pyproject.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("publish_confidence = 0.5", "publish_confidence = 1.0"), encoding="utf-8")
