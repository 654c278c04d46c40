"""`ordbro model install en sv`: from an index of models, here on this machine."""

from __future__ import annotations

import json
import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.cli.commands import Outcome, program
from workflow.machine import models


class Quiet(SimpleHTTPRequestHandler):
    """A server of files that keeps its log to itself."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder, and the address at which its files are served."""
    folder = tmp_path / "served"
    folder.mkdir()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield folder, f"http://127.0.0.1:{running.server_port}/"
        running.shutdown()
        thread.join()


def package(file: Path, **metadata: str) -> None:
    """Pack the starter's files again, with other metadata."""
    with zipfile.ZipFile(models.STARTER) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, json.dumps({**json.loads(data), **metadata}) if name.endswith("metadata.json") else data)


def index(folder: Path, *rows: tuple[str, str, str, list[str]]) -> None:
    """Write the index: languages, version and addresses of each model."""
    table = [{"from_code": a, "to_code": b, "package_version": v, "links": links} for a, b, v, links in rows]
    (folder / "index.json").write_text(json.dumps(table), encoding="utf-8")


def install(tmp_path: Path, address: str, *languages: str) -> Outcome:
    """Ask for the model of two languages."""
    return program(
        "model", "install", *languages, cwd=tmp_path, ARGOS_PACKAGE_INDEX=address, XDG_DATA_HOME=str(tmp_path / "data")
    )


def test_the_newest_model_is_fetched(tmp_path: Path, server: tuple[Path, str]) -> None:
    """Of several versions the newest is installed, from an address that works, and nothing else is left behind."""
    folder, address = server
    package(folder / "new.argosmodel", package_version="1.10")
    index(
        folder,
        ("en", "sv", "1.9", [f"{address}old.argosmodel"]),
        ("en", "sv", "1.10", [f"{address}gone.argosmodel", "ipfs://x", f"{address}new.argosmodel"]),
        ("en", "fi", "2.0", [f"{address}fi.argosmodel"]),
    )
    done = install(tmp_path, address, "en", "sv_SE")
    assert done.status == 0, done
    assert "installed translate-en_sv 1.10: en → sv" in done.err
    packages = tmp_path / "data" / "argos-translate"
    assert [path.name for path in packages.iterdir()] == ["packages"]
    assert [path.name for path in (packages / "packages").iterdir()] == ["translate-en_sv-1_10"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, "cannot download"),
        (b"<html>", "cannot download"),
        (b"[]", "Argos Translate has no model for en → sv; check the codes"),
        (b'[{"from_code": "en", "to_code": "sv", "links": ["file:///etc/passwd"]}]', "has no address to fetch it from"),
    ],
    ids=["missing", "no JSON", "empty", "local file"],
)
def test_an_index_that_is_no_use_is_one_line(
    tmp_path: Path, server: tuple[Path, str], content: bytes | None, problem: str
) -> None:
    """Without an index, or without a model in it, one line says so and nothing is installed."""
    folder, address = server
    if content is not None:
        (folder / "index.json").write_bytes(content)
    done = install(tmp_path, address, "en", "sv")
    assert (done.status, len(done.lines)) == (1, 1)
    assert problem in done.lines[0]
    assert not list((tmp_path / "data").rglob("*.argosmodel"))


def test_what_was_fetched_is_checked(tmp_path: Path, server: tuple[Path, str]) -> None:
    """A download that is no model is refused like any other file."""
    folder, address = server
    (folder / "x.argosmodel").write_bytes(b"<html>please log in</html>")
    index(folder, ("en", "sv", "2", [f"{address}x.argosmodel"]))
    done = install(tmp_path, address, "en", "sv")
    assert (done.status, len(done.lines)) == (1, 1)
    assert "is no sound zip archive" in done.lines[0]
    assert not list((tmp_path / "data").rglob("translate-en_sv*"))
