"""What git must know to merge catalogues message by message."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from workflow.errors import ConfigError
from workflow.files import write_atomic

DRIVER = "ordbro merge %O %A %B"
"""The merge driver's command as git calls it."""
ONE_LINER = f'git config merge.ordbro.driver "{DRIVER}"'
"""What a person types to set the driver up in a clone."""

ATTRIBUTES = """\
# Line ends are LF in the repository, whatever an editor on another system writes.
* text=auto
# Catalogues are merged message by message. Once in each clone: ordbro merge --set-up
*.po merge=ordbro
*.pot merge=ordbro
"""
"""The `.gitattributes` of a project."""

_PATTERNS = ("*.po", "*.pot")


@dataclass(frozen=True, slots=True)
class SetUp:
    """What setting up a clone came to."""

    top: Path
    """The repository's folder."""
    driver: str
    """The command that git will call."""
    attributes: Path | None
    """The `.gitattributes` that was written; None when there was no need."""


def set_up(folder: Path) -> SetUp:
    """Have git merge the catalogues of the repository that `folder` lies in with Ordbro; raises ConfigError.

    Writes to the clone's own configuration, and adds what is missing to `.gitattributes`.
    """
    top = Path(_git(folder, "rev-parse", "--show-toplevel"))
    driver = DRIVER.replace("ordbro", _program(), 1)
    _git(top, "config", "merge.ordbro.name", "gettext catalogues, message by message")
    _git(top, "config", "merge.ordbro.driver", driver)
    shown = _git(folder, "check-attr", "merge", *(pattern.replace("*", "x") for pattern in _PATTERNS))
    missing = [line.split(": ")[0].replace("x", "*", 1) for line in shown.splitlines() if not line.endswith(": ordbro")]
    file = top / ".gitattributes"
    if missing:
        before = file.read_bytes() if file.is_file() else b""
        gap = b"\n" if before and not before.endswith(b"\n") else b""
        write_atomic(file, before + gap + "".join(f"{each} merge=ordbro\n" for each in missing).encode())
    return SetUp(top, driver, file if missing else None)


def _program() -> str:
    """How git's shell finds Ordbro: by its name, or where the environment that it runs in is not on the PATH, there."""
    beside = Path(sys.executable).with_name("ordbro")
    return shlex.quote(str(beside)) if shutil.which("ordbro") is None and beside.is_file() else "ordbro"


def _git(folder: Path, *arguments: str) -> str:
    program = shutil.which("git")
    if program is None:
        raise ConfigError("git is not installed", advice="install it, or see to the PATH")
    done = subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        problem = done.stderr.strip().splitlines()[-1:] or ["git failed"]
        raise ConfigError(problem[0], path=folder, advice="run this in a clone of your git repository")
    return done.stdout.strip()
