"""`ordbro memory` as people type it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from workflow.config import Project


def ordbro(site: Project, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command in the project."""
    return subprocess.run(
        [sys.executable, "-m", "workflow", *arguments], cwd=site.root, capture_output=True, check=False
    )


def test_from_import_to_lookup(site: Project, tmp_path: Path) -> None:
    """A file is taken in, looked up in, and written out again."""
    file = tmp_path / "agency.po"
    file.write_text('msgid "The ward is closed."\nmsgstr "Avdelningen är stängd."\n', encoding="utf-8")
    done = ordbro(site, "memory", "import", str(file))
    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr.decode() == "locales/sv/memory/agency.tmx: 1 translation taken in\n"
    shown = ordbro(site, "memory", "lookup", "The ward was closed.").stdout.decode()
    assert shown == (
        "92 % · imported · locales/sv/memory/agency.tmx\n"
        "  en  The ward is closed.\n"
        "  sv  Avdelningen är stängd.\n"
        '  differs: "was" in your text, "is" there\n'
    )
    exported = ordbro(site, "memory", "export")
    assert b"<seg>The ward is closed.</seg>" in exported.stdout
    ordbro(site, "memory", "export", "out.tmx")
    assert (site.root / "out.tmx").read_bytes() == exported.stdout


def test_lookup_as_json(site: Project) -> None:
    """Scripts get exact and near matches with their scores, differences and files."""
    done = ordbro(site, "memory", "lookup", "Opening  hours", "--format", "json", "--locale", "sv")
    found = json.loads(done.stdout)
    assert [(each["score"], each["target"], each["kind"]) for each in found] == [
        (100, "Öppettider", "reviewed"),
        (100, "Öppet", "interface"),
    ]
    found = json.loads(ordbro(site, "memory", "lookup", "Opening hour", "--format", "json").stdout)
    assert found[0]["differences"] == [{"here": "hour", "there": "hours"}]
    assert found[0]["origin"] == "locales/sv/LC_MESSAGES/news/nurses.po"


def test_nothing_found(site: Project) -> None:
    """Where nothing is like the text, that is said, and scripts get an empty list."""
    done = ordbro(site, "memory", "lookup", "Quite another matter")
    assert (done.returncode, done.stdout) == (0, b"")
    assert b"nothing in the memory" in done.stderr
    assert json.loads(ordbro(site, "memory", "lookup", "Quite another matter", "--format", "json").stdout) == []


@pytest.mark.parametrize(
    ("arguments", "code", "text"),
    [
        (["import", "gone.tmx"], 1, "ordbro: gone.tmx: cannot be read: No such file"),
        (["import", "pyproject.toml"], 1, "import a .tmx or .po file"),
        (["lookup", "x", "--locale", "fi"], 2, "'fi'"),
        (["export", "source"], 2, "is a directory"),
    ],
)
def test_mistakes_are_one_line(site: Project, arguments: list[str], code: int, text: str) -> None:
    """What goes wrong is told in one line with the right exit status."""
    done = ordbro(site, "memory", *arguments)
    assert done.returncode == code
    assert text in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1


def test_with_several_languages_one_is_asked_for(site: Project) -> None:
    """A project with several languages wants to know which is meant."""
    (site.root / "pyproject.toml").write_text('[tool.ordbro]\nlocales = ["sv", "fi"]\n')
    done = ordbro(site, "memory", "lookup", "x")
    assert done.returncode == 2
    assert "--locale sv or --locale fi" in done.stderr.decode()


def test_a_broken_catalogue_shows(site: Project) -> None:
    """An export that lacks a broken file's translations says so and fails."""
    (site.catalogues("sv") / "news" / "nurses.po").write_text('msgid "a"\nmsgstr "b\n')
    done = ordbro(site, "memory", "export", "out.tmx")
    assert done.returncode == 1
    assert "locales/sv/LC_MESSAGES/news/nurses.po:2: error: memory:" in done.stderr.decode()
