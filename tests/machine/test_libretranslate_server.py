"""The LibreTranslate engine against a real LibreTranslate server with the starter model.

Its program is looked for in `ORDBRO_LIBRETRANSLATE` (a path); it lives in an environment of its own:
`python3 -m venv lt && lt/bin/pip install libretranslate`.
"""

from __future__ import annotations

import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from workflow.machine import models
from workflow.machine.drafts import Unit, draft
from workflow.machine.libretranslate import LibreTranslateEngine

PROGRAM = os.environ.get("ORDBRO_LIBRETRANSLATE", "")
PATIENCE = 240
"""Seconds that the server may take to start: without a network it looks for updates in vain first."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not PROGRAM, reason="ORDBRO_LIBRETRANSLATE does not name the program libretranslate"),
]


@pytest.fixture
def server(tmp_path: Path, data: Path) -> Iterator[str]:
    """The address of a running server."""
    models.install(models.STARTER)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folders = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "c"), "XDG_CACHE_HOME": str(tmp_path / "k")}
    command = [
        PROGRAM,
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--load-only",
        "en,sv",
        "--disable-files-translation",
    ]
    with (
        (tmp_path / "log").open("wb") as log,
        subprocess.Popen(command, env={**os.environ, **folders}, cwd=tmp_path, stdout=log, stderr=log) as process,
    ):
        address = f"http://127.0.0.1:{port}"
        try:
            _wait(address, process)
            yield address
        finally:
            process.terminate()


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(PATIENCE):
        assert process.poll() is None, "the server ended"
        try:
            urllib.request.urlopen(f"{address}/languages", timeout=5).close()
        except OSError:
            time.sleep(1)
        else:
            return
    pytest.fail("the server did not start")


def test_a_real_server_translates(server: str) -> None:
    """Messages go through a real server, and their markup comes back."""
    engine = LibreTranslateEngine(server, "en", "sv")
    units = [Unit("", "Skip to content"), Unit("", "The clinic is **closed** on *Monday*.")]
    assert [each.text for each in draft(units, engine)] == [
        "Hoppa till innehållet",
        "Mottagningen är **stängd** på *måndag*.",
    ]
