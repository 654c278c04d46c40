"""Catalogues that cannot be used: told with file and line, left as they are, and no obstacle to the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.commands import Run, catalogue, write

CONFLICT = """
<<<<<<< HEAD
msgid "one"
msgstr "ett"
=======
msgid "one"
msgstr "en"
>>>>>>> branch
"""


@pytest.mark.parametrize(
    ("added", "line", "problem"),
    [
        ('\nmsgid "one\nmsgstr "ett"\n', 2, "a text is not closed with a quotation mark"),
        ('\nmsgid "one"\nmsgst "ett"\n', 3, "unknown keyword 'msgst'"),
        (CONFLICT, 2, "has conflict markers of git"),
        ('\nmsgid "one"\nmsgstr "1"\n\nmsgid "one"\nmsgstr "2"\n', 5, "defines a message twice: 'one'"),
        ("\n\udcff\n", 2, "byte"),
    ],
    ids=["quotation mark", "keyword", "conflict", "twice", "bytes"],
)
def test_a_broken_catalogue_is_told_and_kept(demo: Path, ordbro: Run, added: str, line: int, problem: str) -> None:
    """Every command tells file, line and fault once, exits with 1, and does the rest; file and page stay the same."""
    pages = {path: path.read_bytes() for path in (demo / "build/site/sv/nyheter").glob("*/index.html")}
    assert len(pages) == 1
    write(demo, "news/another", "---\ntitle: Another\n---\n\nThe unit opens on Monday.\n")
    po = catalogue(demo, "news/first-article")
    broken = po.read_bytes() + added.encode("utf-8", "surrogateescape")
    po.write_bytes(broken)
    at = broken.count(b"\n") - added.count("\n") + line
    place = f"locales/sv/LC_MESSAGES/news/first-article.po:{at}: "
    for command in ("run", "extract", "translate", "check", "status", "build"):
        done = ordbro(command, cwd=demo)
        assert done.status == 1, command
        (told,) = done.lines
        assert told.startswith(f"{place}error: syntax: "), command
        assert problem in told
        assert "; " in told
        assert po.read_bytes() == broken, command
    assert "ordbro: machine" in catalogue(demo, "news/another").read_text(encoding="utf-8")
    assert {path: path.read_bytes() for path in pages} == pages


def test_when_the_conflict_is_resolved_all_is_well(demo: Path, ordbro: Run) -> None:
    """Taking the markers away is all that a person has to do."""
    po = catalogue(demo, "news/first-article")
    good = po.read_bytes()
    po.write_bytes(good + CONFLICT.encode())
    assert ordbro("run", cwd=demo).status == 1
    po.write_bytes(good)
    assert ordbro("run", cwd=demo).status == 0
    assert po.read_bytes() == good


def test_a_broken_template_catalogue_is_made_anew(demo: Path, ordbro: Run) -> None:
    """A `.pot` holds nothing of a person's, so a broken one is simply written again."""
    pot = demo / "locales" / "templates" / "news" / "first-article.pot"
    good = pot.read_bytes()
    pot.write_bytes(good + CONFLICT.encode())
    assert ordbro("run", cwd=demo).status == 0
    assert pot.read_bytes() == good


def test_a_translation_with_broken_markup_is_named_and_not_shown(demo: Path, ordbro: Run) -> None:
    """A reviewed translation that lost a tag is an error at its line; readers get the English, marked as such."""
    write(demo, "news/x", "---\ntitle: Chemistry\n---\n\nDrink H<sub>2</sub>O every day.\n")
    assert ordbro("run", cwd=demo).status == 0
    po = catalogue(demo, "news/x")
    head, tail = po.read_text(encoding="utf-8").split('msgid "Drink H<sub>2</sub>O every day."\n')
    head = head[: head.rindex("#, fuzzy\n")]
    msgid = 'msgid "Drink H<sub>2</sub>O every day."\n'
    po.write_text(head + msgid + 'msgstr "Drick H<sub>2O varje dag."\n' + tail.partition("\n\n")[2], encoding="utf-8")
    done = ordbro("run", cwd=demo)
    assert done.status == 1
    line = po.read_text(encoding="utf-8").split(msgid)[0].count("\n") + 1
    assert {told.split(": error: ")[0] for told in done.lines} == {f"locales/sv/LC_MESSAGES/news/x.po:{line}"}
    (page,) = [
        text
        for path in (demo / "build" / "site" / "sv" / "nyheter").rglob("index.html")
        if "<sub>" in (text := path.read_text(encoding="utf-8"))
    ]
    assert "Drink H<sub>2</sub>O every day." in page
