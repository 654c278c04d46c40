"""How engines are found, and what the built-in ones promise."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from pathlib import Path

import pytest

from workflow.config import LocaleSettings, Project
from workflow.errors import ConfigError, EngineError, ModelError
from workflow.machine.argos import ArgosEngine
from workflow.machine.engine import Engine, Options, engine_names, load_engine
from workflow.machine.models import starter
from workflow.machine.pseudo import PseudoEngine

THIRD_PARTY = """\
from workflow.machine.engine import Hypothesis

class Shout:
    name, label, key, placeholders, uses_context = "shout", "shout 1", "shout 1", True, False

    def translate(self, sentences, options):
        return [(Hypothesis(sentence.upper()),) for sentence in sentences]

def create(project, locale):
    return Shout()

def broken(project, locale):
    raise KeyError("setting")
"""


def a_project(root: Path, **settings: object) -> Project:
    """A project with one locale and settings of engines."""
    return Project(root, "Test", "", "en", (LocaleSettings("sv"),), settings=dict(settings))


@pytest.fixture
def third_party(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A real installed distribution with two engines, one of which is broken."""
    info = tmp_path / "shout-1.0.dist-info"
    info.mkdir()
    (tmp_path / "shout_engine.py").write_text(THIRD_PARTY)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: shout\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        "[ordbro.engines]\nshout = shout_engine:create\nbroken = shout_engine:broken\nlost = no_such_module:create\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))


def test_the_built_in_engines_are_known() -> None:
    """The three engines are there, whatever else is installed."""
    assert {"argos", "pseudo", "libretranslate"} <= set(engine_names())


def test_an_unknown_engine(tmp_path: Path) -> None:
    """An unknown name is an error that lists the known ones."""
    with pytest.raises(EngineError, match=r"no translation engine 'deep'; the engines are: .*argos.*pseudo"):
        load_engine("deep", a_project(tmp_path), "sv")


@pytest.mark.usefixtures("third_party")
def test_an_engine_of_another_package(tmp_path: Path) -> None:
    """An engine of any installed package is found by its entry point."""
    engine = load_engine("shout", a_project(tmp_path), "sv")
    assert isinstance(engine, Engine)
    assert engine.translate(["hello"], Options())[0][0].text == "HELLO"
    assert "shout" in engine_names()


@pytest.mark.usefixtures("third_party")
@pytest.mark.parametrize("name", ["broken", "lost"])
def test_a_broken_engine_is_one_error(tmp_path: Path, name: str) -> None:
    """An engine whose code fails is one clear error, not a traceback."""
    with pytest.raises(EngineError, match=f"'{name}' cannot be loaded"):
        load_engine(name, a_project(tmp_path), "sv")


def test_the_argos_engine_is_loaded_for_the_projects_languages(tmp_path: Path, data: Path) -> None:
    """The factory takes the source language from the project and says so when there is no model."""
    assert load_engine("argos", a_project(tmp_path), "sv").label == "argos translate-en_sv 0.2"
    with pytest.raises(ModelError, match="en → fi"):
        load_engine("argos", a_project(tmp_path), "fi")


def test_libretranslate_wants_an_address(tmp_path: Path) -> None:
    """Without a server's address in the settings the engine cannot be made."""
    for settings in ({}, {"libretranslate": {"url": "file:///etc/passwd"}}, {"libretranslate": "x"}):
        with pytest.raises(ConfigError, match="has no address of a server"):
            load_engine("libretranslate", a_project(tmp_path, **settings), "sv")


def test_argos_translates(engine: ArgosEngine) -> None:
    """The starter translates sentences in their order, with scores, best first."""
    answers = engine.translate(["Skip to content", "The clinic is open."], Options(hypotheses=3))
    assert answers[0][0].text == "Hoppa till innehållet"
    assert [len(each) for each in answers] == [3, 3]
    assert all(a.score >= b.score for each in answers for a, b in itertools.pairwise(each))
    assert all(each.score < 0 for answer in answers for each in answer)


def test_argos_keeps_underscores_and_placeholders(engine: ArgosEngine) -> None:
    """Underscores stay, which Argos Translate itself loses, and placeholders too."""
    text = engine.translate(["Open the file ⟦0⟧ or snake_case_name."], Options())[0][0].text
    assert "⟦0⟧" in text
    assert "_case_" in text
    assert engine.placeholders


def test_argos_aligns(engine: ArgosEngine) -> None:
    """The alignment has a row of weights for each piece of the target and points at the right words."""
    source = "The agreement was signed in Washington."
    [[found]] = engine.translate([source], Options(alignment=True))
    aligned = found.alignment
    assert aligned is not None
    assert len(aligned.weights) == len(aligned.target)
    place = found.text.index("Washington")
    row = next(row for span, row in zip(aligned.target, aligned.weights, strict=True) if span[0] == place)
    start, end = aligned.source[max(range(len(row)), key=row.__getitem__)]
    assert source[start:end] == "Washington"


def test_argos_of_nothing(engine: ArgosEngine) -> None:
    """No sentences give no answers; an empty one does not fail."""
    assert engine.translate([], Options()) == []
    assert len(engine.translate(["", "x" * 5000], Options())) == 2


def test_nothing_is_written_outside_the_data_folder(tmp_path: Path) -> None:
    """Translating makes no file but in the user's data folder."""
    program = (
        "from workflow.machine.argos import ArgosEngine; from workflow.machine.models import find_model\n"
        "from workflow.machine.engine import Options; import os\n"
        "before = dict(os.environ)\n"
        "print(ArgosEngine(find_model('en', 'sv')).translate(['Hello'], Options())[0][0].text)\n"
        "assert dict(os.environ) == before\n"
    )
    home = tmp_path / "home"
    home.mkdir()
    environment = {k: v for k, v in os.environ.items() if not k.startswith("XDG_")}
    root = str(Path(__file__).parents[2])
    subprocess.run(
        [sys.executable, "-c", program],
        env={**environment, "HOME": str(home), "PYTHONPATH": root},
        cwd=tmp_path,
        check=True,
    )
    outside = [
        each for each in home.rglob("*") if each.is_file() and not each.is_relative_to(home / ".local" / "share")
    ]
    assert outside == []
    assert not (home / ".config").exists()
    assert not (home / ".local" / "cache").exists()


def test_a_model_that_does_not_load(data: Path) -> None:
    """Files that changed after they were found are one clear error."""
    model = starter()
    (model.path / "model" / "model.bin").write_bytes(b"\0" * 100)
    with pytest.raises(ModelError, match="cannot be loaded"):
        ArgosEngine(model).translate(["Hello"], Options())


def test_pseudo_accents_brackets_and_lengthens() -> None:
    """A pseudo-translation shows accents, brackets and at least 30 % more length, the same each time."""
    source = "The clinic ⟦0⟧ is open on Mondays."
    [[first]], [[second]] = (PseudoEngine().translate([source], Options(alignment=True)) for _ in range(2))
    assert first == second
    assert first.text.startswith("[Ŧħé çłíñíç ⟦0⟧")
    assert first.text.endswith("]")
    assert len(first.text) >= 1.3 * len(source)
