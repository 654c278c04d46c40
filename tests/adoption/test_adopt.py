"""Taking a page over that was translated before: what reaches the catalogue, and what does not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from workflow.adoption import Adopted, adopt
from workflow.catalogue.po import parse, read
from workflow.cli.program import ordbro
from workflow.config import Project, load_project
from workflow.errors import ArticleError
from workflow.message import Message, State

PAIRS = Path(__file__).with_name("pairs")
NAME = "patients-visiting-hours"
SETTINGS = '[tool.ordbro]\nname = "Norr"\nurl = ""\nsource = "en"\nlocales = ["sv"]\n'


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with one article, not extracted yet, and its old Swedish page beside it."""
    for folder in ("site/source", "site/templates", "site/old"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "site/pyproject.toml").write_text(SETTINGS, encoding="utf-8")
    for language, place in (("en", "site/source/visit.md"), ("sv", "site/old/visit.sv.md")):
        (tmp_path / place).write_bytes((PAIRS / f"{NAME}.{language}.md").read_bytes())
    return load_project(tmp_path / "site")


def run(project: Project, page: str = "old/visit.sv.md") -> Adopted:
    """Adopt a page of the project."""
    return adopt(project, "sv", project.root / "source/visit.md", project.root / page)


def messages(project: Project) -> list[Message]:
    """The live messages of the article's catalogue."""
    return list(read(project.catalogues("sv") / "visit.po", "visit.po").live)


def test_fills_an_article_that_was_never_extracted(project: Project) -> None:
    """Every text of a page with the same structure is taken, fuzzy, with its origin; nothing else is listed."""
    result = run(project)
    found = messages(project)
    assert (result.adopted, result.kept, result.findings) == (len(found), 0, ())
    assert {each.state for each in found} == {State.FUZZY}
    paragraph = next(each for each in found if each.msgid.startswith("You are welcome"))
    assert paragraph.msgstr.startswith("Du är välkommen")
    assert paragraph.origin is not None
    assert paragraph.origin.startswith("adopted old/visit.sv.md:12 similarity=")
    assert 0.7 <= float(paragraph.origin.rpartition("=")[2]) <= 1


def test_never_over_a_human_text(project: Project) -> None:
    """What a person wrote stays, reviewed or fuzzy; a machine's draft gives way."""
    run(project)
    path = project.catalogues("sv") / "visit.po"
    catalogue = read(path, "visit.po")
    mine, doubted, drafted = catalogue.messages[0], catalogue.messages[1], catalogue.messages[4]
    changes = {
        0: replace(mine.approved(), msgstr="Min"),
        1: replace(doubted.approved(), msgstr="Kanske", flags=("fuzzy",)),
        4: replace(drafted, comments=()).drafted(("Maskin",), "machine argos 1.9"),
    }
    path.write_bytes(catalogue.replace(changes).to_bytes())
    result = run(project)
    found = messages(project)
    assert [found[place].msgstr for place in (0, 1)] == ["Min", "Kanske"]
    assert replace(found[4], line=drafted.line) == drafted
    assert (result.adopted, result.kept) == (1, len(found) - 1)


def test_lists_what_found_no_partner(project: Project) -> None:
    """Texts that only one side has are named with file and line, and stay empty."""
    source, page = project.root / "source/visit.md", project.root / "old/visit.sv.md"
    extra = "\n## Parking for bicycles\n\nThere are 45 racks behind building 7.\n"
    source.write_text(source.read_text(encoding="utf-8") + extra, encoding="utf-8")
    old = page.read_text(encoding="utf-8")
    page.write_text(
        f"{old}\n## Blommor\n\nTa inte med snittblommor till avdelningen, de kan ge allergi.\n", encoding="utf-8"
    )
    lines = len(old.splitlines())
    places = [(Path(each.path).name, each.line) for each in run(project).findings]
    count = len(source.read_text(encoding="utf-8").splitlines())
    assert places == [("visit.md", count - 2), ("visit.md", count), (page.name, lines + 2), (page.name, lines + 4)]
    assert [each.msgid for each in messages(project) if not each.msgstr] == [
        "Parking for bicycles",
        "There are 45 racks behind building 7.",
    ]


def test_other_messages_keep_their_bytes(project: Project) -> None:
    """A second run changes nothing, and a catalogue in CRLF stays one."""
    run(project)
    path = project.catalogues("sv") / "visit.po"
    before = path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(before)
    run(project)
    assert path.read_bytes() == before


def test_extracts_when_the_article_is_newer(project: Project) -> None:
    """An article that was edited since the last extraction is extracted first."""
    run(project)
    source = project.root / "source/visit.md"
    source.write_text(source.read_text(encoding="utf-8") + "\nCall 0123-45 67 89.\n", encoding="utf-8")
    page = project.root / "old/visit.sv.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nRing 0123-45 67 89.\n", encoding="utf-8")
    run(project)
    assert messages(project)[-1].msgstr == "Ring 0123-45 67 89."


@pytest.mark.parametrize(
    "front",
    [
        "# Besökstider\n",
        "---\ndescription: När du kan besöka någon.\n---\n\n# Besökstider\n",
        "---\n---\n\nBesökstider\n===\n",
    ],
)
def test_a_page_without_a_title_in_its_front_matter(project: Project, front: str) -> None:
    """The title comes from the first heading, with its line."""
    page = project.root / "old/visit.sv.md"
    page.write_text(front + page.read_text(encoding="utf-8").split("---\n", 2)[2], encoding="utf-8")
    run(project)
    title = messages(project)[0]
    assert title.msgstr == "Besökstider"
    line = front.splitlines().index(next(each for each in front.splitlines() if "Besökstider" in each)) + 1
    assert title.origin is not None
    assert title.origin.startswith(f"adopted old/visit.sv.md:{line} ")


def test_the_address_only_where_it_is_named(project: Project) -> None:
    """An old page's name is no address; a slug in its front matter is."""
    run(project)
    assert next(each for each in messages(project) if each.msgctxt == "slug").msgstr == "besokstider-och-hitta-hit"
    page = project.root / "old/visit.sv.md"
    page.write_text(page.read_text(encoding="utf-8").replace("slug: besokstider-och-hitta-hit\n", ""), encoding="utf-8")
    (project.catalogues("sv") / "visit.po").unlink()
    run(project)
    assert next(each for each in messages(project) if each.msgctxt == "slug").msgstr == ""


def test_a_page_from_elsewhere_is_named_without_its_folders(project: Project, tmp_path: Path) -> None:
    """A catalogue that others get says nothing about this computer's folders."""
    page = tmp_path / "elsewhere.md"
    page.write_bytes((project.root / "old/visit.sv.md").read_bytes())
    adopt(project, "sv", project.root / "source/visit.md", page)
    assert {(each.origin or "").split(":")[0] for each in messages(project)} == {"adopted elsewhere.md"}


def test_a_known_draft_helps(project: Project) -> None:
    """A draft in the catalogue tells which of two short texts is meant."""
    (project.root / "source/visit.md").write_text(
        "---\ntitle: Visit\n---\n\n- one thing\n- other thing\n", encoding="utf-8"
    )
    (project.root / "old/visit.sv.md").write_text("---\ntitle: Besök\n---\n\n- annan sak\n", encoding="utf-8")
    run(project)
    path = project.catalogues("sv") / "visit.po"
    catalogue = read(path, "visit.po")
    drafts = {"one thing": "ett ting", "other thing": "en annan sak"}
    changes = {
        number: replace(each, msgstr="", flags=(), comments=()).drafted((drafts[each.msgid],), "machine argos 1.9")
        for number, each in enumerate(catalogue.messages)
        if each.msgid in drafts
    }
    path.write_bytes(catalogue.replace(changes).to_bytes())
    run(project)
    found = {each.msgid: each for each in messages(project)}
    assert found["other thing"].msgstr == "annan sak"
    assert found["one thing"].state is State.MACHINE


@pytest.mark.parametrize(
    ("source", "page", "problem"),
    [
        ("old/visit.sv.md", "old/visit.sv.md", "old/visit.sv.md: is no article of this project"),
        ("source/none.md", "old/visit.sv.md", "source/none.md: is no article of this project"),
        ("source/visit.md", "old/none.md", "old/none.md: cannot be read"),
        ("source/visit.md", "old/latin1.md", "old/latin1.md:2: is not UTF-8"),
        ("source/visit.md", "old/yaml.md", "old/yaml.md:2: front matter: the bracket [ after title: is not closed"),
        ("source/fixed.md", "old/visit.sv.md", "source/fixed.md: is not for translation"),
    ],
)
def test_bad_input(project: Project, source: str, page: str, problem: str) -> None:
    """What cannot be used is named with file and line, and nothing is written."""
    (project.root / "old/latin1.md").write_bytes("Bra\nBesök\n".encode("latin-1"))
    (project.root / "old/yaml.md").write_text("---\ntitle: [a\n---\n\nHej.\n", encoding="utf-8")
    (project.root / "source/fixed.md").write_text("---\ntitle: x\ntranslate: false\n---\n", encoding="utf-8")
    with pytest.raises(ArticleError) as raised:
        adopt(project, "sv", project.root / source, project.root / page)
    assert str(raised.value).removeprefix(f"{project.root}/").startswith(problem)
    assert not project.catalogues("sv").exists()


def test_command(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command says what it took; findings go to stdout, and the only locale need not be named."""
    monkeypatch.chdir(project.root)
    page = project.root / "old/visit.sv.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n## Blommor\n\nTa inte med snittblommor.\n", encoding="utf-8")
    done = CliRunner().invoke(ordbro, ["adopt", "source/visit.md", "old/visit.sv.md"])
    assert done.exit_code == 0
    assert "old/visit.sv.md:61: warning: adopt: nothing in the article answers this heading 2: Blommor" in done.stdout
    assert "texts taken into locales/sv/LC_MESSAGES/visit.po, fuzzy until approved" in done.stderr


def test_the_locale_must_be_named_where_there_are_several(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """With two languages it is wrong usage to leave it out."""
    monkeypatch.chdir(project.root)
    (project.root / "pyproject.toml").write_text(SETTINGS.replace('["sv"]', '["sv", "fi"]'), encoding="utf-8")
    assert CliRunner().invoke(ordbro, ["adopt", "source/visit.md", "old/visit.sv.md"]).exit_code == 2
    assert CliRunner().invoke(ordbro, ["adopt", "--locale", "sv", "source/visit.md", "old/visit.sv.md"]).exit_code == 0


def test_the_catalogue_is_valid(project: Project) -> None:
    """What was written can be read, and says the same."""
    run(project)
    data = (project.catalogues("sv") / "visit.po").read_bytes()
    assert parse(data, "visit.po").to_bytes() == data
