"""Ordbro installed from its wheel works away from the repository."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest


def run(*command: object, cwd: Path | None = None) -> str:
    """What a command prints; fails with all of it if the command does."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV"))}
    result = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout
    return result.stdout


@pytest.fixture(scope="module")
def wheel(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this tree."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=project)
    return next(folder.glob("ordbro-*.whl"))


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` of a fresh environment that has the wheel; its dependencies are those of this one."""
    folder = tmp_path_factory.mktemp("elsewhere") / "fresh environment"
    run(sys.executable, "-m", "venv", "--without-pip", folder)
    python = folder / "bin" / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "--no-index", "--no-deps", wheel)
    packages = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder / "bin"


def test_wheel_holds_what_a_new_project_needs(wheel: Path) -> None:
    """Page templates, their reviewed words, starter model and its card travel in the wheel; articles stay at home."""
    names = zipfile.ZipFile(wheel).namelist()
    assert any(name.startswith("workflow/_templates/") and name.endswith(".html") for name in names)
    assert any(name.startswith("workflow/machine/starter/") and name.endswith(".argosmodel") for name in names)
    assert any(name.startswith("workflow/machine/starter/") and name.endswith(".md") for name in names)
    catalogues = {name for name in names if name.endswith((".po", ".pot"))}
    assert catalogues == {"workflow/_locales/sv/LC_MESSAGES/ui.po"}
    assert {name.partition("/")[0] for name in names if ".dist-info/" not in name} == {"workflow"}


@pytest.mark.slow
def test_new_project_becomes_a_site(programs: Path, tmp_path: Path) -> None:
    """`ordbro init demo && cd demo && ordbro run` gives a site in both languages."""
    where = run(programs / "python", "-c", "import workflow; print(workflow.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(programs.parent)
    run(programs / "ordbro", "init", "demo", cwd=tmp_path)
    run(programs / "ordbro", "run", cwd=tmp_path / "demo")
    site = tmp_path / "demo" / "build" / "site"
    for language in ("en", "sv"):
        pages = list((site / language).rglob("*.html"))
        assert pages
        assert any(f'lang="{language}"' in page.read_text(encoding="utf-8") for page in pages)
    catalogues = tmp_path / "demo" / "locales" / "sv" / "LC_MESSAGES"
    assert list(catalogues.rglob("*.po"))
    assert "ordbro: machine" not in (catalogues / "ui.po").read_text(encoding="utf-8")
