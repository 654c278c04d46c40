"""Translators on branches of their own: what real `git merge` and `git rebase` make of it."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from workflow.catalogue.po import parse
from workflow.catalogue.sides import conflicting
from workflow.git import ATTRIBUTES
from workflow.message import State

ARTICLE = """---
title: Visits
---

Visits are allowed between two and seven in the evening.

Wash your hands before and after every visit to the ward.

There is parking for visitors behind the main building.
"""
PO = "locales/sv/LC_MESSAGES/visits.po"
VISIT, WASH, PARK = ARTICLE.split("\n\n")[1:]
PARK = PARK.strip()


class Repository:
    """A project in a git repository of its own, whose driver is the Ordbro under test."""

    def __init__(self, folder: Path, project: Path) -> None:
        self.folder = folder
        self.env = {
            **os.environ,
            "PYTHONPATH": str(project),
            "GIT_CONFIG_GLOBAL": os.devnull,
            **{f"GIT_{who}_{what}": "t@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
        }
        self.ordbro("init", str(folder))
        (folder / "source" / "visits.md").write_text(ARTICLE, encoding="utf-8")
        self.ordbro("extract")
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("config", "merge.ordbro.driver", f"{shlex.quote(sys.executable)} -m workflow merge %O %A %B")
        self.commit("begin")

    def run(self, *command: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """A program's outcome."""
        done = subprocess.run(command, cwd=self.folder, env=self.env, capture_output=True, text=True, check=False)
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done

    def git(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run git."""
        return self.run("git", *arguments, check=check)

    def ordbro(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run Ordbro."""
        self.folder.mkdir(exist_ok=True)
        return self.run(sys.executable, "-m", "workflow", *arguments, check=check)

    def commit(self, text: str) -> None:
        """Commit all there is."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "-m", text)

    def branch(self, name: str) -> None:
        """A new branch, from main."""
        self.git("switch", "--quiet", "--create", name, "main")

    def edit(self, path: str, *changes: tuple[str, str]) -> None:
        """Replace texts in a file, each of which must be there."""
        file = self.folder / path
        text = file.read_bytes().decode()
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        file.write_bytes(text.encode())

    def translate(self, **texts: str) -> None:
        """Put Swedish into the catalogue (VISIT="…")."""
        data = (self.folder / PO).read_bytes()
        found = parse(data, PO)
        for name, swedish in texts.items():
            place = found.index[None, globals()[name]]
            found = found.replace({place: replace(found.messages[place], msgstr=swedish)})
        (self.folder / PO).write_bytes(found.to_bytes())

    def messages(self) -> dict[str, tuple[str, State]]:
        """Translation and state of each message of the catalogue that has one."""
        found = parse((self.folder / PO).read_bytes(), PO).messages
        return {each.msgid: (each.msgstr, each.state) for each in found if each.msgstr}

    def clean(self) -> bool:
        """Whether nothing waits to be committed or resolved."""
        return self.git("status", "--porcelain").stdout == ""


@pytest.fixture
def repository(tmp_path: Path, project: Path) -> Repository:
    """A project with one article, extracted and committed."""
    return Repository(tmp_path / "site", project)


def two_translators(repository: Repository, ours: dict[str, str], theirs: dict[str, str]) -> None:
    """Two branches from main, each with translations; the first one is checked out."""
    for name, texts in (("theirs", theirs), ("ours", ours)):
        repository.branch(name)
        repository.translate(**texts)
        repository.commit(name)


def test_neighbours_do_not_conflict(repository: Repository) -> None:
    """Two translators who worked on neighbouring messages get both texts, where git alone would stop."""
    two_translators(repository, {"VISIT": "Besök.", "WASH": "Tvätta."}, {"PARK": "Parkering."})
    repository.git("merge", "--quiet", "--no-edit", "theirs")
    assert repository.clean()
    assert repository.messages() == {
        VISIT: ("Besök.", State.REVIEWED),
        WASH: ("Tvätta.", State.REVIEWED),
        PARK: ("Parkering.", State.REVIEWED),
    }


def test_both_translated_one_message(repository: Repository) -> None:
    """The merge goes through, both texts are there, and `ordbro check` names the message."""
    two_translators(repository, {"VISIT": "Vårt besök."}, {"VISIT": "Deras\nbesök.", "PARK": "Parkering."})
    done = repository.git("merge", "--no-edit", "theirs")
    assert "Visits are allowed" in done.stderr + done.stdout
    assert repository.clean()
    assert repository.messages()[VISIT] == ("Vårt besök.", State.FUZZY)
    found = parse((repository.folder / PO).read_bytes(), PO)
    assert conflicting(found.messages[found.index[None, VISIT]]) == ("Deras\nbesök.",)
    checked = repository.ordbro("check", check=False).stdout
    assert [line for line in checked.splitlines() if ": conflict: " in line and line.startswith(f"{PO}:")]


def test_rebase(repository: Repository) -> None:
    """Commits that are put on top of another translator's keep every text."""
    two_translators(repository, {"VISIT": "Vårt besök.", "WASH": "Tvätta."}, {"VISIT": "Deras besök."})
    repository.translate(PARK="Parkering.")
    repository.commit("more")
    repository.git("rebase", "--quiet", "theirs")
    assert repository.clean()
    assert repository.messages()[WASH] == ("Tvätta.", State.REVIEWED)
    assert repository.messages()[PARK] == ("Parkering.", State.REVIEWED)
    found = parse((repository.folder / PO).read_bytes(), PO)
    torn = found.messages[found.index[None, VISIT]]
    assert {torn.msgstr, *conflicting(torn)} == {"Deras besök.", "Vårt besök."}


def test_an_editor_extracts_while_a_translator_reviews(repository: Repository) -> None:
    """Work on the old English becomes stale for the new one; nothing is left for extract to do but that."""
    repository.branch("translator")
    repository.translate(VISIT="Besök mellan två och sju.", PARK="Parkering.")
    repository.commit("review")
    repository.branch("editor")
    repository.edit(
        "source/visits.md", ("two and seven", "two and eight"), ("Wash your", "New paragraph.\n\nWash your")
    )
    repository.ordbro("extract")
    repository.commit("edit")
    repository.git("merge", "--quiet", "--no-edit", "translator")
    assert repository.clean()
    assert repository.messages() == {
        VISIT.replace("seven", "eight"): ("Besök mellan två och sju.", State.STALE),
        PARK: ("Parkering.", State.REVIEWED),
    }
    repository.ordbro("extract", "--check")


def test_two_editors_extract(repository: Repository) -> None:
    """Templates and catalogues of two editors' paragraphs merge; the next extraction has nothing to complain of."""
    for name, old in (("one", "Wash your"), ("two", "There is")):
        repository.branch(name)
        repository.edit("source/visits.md", (old, f"Paragraph {name}.\n\n{old}"))
        repository.ordbro("extract")
        repository.commit(name)
    repository.git("merge", "--quiet", "--no-edit", "one")
    assert repository.clean()
    assert "Paragraph one." in (repository.folder / PO).read_text(encoding="utf-8")
    repository.ordbro("extract")
    repository.git("diff", "--exit-code", "--", PO)


def test_both_add_the_catalogue(repository: Repository) -> None:
    """Two translators who begin the same new catalogue join it."""
    repository.git("rm", "--quiet", PO)
    repository.commit("none yet")
    repository.ordbro("extract")
    untouched = (repository.folder / PO).read_bytes()
    repository.branch("theirs")
    repository.translate(VISIT="Besök.")
    repository.commit("theirs")
    repository.branch("ours")
    (repository.folder / PO).parent.mkdir(parents=True, exist_ok=True)
    (repository.folder / PO).write_bytes(untouched)
    repository.translate(PARK="Parkering.")
    repository.commit("ours")
    repository.git("merge", "--quiet", "--no-edit", "theirs")
    assert set(repository.messages()) == {VISIT, PARK}


def test_a_file_that_cannot_be_read(repository: Repository) -> None:
    """A broken catalogue is left to git: it reports the conflict and our file is as it was."""
    two_translators(repository, {"VISIT": "Vårt."}, {"VISIT": "Deras."})
    repository.git("switch", "--quiet", "theirs")
    repository.edit(PO, ('msgstr "Deras."', "msgstr Deras."))
    repository.commit("broken")
    repository.git("switch", "--quiet", "ours")
    before = (repository.folder / PO).read_bytes()
    done = repository.git("merge", "--no-edit", "theirs", check=False)
    assert done.returncode == 1
    assert "CONFLICT" in done.stdout
    assert (repository.folder / PO).read_bytes() == before


def test_crlf_stays(repository: Repository) -> None:
    """A catalogue that one translator's editor writes with CRLF merges, and no other line changes."""
    repository.git("config", "core.autocrlf", "false")
    (repository.folder / ".gitattributes").write_text(ATTRIBUTES.replace("* text=auto\n", ""), encoding="utf-8")
    repository.commit("bytes as they are")
    two_translators(repository, {"VISIT": "Vårt."}, {"PARK": "Deras."})
    file = repository.folder / PO
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    repository.commit("crlf")
    before = file.read_bytes()
    repository.git("merge", "--quiet", "--no-edit", "theirs")
    assert file.read_bytes().count(b"\r\n") == file.read_bytes().count(b"\n")
    assert len(set(file.read_bytes().splitlines()) - set(before.splitlines())) == 1


def test_set_up(repository: Repository) -> None:
    """`ordbro merge --set-up` tells git about the driver, and adds to .gitattributes what is missing."""
    repository.git("config", "--unset", "merge.ordbro.driver")
    repository.ordbro("merge", "--set-up")
    driver = repository.git("config", "merge.ordbro.driver").stdout.strip()
    assert driver.endswith("ordbro merge %O %A %B")
    assert repository.git("config", "merge.ordbro.name").stdout.strip()
    assert repository.clean()
    attributes = repository.folder / ".gitattributes"
    attributes.write_text("*.txt text", encoding="utf-8")
    repository.ordbro("merge", "--set-up")
    repository.ordbro("merge", "--set-up")
    assert attributes.read_text(encoding="utf-8") == "*.txt text\n*.po merge=ordbro\n*.pot merge=ordbro\n"


def test_set_up_outside_a_repository(repository: Repository, tmp_path: Path) -> None:
    """Elsewhere it says what it needs, and exits with 1."""
    repository.env["GIT_CEILING_DIRECTORIES"] = str(tmp_path.parent)
    done = repository.ordbro("--project", str(tmp_path), "merge", "--set-up", check=False)
    assert (done.returncode, "clone" in done.stderr) == (1, True)


@pytest.mark.parametrize("arguments", [[], ["a.po"], ["a.po", "b.po"], ["a.po", "--set-up"]])
def test_wrong_usage(repository: Repository, arguments: list[str]) -> None:
    """Three files or --set-up: anything else is wrong usage."""
    assert repository.ordbro("merge", *arguments, check=False).returncode == 2


def test_init_writes_the_attributes(repository: Repository) -> None:
    """A new project's .gitattributes names the driver for both kinds of file, and init tells the one-liner."""
    assert (repository.folder / ".gitattributes").read_text(encoding="utf-8") == ATTRIBUTES
    shown = repository.git("check-attr", "merge", "text", "--", PO, "locales/templates/x.pot").stdout
    assert shown.count("merge: ordbro") == 2
    assert 'git config merge.ordbro.driver "ordbro merge %O %A %B"' in repository.ordbro("init", "other").stderr
