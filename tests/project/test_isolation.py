"""The main job needs no network and writes nowhere but into the project and the user's data folder."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.commands import Outcome, program

USER = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "TMPDIR")
NO_NETWORK = ("unshare", "-rn")
GUARD = """
import socket

def _refuse(self, address):
    if self.family in (socket.AF_INET, socket.AF_INET6):
        raise OSError(101, "Network is unreachable")
    return _connect(self, address)

_connect, socket.socket.connect = socket.socket.connect, _refuse
"""


@pytest.fixture
def world(tmp_path: Path) -> dict[str, str]:
    """A user's folders, all empty."""
    folders = {name: tmp_path / "user" / name.lower() for name in USER}
    for folder in folders.values():
        folder.mkdir(parents=True)
    return {name: str(folder) for name, folder in folders.items()}


def offline(*arguments: object, cwd: Path, world: dict[str, str]) -> Outcome:
    """Run a command where there is no network interface; where the system allows no such place, without sockets."""
    allowed = subprocess.run([*NO_NETWORK, "true"], capture_output=True, check=False).returncode == 0
    if allowed:
        return program(*arguments, cwd=cwd, prefix=NO_NETWORK, **world)
    guard = Path(world["HOME"]).parent.parent / "guard"
    guard.mkdir(exist_ok=True)
    (guard / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    path = os.pathsep.join((str(guard), str(Path(__file__).resolve().parents[2])))
    return program(*arguments, cwd=cwd, **world, PYTHONPATH=path)


def tree(folder: Path) -> set[str]:
    """All that lies below a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_the_main_job_needs_no_network(tmp_path: Path, world: dict[str, str]) -> None:
    """Without any network interface a new project is made, translated, checked and built."""
    assert offline("init", "demo", cwd=tmp_path, world=world).status == 0
    done = offline("run", cwd=tmp_path / "demo", world=world)
    assert (done.status, done.lines) == (0, [])
    assert "drafted by argos" in done.err
    assert (tmp_path / "demo" / "build" / "site" / "sv" / "index.html").is_file()


def test_a_download_without_network_is_one_line(tmp_path: Path, world: dict[str, str]) -> None:
    """Only who asks for a download needs the network; without it one line says what to do instead."""
    done = offline("model", "install", "en", "sv", cwd=tmp_path, world=world)
    assert done.status == 1
    (told,) = done.lines
    assert "cannot download https://" in told
    assert "fetch the file elsewhere and run: ordbro model install FILE" in told
    assert offline("model", "list", cwd=tmp_path, world=world).status == 0


def test_nothing_is_written_elsewhere(tmp_path: Path, world: dict[str, str]) -> None:
    """After all commands of the main line only the project and the data folder hold something new."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    before = tree(tmp_path)
    assert offline("init", tmp_path / "demo", cwd=elsewhere, world=world).status == 0
    for command in ("extract", "translate", "check", "status", "build", "run", "model"):
        words = ("model", "list") if command == "model" else ("--project", tmp_path / "demo", command)
        assert offline(*words, cwd=elsewhere, world=world).status == 0
    data = Path(world["XDG_DATA_HOME"]).relative_to(tmp_path).as_posix()
    new = {path for path in tree(tmp_path) - before if not path.startswith("guard")}
    assert {path for path in new if not path.startswith(("demo/", f"{data}/"))} == {"demo"}
    assert any(path.startswith(f"{data}/ordbro/starter-") for path in new)


def test_a_data_folder_that_cannot_be_written_is_told(tmp_path: Path, world: dict[str, str]) -> None:
    """Where the starter model cannot be unpacked, one line names the folder and XDG_DATA_HOME; the site is built."""
    assert program("init", "demo", cwd=tmp_path, **world).status == 0
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    done = program("run", cwd=tmp_path / "demo", **{**world, "XDG_DATA_HOME": str(blocked / "data")})
    assert done.status == 1
    (told,) = done.lines
    assert "XDG_DATA_HOME" in told
    assert (tmp_path / "demo" / "build" / "site" / "sv" / "index.html").is_file()
