"""Articles that cannot be used: one line tells which, and everything else is done all the same."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.commands import Run, catalogue, program, write

GOOD = "---\ntitle: Another article\n---\n\nThe unit opens on Monday.\n"


def others_are_done(project: Path) -> bool:
    """Whether the good article beside the bad one went all the way."""
    page = project / "build" / "site" / "en" / "news" / "another" / "index.html"
    return "The unit opens on Monday." in page.read_text(encoding="utf-8") and "fuzzy" in catalogue(
        project, "news/another"
    ).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("content", "line", "problem", "advice"),
    [
        (b"---\ntitle: Lakar\xe5s\n---\n", 2, "is not UTF-8 (byte 0xe5)", "save it as UTF-8"),
        (b"---\ntitle: [open\nname: x\n---\n", 2, "front matter: the bracket [ after title: is not closed", "put ]"),
        (b"---\ntitle: A: b\n---\n", 2, "the text after title: holds a colon", 'quotation marks: title: "A: b"'),
        (b"---\ndate: 2024-03-20\n---\n", 1, "has no title", "title: "),
        (b"Only text.\n", 1, "has no title", "title: "),
        (b"", 1, "has no title", "title: "),
        (b"---\ntitle: X\ndate: soon\n---\n", 3, "'soon' is no date", "2024-03-20"),
        (b"---\ntitle: X\nslug: a b\n---\n", 3, "'a b'", "letters, digits and hyphens"),
    ],
    ids=["latin-1", "yaml", "colon", "no title", "no front matter", "empty", "date", "slug"],
)
def test_an_article_that_cannot_be_read_stops_no_other(
    demo: Path, ordbro: Run, content: bytes, line: int, problem: str, advice: str
) -> None:
    """`run` tells file, line, fault and remedy in one line, exits with 1, and does all other articles."""
    write(demo, "news/another", GOOD)
    (demo / "source" / "news" / "bad.md").write_bytes(content)
    done = ordbro("run", cwd=demo)
    assert done.status == 1
    (told,) = done.lines
    assert told.startswith(f"source/news/bad.md:{line}: error: article: ")
    assert problem in told
    assert advice in told
    assert others_are_done(demo)


@pytest.mark.parametrize("kind", ["folder", "dangling link", "pipe"])
def test_what_is_no_file_is_told(demo: Path, kind: str) -> None:
    """A folder, a link that leads nowhere or a pipe with an article's name is told of, and nothing hangs."""
    write(demo, "news/another", GOOD)
    odd = demo / "source" / "news" / "odd.md"
    if kind == "folder":
        odd.mkdir()
    elif kind == "pipe":
        os.mkfifo(odd)
    else:
        odd.symlink_to("nowhere.md")
    done = program("run", cwd=demo)
    assert done.status == 1
    (told,) = done.lines
    assert told.startswith("source/news/odd.md: error: article: ")
    assert others_are_done(demo)


def test_a_file_that_fails_while_it_is_read_is_told(demo: Path, ordbro: Run) -> None:
    """An error of the disk is one line with the file."""
    write(demo, "news/another", GOOD)
    (demo / "source" / "news" / "odd.md").symlink_to("/proc/self/mem")
    done = ordbro("run", cwd=demo)
    assert done.status == 1
    (told,) = done.lines
    assert told.startswith("source/news/odd.md: error: article: cannot be read: ")


def test_a_name_that_is_no_text_is_told(demo: Path) -> None:
    """A file name that is not UTF-8 is told of in characters that every terminal has."""
    write(demo, "news/another", GOOD)
    Path(os.fsdecode(os.fsencode(demo / "source" / "news") + b"/r\xe5d.md")).write_text(GOOD, encoding="utf-8")
    done = program("run", cwd=demo)
    assert done.status == 1
    (told,) = done.lines
    assert r"source/news/r\udce5d.md: error: article: has a name with unreadable characters; rename" in told
    assert others_are_done(demo)


def test_translations_of_an_article_that_became_unreadable_stay(demo: Path, ordbro: Run) -> None:
    """A broken article loses none of its translations: its catalogue keeps every byte."""
    po = catalogue(demo, "news/first-article")
    before = po.read_bytes()
    (demo / "source" / "news" / "first-article.md").write_bytes(b"\xff")
    assert ordbro("run", cwd=demo).status == 1
    assert po.read_bytes() == before
    assert (demo / "locales" / "templates" / "news" / "first-article.pot").is_file()


def test_two_articles_with_one_address_are_told(demo: Path, ordbro: Run) -> None:
    """The second of two articles with one address is named with the first; both have a page."""
    write(demo, "news/a", "---\ntitle: First\n---\n\nFirst text.\n")
    write(demo, "news/b", "---\ntitle: Second\nslug: a\n---\n\nSecond text.\n")
    for command in ("run", "build", "check"):
        done = ordbro(command, cwd=demo)
        assert done.status == 1
        (told,) = [line for line in done.lines if "sv" not in line]
        assert told.startswith("source/news/b.md:1: error: address: has the same address as source/news/a.md: ")
        assert "slug: " in told
    texts = {page.read_text(encoding="utf-8") for page in (demo / "build" / "site" / "en").rglob("index.html")}
    assert sum("First text." in text for text in texts) == 1
    assert sum("Second text." in text for text in texts) == 1


def test_two_pages_with_one_translated_address_are_told(demo: Path, ordbro: Run) -> None:
    """Where a translator gives two pages of one language the same address, the catalogue and line are named."""
    for name in "ab":
        write(demo, f"news/{name}", f"---\ntitle: Letter {name}\n---\n")
    assert ordbro("run", cwd=demo).status == 0
    for name in "ab":
        po = catalogue(demo, f"news/{name}")
        text, mark = po.read_text(encoding="utf-8"), f'msgctxt "slug"\nmsgid "{name}"\n'
        head, tail = text.split(mark)
        head = head[: head.rindex("#, fuzzy")] + head[head.rindex("#, fuzzy") :].replace("#, fuzzy\n", "")
        po.write_text(head + mark + 'msgstr "same"\n' + tail.split("\n", 1)[1], encoding="utf-8")
    for command in ("run", "build", "check"):
        done = ordbro(command, cwd=demo)
        line = catalogue(demo, "news/b").read_text(encoding="utf-8").split('msgid "b"')[0].count("\n") + 1
        assert done.status == 1
        (told,) = done.lines
        assert told.startswith(f"locales/sv/LC_MESSAGES/news/b.po:{line}: error: address: ")
        assert "source/news/a.md" in told
    assert len(list((demo / "build" / "site" / "sv" / "nyheter").glob("same*/index.html"))) == 2


def test_machine_made_addresses_never_clash(demo: Path, ordbro: Run) -> None:
    """Two articles with one title get two addresses, without anybody's help."""
    for name in "ab":
        write(demo, f"news/{name}", "---\ntitle: Opening hours\n---\n")
    assert ordbro("run", cwd=demo).status == 0
    pages = [path.name for path in (demo / "build" / "site" / "sv" / "nyheter").glob("opp*")]
    assert len(pages) == 2


def test_an_article_called_like_the_templates_catalogue_is_refused(demo: Path, ordbro: Run) -> None:
    """`source/ui.md` is refused with the reason; the strings of the templates are safe."""
    before = catalogue(demo, "ui").read_bytes()
    write(demo, "ui", GOOD)
    done = ordbro("run", cwd=demo)
    assert done.status == 1
    (told,) = done.lines
    assert told.startswith("source/ui.md: error: article: the name is taken")
    assert catalogue(demo, "ui").read_bytes() == before


def test_a_project_without_articles_folder_loses_nothing(demo: Path, ordbro: Run) -> None:
    """When `source/` is missing, no command takes that for "all articles are gone"."""
    before = catalogue(demo, "news/first-article").read_bytes()
    (demo / "source").rename(demo / "elsewhere")
    for command in ("extract", "translate", "check", "status", "build", "run"):
        done = ordbro(command, cwd=demo)
        assert (done.status, len(done.lines)) == (1, 1)
        assert "source: there is no such folder" in done.err
    assert catalogue(demo, "news/first-article").read_bytes() == before
