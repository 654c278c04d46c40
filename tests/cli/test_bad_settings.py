"""No project, wrong settings, wrong words on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.commands import Run, settings, write


def test_tables_of_engines_are_their_own(demo: Path, ordbro: Run) -> None:
    """An engine's table may hold anything; so may one whose name is like no other, for its engine may come later."""
    settings(demo, "= 0.5", "= 0.5\n[tool.ordbro.libretranslate]\nanything = 1\n[tool.ordbro.mine]\nx = 1")
    assert ordbro("check", cwd=demo).status == 0


@pytest.mark.parametrize("command", ["extract", "translate", "check", "status", "build", "run"])
def test_outside_a_project_one_line_says_what_to_do(tmp_path: Path, ordbro: Run, command: str) -> None:
    """Without a project every command exits with 1 and names the ways out."""
    done = ordbro(command, cwd=tmp_path)
    assert (done.status, done.out) == (1, "")
    (told,) = done.err.splitlines()
    assert told.startswith("ordbro: there is no Ordbro project in ")
    assert "--project DIR" in told
    assert "ordbro init DIR" in told


def test_a_project_is_found_from_below_and_by_name(demo: Path, ordbro: Run, tmp_path: Path) -> None:
    """Commands work in any folder of the project, and from outside with --project before or after the command."""
    assert ordbro("check", cwd=demo / "source" / "news").status == 0
    assert ordbro("--project", "demo", "check", cwd=tmp_path).status == 0
    assert ordbro("check", "--project", "demo", cwd=tmp_path).status == 0


def test_somebody_elses_broken_settings_are_no_obstacle(demo: Path, ordbro: Run) -> None:
    """A `pyproject.toml` between here and the project that has nothing to do with Ordbro is passed over."""
    (demo / "source" / "pyproject.toml").write_text("[tool.other\n", encoding="utf-8")
    assert ordbro("check", cwd=demo / "source").status == 0


@pytest.mark.parametrize(
    ("old", "new", "line", "problem", "advice"),
    [
        ('["sv"]', '["xx"]', 5, "unknown locale 'xx'", "such as sv"),
        ('["sv"]', '["pt-BR"]', 5, "unknown locale 'pt-BR'", "write pt_BR"),
        ('["sv"]', '["SV"]', 5, "unknown locale 'SV'", "write sv"),
        ('["sv"]', '["../../x"]', 5, "unknown locale '../../x'", "such as sv"),
        ('["sv"]', '["en"]', 5, "the language the articles are written in", "leave it out"),
        ('["sv"]', '["zh_TW", "zh_Hant_TW"]', 5, "are one language", "leave one of them out"),
        ('["sv"]', '"sv"', 5, "locales = 'sv' is not a list", '["sv", "fi"]'),
        ('["sv"]', "[1]", 5, "locales has 1, which is no text", "quotation marks"),
        ('source = "en"', 'source = "klingon"', 4, "unknown locale 'klingon'", "such as"),
        ('url = ""', 'url = "example.org"', 3, "is no address", "https://"),
        ('url = ""', 'url = "https://[x"', 3, "is no address", "https://"),
        ('url = ""', 'url = "https://"', 3, "is no address", "https://"),
        ('["reviewed", "machine"]', '["approved"]', 6, "is not a list of states", "reviewed"),
        ("= 0.5", "= 2", 7, "is not between 0 and 1", "0 shows every"),
        ("= 0.5", '= "half"', 7, "is not a number", "0.5"),
        ("= 0.5", "= 0.5\nlocale = 3", 8, "locale is no table", "[tool.ordbro.locale.sv]"),
        ("= 0.5", "= 0.5\n[tool.ordbro.locale.sv]\npublish = 1", 9, "is not a list", "reviewed"),
        ('name = "demo"', 'name = "demo', 2, "is not valid TOML", "quotation mark"),
        ('name = "demo"', "name = 3", 2, "is not text in quotation marks", "Sjukhusnytt"),
        ("publish_confidence", "publish_confidance", 7, "no setting 'publish_confidance'", "mean publish_confidence?"),
        ("= 0.5", "= 0.5\nlocal = 1", 8, "no setting 'local'", "did you mean locale"),
        ("= 0.5", "= 0.5\ncolour = 1", 8, "no setting 'colour'", "the settings are: name, url, "),
        ("= 0.5", "= 0.5\n[tool.ordbro.libretranslat]\nurl = 1", 8, "'libretranslat'", "mean libretranslate?"),
        ("= 0.5", "= 0.5\n[tool.ordbro.locale.sv]\npublish-confidence = 1", 9, "no setting", "publish_confidence?"),
        ("= 0.5", '= 0.5\n[tool.ordbro.locale.sv]\nname = "x"', 9, "no setting 'name'", "publish, publish_confi"),
    ],
)
def test_a_wrong_setting_is_told_with_its_line(
    demo: Path, ordbro: Run, old: str, new: str, line: int, problem: str, advice: str
) -> None:
    """A setting that cannot be used is one line with file, line and remedy; nothing is done or written."""
    settings(demo, old, new)
    before = {path: path.stat().st_mtime_ns for path in demo.rglob("*")}
    done = ordbro("run", cwd=demo)
    assert (done.status, done.out) == (1, "")
    (told,) = done.err.splitlines()
    assert f"pyproject.toml:{line}: " in told
    assert problem in told
    assert advice in told
    assert {path: path.stat().st_mtime_ns for path in demo.rglob("*")} == before


def test_settings_that_are_no_text_are_told(demo: Path, ordbro: Run) -> None:
    """A `pyproject.toml` in another encoding is named with the line of the first strange byte."""
    file = demo / "pyproject.toml"
    file.write_bytes(file.read_bytes().replace(b'"demo"', b'"sj\xe5"'))
    done = ordbro("check", cwd=demo)
    assert done.status == 1
    assert "pyproject.toml:2: is not UTF-8 (byte 0xe5); save it as UTF-8" in done.err


def test_a_folder_without_settings_is_no_project(tmp_path: Path, ordbro: Run) -> None:
    """--project with any other folder says so."""
    done = ordbro("--project", ".", "run", cwd=tmp_path)
    assert done.status == 1
    assert "there is no pyproject.toml; make a new project with: ordbro init DIR" in done.err
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    done = ordbro("--project", ".", "run", cwd=tmp_path)
    assert done.status == 1
    assert "has no table [tool.ordbro]" in done.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["translate", "xx"], "this project has no locale 'xx'; choose one that it has (sv)"),
        (["check", "xx"], "this project has no locale 'xx'"),
        (["build", "xx"], "this project has no locale 'xx'"),
        (
            ["translate", "--engine", "oracle"],
            "there is no engine 'oracle'; choose one of: argos, libretranslate, pseudo",
        ),
        (["translate", "--only", "nowhere"], "no article is called 'nowhere'; name a file or folder in source/"),
        (["build", "--output", "source/site"], "the site cannot be written to source/site"),
        (["build", "--output", "."], "the site cannot be written to ."),
        (["check", "--format", "xml"], "'xml' is not one of 'text', 'json', 'github', 'sarif'"),
        (["translate", "--onyl", "news"], "No such option '--onyl'"),
        (["--project", "nowhere", "run"], "Directory 'nowhere' does not exist"),
        (["paint"], "No such command 'paint'"),
        (["init", "new", "--locale", "xx"], "unknown locale 'xx'"),
        (["init", "new", "--locale", "sv-SE"], "unknown locale 'sv-SE'; write sv_SE"),
        (["init"], "Missing argument 'DIR'"),
        (["model", "install", "en", "sv", "fi"], "Name one file, or two languages such as: en sv"),
        (["model", "install", "fi"], "Name one file, or two languages such as: en sv"),
    ],
    ids=" ".join,
)
def test_a_command_typed_wrong_exits_with_2(demo: Path, ordbro: Run, arguments: list[str], told: str) -> None:
    """Wrong words are told in one line that leads to the right help, with exit status 2."""
    done = ordbro(*arguments, cwd=demo)
    assert (done.status, done.out) == (2, "")
    (line,) = done.err.splitlines()
    assert line.startswith("ordbro: ")
    assert told in line
    assert line.endswith("--help)")


def test_without_a_command_the_help_is_shown(tmp_path: Path, ordbro: Run) -> None:
    """`ordbro` alone explains itself."""
    done = ordbro(cwd=tmp_path)
    assert done.status == 2
    assert "ordbro run" in done.err


def test_a_tag_names_a_locale_as_well(demo: Path, ordbro: Run) -> None:
    """Who types `pt-BR` for `pt_BR` is understood."""
    settings(demo, '["sv"]', '["sv", "pt_BR"]')
    assert ordbro("build", "pt-BR", cwd=demo).status == 0
    assert (demo / "build" / "site" / "pt-BR" / "index.html").is_file()


def test_init_writes_into_no_folder_that_is_in_use(demo: Path, ordbro: Run, tmp_path: Path) -> None:
    """A folder with files is refused and left as it is; an empty git repository is fine."""
    before = sorted(demo.rglob("*"))
    done = ordbro("init", ".", cwd=demo)
    assert (done.status, sorted(demo.rglob("*"))) == (1, before)
    assert "the folder is not empty; choose a new folder" in done.err
    (tmp_path / "fresh" / ".git").mkdir(parents=True)
    assert ordbro("init", "fresh", cwd=tmp_path).status == 0
    done = ordbro("init", "third", "--locale", "en", cwd=tmp_path)
    assert done.status == 1
    assert "the language the articles are written in" in done.err
    assert not (tmp_path / "third").exists()


def test_only_accepts_every_way_to_name_an_article(demo: Path, ordbro: Run) -> None:
    """--only takes an article or folder below source/, from the project's folder, or as a whole path."""
    write(demo, "about/we", "---\ntitle: Who we are\n---\n")
    for name in ("about", "about/we", "about/we.md", "source/about/we.md", "./source/about", demo / "source" / "about"):
        assert ordbro("translate", "--only", name, cwd=demo).status == 0
