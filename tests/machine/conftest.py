"""What the tests of the translation station share: the real starter model, unpacked once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from workflow.machine import models
from workflow.machine.argos import ArgosEngine
from workflow.machine.cache import Cache


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> ArgosEngine:
    """The starter model, in a data folder of the test run's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        made = ArgosEngine(models.starter())
        made.pieces("word")
    return made


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder of the user, which XDG_DATA_HOME names."""
    folder = tmp_path / "data"
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    monkeypatch.delenv("ARGOS_PACKAGES_DIR", raising=False)
    return folder


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    """An empty cache."""
    with Cache(tmp_path / "cache") as opened:
        yield opened
