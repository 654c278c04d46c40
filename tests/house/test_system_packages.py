"""`.ci/system-packages` says what is missing, or installs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TOOLS = ("msgfmt", "msgmerge", "msgcat", "git", "chromium", "unshare")


def tool(path: Path, script: str = "exit 0") -> None:
    """Put a program into a folder."""
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder with all that is needed, to be the only one on the PATH."""
    folder = tmp_path / "some programs"
    folder.mkdir()
    for name in TOOLS:
        tool(folder / name)
    for name in ("sh", "env", "id"):
        (folder / name).symlink_to(str(shutil.which(name)))
    (folder / "python3").symlink_to(sys.executable)
    return folder


def system_packages(project: Path, programs: Path, what: str) -> subprocess.CompletedProcess[str]:
    """Run the script with a PATH of one folder."""
    environment = {**os.environ, "PATH": str(programs), "PYTHON": "python3"}
    command = [str(shutil.which("sh")), str(project / ".ci" / "system-packages"), what]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("what", ["run", "test"])
def test_nothing_missing_nothing_said(project: Path, programs: Path, what: str) -> None:
    """On a machine that has everything the script is silent."""
    result = system_packages(project, programs, what)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_one_line_names_the_packages(project: Path, programs: Path) -> None:
    """Without apt-get it stops with one line that names all missing packages."""
    (programs / "chromium").unlink()
    (programs / "msgcat").unlink()
    result = system_packages(project, programs, "test")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("Missing packages: gettext chromium. ")
    assert result.stderr.count("\n") == 1


def test_tests_tools_are_not_needed_for_a_site(project: Path, programs: Path) -> None:
    """`make site` does without gettext and a browser."""
    for name in TOOLS:
        (programs / name).unlink()
    assert system_packages(project, programs, "run").returncode == 0


def test_installs_what_is_missing_and_says_so(project: Path, programs: Path) -> None:
    """Where it may, it hands the missing packages to apt-get."""
    (programs / "git").unlink()
    (programs / "id").unlink()
    tool(programs / "id", "echo 0")
    tool(programs / "apt-get", f'echo "$@" >> "{programs}/asked"')
    result = system_packages(project, programs, "test")
    assert (result.returncode, result.stdout) == (0, "Installing with apt-get: git\n")
    asked = (programs / "asked").read_text(encoding="utf-8").split()
    assert asked[-1] == "git"
    assert "--yes" in asked


def test_sudo_that_asks_a_password_is_not_used(project: Path, programs: Path) -> None:
    """Where sudo would stop and ask, the packages are named instead."""
    (programs / "git").unlink()
    (programs / "id").unlink()
    tool(programs / "id", "echo 1000")
    tool(programs / "apt-get")
    tool(programs / "sudo", "exit 1")
    result = system_packages(project, programs, "test")
    assert (result.returncode, result.stdout) == (1, "")
    assert "apt-get install git" in result.stderr


def test_an_old_python_is_named(project: Path, programs: Path) -> None:
    """A Python that is too old is refused with its version and what to do."""
    (programs / "python3").unlink()
    tool(programs / "python3", '[ "$1" = -V ] && echo Python 3.9.2; exit 1')
    result = system_packages(project, programs, "run")
    assert result.returncode == 1
    assert "Python 3.9.2" in result.stderr
    assert "make PYTHON=" in result.stderr
