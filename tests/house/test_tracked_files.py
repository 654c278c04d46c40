"""What the repository's files may hold and where they may lie."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

FOLDERS = {"source", "locales", "workflow", "templates", "tests", ".ci"}
FILES = {
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Makefile",
    "requirements.lock",
    "requirements-dev.lock",
    "requirements-libretranslate.lock",
    "requirements-peers.lock",
    ".gitignore",
    ".gitattributes",
}
SOMEBODYS_FOLDER = r"(?<![\w.])/(?:home/\w+|root|Users/\w+|work|farm|opt/[\w-]+)/"
REGISTRY = r"\b(?:pypi|(?:files\.)?pythonhosted|registry\.npmjs|deb\.debian)\.(?:org|com)\b"
FORBIDDEN = re.compile(f"{SOMEBODYS_FOLDER}|{REGISTRY}")


@pytest.fixture(scope="module")
def files(project: Path) -> list[Path]:
    """The files that git tracks or would track, from the repository's folder."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    shown = subprocess.run(command, cwd=project, capture_output=True, text=True, check=True).stdout
    found = [Path(name) for name in shown.split("\0") if name]
    return [path for path in found if (project / path).is_file()]


def test_top_level_holds_the_agreed_names_only(files: list[Path]) -> None:
    """A newcomer sees a handful of names at the top, each with a purpose."""
    assert {path.parts[0] for path in files if len(path.parts) > 1} <= FOLDERS
    assert {path.name for path in files if len(path.parts) == 1} <= FILES


def test_no_file_names_a_machine_or_a_registry(project: Path, files: list[Path]) -> None:
    """Nothing depends on somebody's folders, and everybody's own package index is used."""
    found = []
    for path in files:
        try:
            text = (project / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path}: {match[0]}" for match in FORBIDDEN.finditer(text)]
    assert found == []
