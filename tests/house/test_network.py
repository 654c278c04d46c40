"""The rules of `tests/conftest.py` hold."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("example.org", 443)])
def test_a_test_cannot_reach_another_machine(address: tuple[str, int]) -> None:
    """Connecting to an address outside this machine fails at once and says why."""
    with socket.socket() as connection, pytest.raises(PermissionError, match="tests use no network"):
        connection.connect(address)


def test_a_test_can_reach_a_server_of_its_own() -> None:
    """Loopback stays open."""
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()


def test_users_folders_are_temporary() -> None:
    """Home and data folder lie in the temporary folder, for programs that tests start as well."""
    script = "import os, pathlib; print(pathlib.Path.home(), os.environ['XDG_DATA_HOME'], sep='\\n')"
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    home, data = shown.splitlines()
    assert Path(home).is_relative_to(tempfile.gettempdir())
    assert data == os.environ["XDG_DATA_HOME"]
    assert Path(data).is_relative_to(home)
