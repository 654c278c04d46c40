"""README and CONTRIBUTING say what is true."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ORDBRO = Path(sys.executable).with_name("ordbro")
ROW = re.compile(r"^\| `ordbro ([a-z]+)", re.MULTILINE)
LISTED = re.compile(r"^  ([a-z][a-z-]*)(?:  |$)", re.MULTILINE)
LINK = re.compile(r"!?\[[^\]]*\]\((?!\w+:|#)([^)#\s]+)")


def test_readme_names_every_command(project: Path) -> None:
    """The table of commands in README.md is that of `ordbro --help`."""
    shown = subprocess.run([ORDBRO, "--help"], capture_output=True, text=True, check=True).stdout
    commands = LISTED.findall(shown.partition("Commands:")[2])
    assert commands
    assert sorted(ROW.findall((project / "README.md").read_text(encoding="utf-8"))) == sorted(commands)


def test_every_make_target_is_explained(project: Path) -> None:
    """`make` alone lists each target of the Makefile."""
    text = (project / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):$", text, re.MULTILINE)) - {"help"}
    assert set(re.findall(r'@echo "make ([a-z]+) ', text)) == targets


def test_every_dependency_has_its_reason(project: Path) -> None:
    """CONTRIBUTING.md has a row for each package that pyproject.toml asks for."""
    table = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
    groups = table["dependency-groups"]
    items = [*table["project"]["dependencies"], *groups["build"], *groups["dev"]]
    wanted = {Requirement(item).name for item in items if isinstance(item, str)}
    rows = re.findall(r"^\| (`.+?`) \|", (project / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`([^`]+)`", row)} >= wanted


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_lead_somewhere(project: Path, name: str) -> None:
    """Every file and picture that a document points at is there."""
    text = (project / name).read_text(encoding="utf-8")
    assert [link for link in LINK.findall(text) if not (project / link).exists()] == []
