"""An engine of somebody else's: a package that is built and installed as any other, and chosen by its name."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = {
    "pyproject.toml": """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "ordbro-shout"
version = "1.2"

[project.entry-points."ordbro.engines"]
shout = "ordbro_shout:create"
""",
    "ordbro_shout.py": '''\
"""Translates by shouting."""

from workflow.machine.engine import Hypothesis


class Shout:
    name, label, key, placeholders, uses_context = "shout", "shout 1.2", "shout 1.2", True, False

    def translate(self, sentences, options):
        return [(Hypothesis(sentence.upper()),) for sentence in sentences]


def create(project, locale):
    return Shout()
''',
}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that pip has built and installed the package into."""
    source, target = tmp_path_factory.mktemp("shout"), tmp_path_factory.mktemp("installed")
    for name, text in PACKAGE.items():
        (source / name).write_text(text, encoding="utf-8")
    options = ["--quiet", "--no-index", "--no-deps", "--no-build-isolation", "--disable-pip-version-check"]
    subprocess.run([sys.executable, "-m", "pip", "install", *options, "--target", target, source], check=True)
    return target


def ordbro(installed: Path, project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command with the package on Python's path."""
    return subprocess.run(
        [sys.executable, "-m", "workflow", "--project", str(project), *arguments],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(installed)])},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_package_brings_an_engine(installed: Path, tmp_path: Path) -> None:
    """`translate --engine` takes the engine of an installed package, and drafts say who made them."""
    (tmp_path / "pyproject.toml").write_text('[tool.ordbro]\nname = "X"\nlocales = ["sv"]\n', encoding="utf-8")
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "x.md").write_text("---\ntitle: Doors\n---\n\nThe [door](d.md) is open.\n", encoding="utf-8")
    assert ordbro(installed, tmp_path, "extract").returncode == 0
    done = ordbro(installed, tmp_path, "translate", "--engine", "shout")
    assert done.returncode == 0, done.stderr
    entries = {each.msgid: each for each in polib.pofile(str(tmp_path / "locales/sv/LC_MESSAGES/x.po"))}
    drafted = entries["The [door](d.md) is open."]
    assert drafted.msgstr == "THE [DOOR](d.md) IS OPEN."
    assert drafted.tcomment.startswith("ordbro: machine shout 1.2 ")


def test_it_is_offered_among_the_others(installed: Path, tmp_path: Path) -> None:
    """Who names an engine that does not exist is shown the package's one, too."""
    (tmp_path / "pyproject.toml").write_text('[tool.ordbro]\nname = "X"\nlocales = ["sv"]\n', encoding="utf-8")
    (tmp_path / "source").mkdir()
    done = ordbro(installed, tmp_path, "translate", "--engine", "whisper")
    assert done.returncode == 2
    assert "argos, libretranslate, pseudo, shout" in done.stderr
