"""What the tests of the command line share: a small project that has been run once, and a way to run commands."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from tests.cli.commands import Outcome, Run, program
from workflow.cli import main


@pytest.fixture
def ordbro(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in this process, through the same door as the program; `cwd` is where."""

    def run(*arguments: object, cwd: Path) -> Outcome:
        monkeypatch.chdir(cwd)
        monkeypatch.setattr(sys, "argv", ["ordbro", *map(str, arguments)])
        capfd.readouterr()
        with pytest.raises(SystemExit) as left:
            main()
        told = capfd.readouterr()
        return Outcome(int(left.value.code or 0), told.out, told.err)

    return run


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new project that has been run once; not to be changed."""
    folder = tmp_path_factory.mktemp("finished")
    for arguments in (("init", "demo"), ("--project", "demo", "run")):
        done = program("-q", *arguments, cwd=folder)
        assert done.status == 0, done
    return folder / "demo"


@pytest.fixture
def demo(finished: Path, tmp_path: Path) -> Path:
    """A project of the test's own, which has been run once."""
    return Path(shutil.copytree(finished, tmp_path / "demo", symlinks=True))
