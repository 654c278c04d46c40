"""Models on the command line: listed, installed, removed, and the starter called what it is."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.commands import Run, catalogue, settings, write
from workflow.machine import models

Package = Callable[..., Path]


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A data folder of the test's own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("ARGOS_PACKAGES_DIR", raising=False)


@pytest.fixture
def package(tmp_path: Path) -> Package:
    """Packs the starter's files again, with other metadata."""

    def pack(**metadata: str) -> Path:
        file = tmp_path / "made.argosmodel"
        with zipfile.ZipFile(models.STARTER) as old, zipfile.ZipFile(file, "w") as new:
            for name in old.namelist():
                data = old.read(name)
                if name.endswith("/metadata.json"):
                    data = json.dumps({**json.loads(data), **metadata}).encode()
                new.writestr(name, data)
        return file

    return pack


def test_the_starter_is_listed_and_called_a_beginner(tmp_path: Path, ordbro: Run) -> None:
    """`model list` shows the starter's version, size and languages, and says plainly what it is worth."""
    done = ordbro("model", "list", cwd=tmp_path)
    assert done.status == 0
    (row,) = [line for line in done.out.splitlines() if "translate-en_sv" in line]
    for part in ("(starter)", models.starter().version, "English → Swedish", " MB", "yes"):
        assert part in row
    assert "The starter model is a beginner: many of its sentences are wrong." in done.err
    assert "ordbro model install en sv" in done.err


def test_translating_with_the_starter_says_so(demo: Path, ordbro: Run) -> None:
    """After drafting with the starter the same notice follows; where nothing was drafted it does not."""
    write(demo, "news/x", "---\ntitle: Chemistry\n---\n")
    ordbro("extract", cwd=demo)
    first, second = ordbro("translate", cwd=demo), ordbro("translate", cwd=demo)
    assert "drafted by argos translate-en_sv" in first.err
    assert "The starter model is a beginner" in first.err
    assert second.err == "translate: sv: nothing to do\n"


def test_a_better_model_takes_precedence(demo: Path, ordbro: Run, package: Package) -> None:
    """An installed model is used in the starter's place, in the list as in the drafts, until it is removed."""
    done = ordbro("model", "install", package(package_version="9.1"), cwd=demo)
    assert done.status == 0
    assert "installed translate-en_sv 9.1: en → sv, " in done.err
    assert "ordbro translate --redo" in done.err
    listed = ordbro("model", "list", cwd=demo)
    rows = [line for line in listed.out.splitlines() if "translate-en_sv" in line]
    assert ["9.1" in row and "yes" in row for row in rows] == [True, False]
    assert "no" in rows[1].split()
    assert "beginner" not in listed.err
    write(demo, "news/x", "---\ntitle: Chemistry\n---\n")
    assert "beginner" not in ordbro("run", cwd=demo).err
    assert "machine argos translate-en_sv 9.1 " in catalogue(demo, "news/x").read_text(encoding="utf-8")
    assert ordbro("model", "remove", "translate-en_sv", cwd=demo).err == "removed translate-en_sv 9.1\n"
    assert "beginner" in ordbro("model", "list", cwd=demo).err


def test_redo_drafts_anew_with_the_better_model(demo: Path, ordbro: Run, package: Package) -> None:
    """`translate --redo` puts the new model's drafts in the place of the old one's."""
    ordbro("model", "install", package(package_version="9.1"), cwd=demo)
    done = ordbro("translate", "--redo", cwd=demo)
    assert done.status == 0
    text = catalogue(demo, "news/first-article").read_text(encoding="utf-8")
    assert "translate-en_sv 9.1" in text
    assert f"translate-en_sv {models.starter().version} " not in text


@pytest.mark.parametrize(
    ("content", "problem"),
    [(b"no zip at all", "is no sound zip archive"), (b"", "is no sound zip archive"), (None, "there is no such file")],
)
def test_a_file_that_is_no_model_is_refused(demo: Path, ordbro: Run, content: bytes | None, problem: str) -> None:
    """A file that is no package is one line with its name, and changes nothing."""
    file = demo / "x.argosmodel"
    if content is not None:
        file.write_bytes(content)
    done = ordbro("model", "install", "x.argosmodel", cwd=demo)
    assert (done.status, done.out) == (1, "")
    (told,) = done.err.splitlines()
    assert told.startswith(f"ordbro: x.argosmodel: {problem}")
    assert "; " in told


def test_a_model_for_other_languages_is_told(demo: Path, ordbro: Run, package: Package, tmp_path: Path) -> None:
    """A model that a project has no use for is told so, with exit status 1; elsewhere any languages are fine."""
    file = package(from_code="de", to_code="fi")
    done = ordbro("model", "install", file, cwd=demo)
    assert done.status == 1
    (told,) = done.lines
    assert "this project has no use for it: it translates en → sv" in told
    assert "add 'fi' to locales" in told
    assert ordbro("model", "install", file, cwd=tmp_path).status == 0


@pytest.mark.parametrize("name", ["starter", "translate-en_sv", "translate-en_fi"])
def test_what_is_not_installed_cannot_be_removed(tmp_path: Path, ordbro: Run, name: str) -> None:
    """Removing an unknown model, or the starter, is one line that names what there is."""
    done = ordbro("model", "remove", name, cwd=tmp_path)
    assert done.status == 1
    (told,) = done.err.splitlines()
    assert f"no installed model is called {name!r}" in told
    assert "installed are: none" in told


def test_without_a_model_all_else_is_done(demo: Path, ordbro: Run) -> None:
    """For a locale without a model the run extracts, checks and builds; one line says which setting wants a model."""
    settings(demo, '["sv"]', '["fi"]')
    for _ in range(2):
        done = ordbro("run", cwd=demo)
        assert done.status == 1
        (told,) = done.lines
        assert told.startswith("pyproject.toml:5: error: model: no translation model for en → fi; ")
        assert "ordbro model install" in told
    assert catalogue(demo, "news/first-article", "fi").is_file()
    page = demo / "build" / "site" / "fi" / "news" / "first-article" / "index.html"
    assert 'lang="en"' in page.read_text(encoding="utf-8")


def test_a_locale_without_a_model_stops_no_other(demo: Path, ordbro: Run) -> None:
    """Of two locales the one that has a model is translated, whichever comes first."""
    settings(demo, '["sv"]', '["fi", "sv"]')
    write(demo, "news/x", "---\ntitle: Chemistry\n---\n")
    ordbro("extract", cwd=demo)
    done = ordbro("translate", cwd=demo)
    assert (done.status, len(done.lines)) == (1, 1)
    assert "ordbro: machine" not in catalogue(demo, "news/x", "fi").read_text(encoding="utf-8")
    assert "machine argos" in catalogue(demo, "news/x").read_text(encoding="utf-8")


def test_an_engine_that_fails_is_one_line(demo: Path, ordbro: Run) -> None:
    """A server that does not answer is told of with what to check; the rest of the run is done."""
    settings(demo, "source =", 'engine = "libretranslate"\nsource =')
    write(demo, "news/x", "---\ntitle: Chemistry\n---\n")
    done = ordbro("run", cwd=demo)
    assert (done.status, len(done.lines)) == (1, 1)
    assert done.lines[0].startswith("pyproject.toml: error: model: [tool.ordbro.libretranslate] has no address")
    with (demo / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write('\n[tool.ordbro.libretranslate]\nurl = "http://127.0.0.1:9"\n')
    done = ordbro("run", cwd=demo)
    assert (done.status, len(done.lines)) == (1, 1)
    assert "error: engine: the LibreTranslate server http://127.0.0.1:9 cannot be asked" in done.lines[0]
    assert (demo / "build" / "site" / "sv" / "index.html").is_file()
