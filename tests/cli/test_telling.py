"""What commands print, for people and for programs."""

from __future__ import annotations

import errno
import json
import os
import pty
import re
import subprocess
from pathlib import Path
from typing import Any

import click
import pytest

from tests.cli.commands import PROGRAM, ROOT, Run, catalogue, doubt, write
from workflow.cli.terminal import plural, print_findings
from workflow.finding import Finding, Severity, as_github, as_json, as_sarif

STATES = {"untranslated", "machine", "stale", "fuzzy", "reviewed"}


@pytest.fixture
def faulty(demo: Path) -> Path:
    """A project with an error in a file whose name wants quoting, and with notes."""
    write(demo, "news/år 1", "Only text.\n")
    doubt(demo)
    return demo


def test_json_findings_have_the_agreed_keys(faulty: Path, ordbro: Run) -> None:
    """`check --format json` is a list of objects with the agreed keys, and exits as the text form does."""
    doubt(faulty)
    done = ordbro("check", "--format", "json", cwd=faulty)
    assert (done.status, done.err) == (1, "")
    found = json.loads(done.out)
    assert len(found) >= 2
    for each in found:
        assert list(each) == ["path", "line", "severity", "check", "message", "locale", "msgid"]
        assert each["severity"] in {"error", "warning", "info"}
        assert isinstance(each["line"], int)
        assert not each["path"].startswith("/")
    (error,) = [each for each in found if each["severity"] == "error"]
    assert (error["path"], error["line"], error["check"], error["locale"]) == ("source/news/år 1.md", 1, "article", "")
    assert {each["locale"] for each in found if each["severity"] == "info"} == {"sv"}


def test_json_of_nothing_is_an_empty_list(demo: Path, ordbro: Run) -> None:
    """Without findings programs still get their list."""
    for path in (demo / "locales" / "sv").rglob("*.po"):
        path.unlink()
    done = ordbro("check", "--format", "json", cwd=demo)
    assert (done.status, json.loads(done.out)) == (0, [])
    assert ordbro("check", "--format", "github", cwd=demo).out == ""
    assert ordbro("check", cwd=demo).err == "nothing found\n"


def test_github_findings_are_workflow_commands(faulty: Path, ordbro: Run) -> None:
    """`check --format github` prints one workflow command for each finding."""
    done = ordbro("check", "--format", "github", cwd=faulty)
    assert done.status == 1
    lines = done.out.splitlines()
    assert any(line.startswith("::error file=source/news/år 1.md,line=1,title=article::has no title") for line in lines)
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in lines)
    escaped = as_github([Finding("a,b:c", 0, Severity.WARNING, "x", "100 %\nmore")])
    assert escaped == "::warning file=a%2Cb%3Ac,line=1,title=x::100 %25%0Amore"
    assert as_github([Finding("", 0, Severity.ERROR, "x", "y")]) == "::error title=x::y"


def test_sarif_has_the_shape_of_the_standard(faulty: Path, ordbro: Run) -> None:
    """`check --format sarif` is a SARIF 2.1.0 log: rules for every result, addresses quoted, lines from 1."""
    log: Any = json.loads(ordbro("check", "--format", "sarif", cwd=faulty).out)
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "ordbro"
    rules = {rule["id"] for rule in driver["rules"]}
    assert run["results"]
    for result in run["results"]:
        assert result["ruleId"] in rules
        assert result["level"] in {"error", "warning", "note"}
        assert result["message"]["text"]
        (location,) = result["locations"]
        place = location["physicalLocation"]
        assert place["region"]["startLine"] >= 1
        assert " " not in place["artifactLocation"]["uri"]
    uris = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in run["results"]}
    assert "source/news/%C3%A5r%201.md" in uris
    assert json.loads(as_sarif([], "1"))["runs"][0]["results"] == []


def test_a_finding_without_a_file_can_be_told() -> None:
    """A finding that belongs to no file is printed without a place."""
    finding = Finding("", 0, Severity.ERROR, "model", "none")
    assert str(finding) == "error: model: none"
    assert json.loads(as_json([finding]))[0]["path"] == ""
    assert json.loads(as_sarif([finding], "1"))["runs"][0]["results"][0]["locations"] == []


def test_json_status_has_the_agreed_shape(demo: Path, ordbro: Run) -> None:
    """`status --format json`: locale → messages and words by state, and the same for each article."""
    done = ordbro("status", "--format", "json", cwd=demo)
    assert (done.status, done.err) == (0, "")
    told = json.loads(done.out)
    assert list(told) == ["locales"]
    assert list(told["locales"]) == ["sv"]
    locale = told["locales"]["sv"]
    assert set(locale) == {"messages", "words", "held_back", "articles"}
    assert {each["path"] for each in locale["articles"]} == {"index.md", "news/index.md", "news/first-article.md", "ui"}
    for counts in (locale, *locale["articles"]):
        assert set(counts["messages"]) == set(counts["words"]) == STATES
    for kind in ("messages", "words"):
        for state in STATES:
            assert locale[kind][state] == sum(each[kind][state] for each in locale["articles"])
    article = next(each for each in locale["articles"] if each["path"] == "news/first-article.md")
    assert article["messages"]["machine"] == 15
    assert article["words"]["machine"] > 80


def test_status_counts_what_a_broken_file_leaves(demo: Path, ordbro: Run) -> None:
    """With a catalogue that cannot be read the others are counted, the fault goes to stderr, the status is 1."""
    with catalogue(demo, "index").open("a", encoding="utf-8") as file:
        file.write("\nnonsense\n")
    done = ordbro("status", "--format", "json", cwd=demo)
    assert done.status == 1
    assert "error: syntax: " in done.err
    assert {each["path"] for each in json.loads(done.out)["locales"]["sv"]["articles"]} == {
        "news/index.md",
        "news/first-article.md",
        "ui",
    }


def test_quiet_tells_only_what_is_wrong(faulty: Path, demo: Path, ordbro: Run) -> None:
    """With -q, before or after the command, a good run is silent and a bad one prints its errors."""
    done = ordbro("-q", "run", cwd=faulty)
    assert done.err == ""
    assert [line.partition(": error")[0] for line in done.out.splitlines()] == ["source/news/år 1.md:1", "1 error"]
    (faulty / "source" / "news" / "år 1.md").unlink()
    for arguments in (["-q", "run"], ["run", "-q"], ["check", "--quiet"]):
        done = ordbro(*arguments, cwd=demo)
        assert (done.status, done.out, done.err) == (0, "", "")


def test_verbose_names_the_files_and_notes(demo: Path, ordbro: Run) -> None:
    """With -v the changed files and the notes are listed; without it notes are only counted."""
    doubt(demo)
    write(demo, "news/x", "---\ntitle: Chemistry\n---\n")
    doubt(demo)
    plain = ordbro("run", cwd=demo)
    assert re.fullmatch(r"\d+ notes? \(the notes are shown with -v\)\n", plain.out)
    write(demo, "news/y", "---\ntitle: Physics\n---\n")
    told = ordbro("run", "-v", cwd=demo)
    assert "  locales/sv/LC_MESSAGES/news/y.po" in told.err.splitlines()
    assert "info: not-shown: " in told.out


def test_errors_come_first(capsys: pytest.CaptureFixture[str]) -> None:
    """Text for people begins with errors, then warnings, then notes, each in order of place; JSON goes by place."""
    found = [
        Finding("a.md", 1, Severity.INFO, "not-shown", "one"),
        Finding("b.md", 9, Severity.WARNING, "x", "two"),
        Finding("b.md", 3, Severity.WARNING, "x", "three"),
        Finding("c.md", 1, Severity.ERROR, "x", "four"),
    ]
    print_findings(found)
    told = capsys.readouterr().out.splitlines()
    assert [line.split(":")[-1].strip() for line in told[:4]] == ["four", "three", "two", "one"]
    assert told[4].startswith("to show a text that waits")
    print_findings(found, "json")
    assert [each["message"] for each in json.loads(capsys.readouterr().out)] == ["one", "three", "two", "four"]


def test_strict_lets_no_warning_pass(demo: Path, ordbro: Run) -> None:
    """A warning is exit status 0, and 1 with --strict; a project without one is 0 both ways."""
    doubt(demo)
    for options in ((), ("--strict",)):
        assert ordbro("check", *options, cwd=demo).status == 0
    write(demo, "news/x", "---\ntitle: Chemistry\nimagealt: A glass\n---\n")
    for form in ("text", "json"):
        assert ordbro("check", "--format", form, cwd=demo).status == 0
        assert ordbro("check", "--strict", "--format", form, cwd=demo).status == 1


def test_an_import_tells_how_to_replace_drafts(demo: Path, ordbro: Run) -> None:
    """Where a machine has drafted texts, an import of translations names the command, and that takes them over."""
    write(demo, "news/x", "---\ntitle: The ward is closed\n---\n")
    assert ordbro("run", cwd=demo).status == 0
    (demo / "old.po").write_text('msgid "The ward is closed"\nmsgstr "Avdelningen är stängd"\n', encoding="utf-8")
    assert (
        "to replace machine drafts by these: ordbro translate --redo"
        in ordbro("memory", "import", "old.po", cwd=demo).err
    )
    assert ordbro("translate", "--redo", cwd=demo).status == 0
    text = catalogue(demo, "news/x").read_text(encoding="utf-8")
    assert "# ordbro: memory locales/sv/memory/old.tmx" in text
    assert 'msgstr "Avdelningen är stängd"' in text


def test_extract_check_writes_nothing(demo: Path, ordbro: Run) -> None:
    """`extract --check` names what would change, exits with 1, and leaves every file alone."""
    assert ordbro("extract", "--check", cwd=demo).status == 0
    write(demo, "news/x", "---\ntitle: Chemistry\n---\n")
    before = {path: path.stat().st_mtime_ns for path in demo.rglob("*")}
    done = ordbro("extract", "--check", cwd=demo)
    assert done.status == 1
    assert sorted(done.out.splitlines()) == [
        "locales/sv/LC_MESSAGES/news/x.po would change",
        "locales/templates/news/x.pot would change",
    ]
    assert "2 files would change; run: ordbro extract" in done.err
    assert {path: path.stat().st_mtime_ns for path in demo.rglob("*")} == before
    assert ordbro("extract", cwd=demo).status == 0
    assert ordbro("extract", "--check", cwd=demo).status == 0


def touched(project: Path) -> dict[Path, int]:
    """When each file was written last; caches, which may be deleted at any time, are left out."""
    files = (path for path in project.rglob("*") if path.is_file() and "cache" not in path.parts)
    return {path: path.stat().st_mtime_ns for path in files}


def test_a_second_run_changes_no_file(demo: Path, ordbro: Run) -> None:
    """Running twice writes nothing the second time: not one file of the project or the site is even touched."""
    write(demo, "news/x", "---\ntitle: Chemistry\n---\n\nWater is *wet*.\n\n![A glass](glass.svg)\n")
    (demo / "source" / "news" / "glass.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    assert ordbro("run", cwd=demo).status == 0
    before = touched(demo)
    done = ordbro("run", cwd=demo)
    assert done.status == 0
    assert touched(demo) == before
    assert "nothing to do" in done.err
    assert "; 0 files written to build/site" in done.err


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            RuntimeError("two\nlines"),
            "internal error: RuntimeError: two lines; this is a fault of Ordbro: run it again",
        ),
        (OSError(errno.ENOSPC, "No space left", "x.db"), "x.db: the disk is full; make room on it"),
        (OSError(errno.EACCES, "Permission denied", "x.db"), "x.db: Permission denied; check that the file is there"),
        (click.FileError("x.db", "no"), "Could not open file 'x.db': no"),
    ],
)
def test_what_nobody_foresaw_is_one_line(
    demo: Path, ordbro: Run, monkeypatch: pytest.MonkeyPatch, error: Exception, told: str
) -> None:
    """A fault of the program or of the system is one line and exit status 1; -v shows where it happened."""

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("workflow.cli.status.count", fail)
    done = ordbro("status", cwd=demo)
    assert (done.status, done.out) == (1, "")
    (line,) = done.err.splitlines()
    assert line.startswith(f"ordbro: {told}")
    assert ("Traceback" in ordbro("-v", "status", cwd=demo).err) == isinstance(error, RuntimeError)


def test_articles_without_a_catalogue_are_mentioned(demo: Path, ordbro: Run) -> None:
    """`status` does not keep quiet about articles that it cannot count yet."""
    assert ordbro("status", cwd=demo).err == ""
    write(demo, "news/x", "---\ntitle: Chemistry\n---\n")
    assert "1 article not yet collected; run: ordbro extract" in ordbro("status", cwd=demo).err


@pytest.mark.parametrize("terminal", [True, False])
def test_progress_is_shown_on_a_terminal_only(demo: Path, terminal: bool) -> None:
    """A bar moves where a person looks; in a log there is not one control character."""
    write(demo, "news/x", "---\ntitle: Chemistry\n---\n\n" + "\n\n".join(f"Water number {n}." for n in range(30)))
    ours, theirs = pty.openpty() if terminal else os.pipe()
    with subprocess.Popen(
        [*PROGRAM, "run"],
        cwd=demo,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=theirs,
    ) as running:
        os.close(theirs)
        told = b""
        while True:
            try:
                piece = os.read(ours, 4096)
            except OSError:
                break
            if not piece:
                break
            told += piece
        assert running.stdout is not None
        out = running.stdout.read()
    os.close(ours)
    assert running.returncode == 0
    assert (b"Translating into sv" in told) == terminal
    assert (b"\x1b[" in told) == terminal
    assert b"\x1b" not in out
    assert b"drafted by argos" in told


@pytest.mark.parametrize(
    ("count", "told"), [(0, "0 files"), (1, "1 file"), (2, "2 files"), (1234, "1,234 files"), (1001, "1,001 files")]
)
def test_numbers_agree_with_their_nouns(count: int, told: str) -> None:
    """One file, two files, thousands with a comma."""
    assert plural(count, "file") == told
