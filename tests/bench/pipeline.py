"""The main job, cold and with nothing changed: `ordbro run` as a whole process on a copy of the sample site."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import Row, Spent, spent

ROOT = Path(__file__).resolve().parents[2]


def rows() -> list[Row]:
    """Warm against cold, in wall time."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "site")
        copy.mkdir()
        for name in ("source", "templates"):
            shutil.copytree(ROOT / name, copy / name)
        shutil.copy(ROOT / "pyproject.toml", copy)
        environment = {**os.environ, "XDG_DATA_HOME": str(Path(folder, "data"))}
        cold, warm = (
            _run(copy, environment),
            min((_run(copy, environment) for _ in range(3)), key=lambda each: each.wall),
        )
        nothing = min(
            (spent(lambda: subprocess.run([sys.executable, "-c", ""], check=True)) for _ in range(3)),
            key=lambda each: each.wall,
        )
    return [
        Row("run: sample site, every text drafted, against a second run with nothing changed", cold.wall / warm.wall),
        Row("run: second run against starting Python", warm.wall / nothing.wall),
    ]


def _run(project: Path, environment: dict[str, str]) -> Spent:
    command = [sys.executable, "-m", "workflow", "-q", "--project", str(project), "run"]
    environment = {**environment, "PYTHONPATH": str(ROOT)}
    return spent(lambda: subprocess.run(command, env=environment, check=False, capture_output=True))
